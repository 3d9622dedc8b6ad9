// Releases the held fields after the extension is removed in Firefox, which ends the content script without
// any event, so that the fields would stay inert. (In Chromium the script keeps running and notices the
// removal, see content/main.js.)

import { goes_out_ms } from './layer.js';

/**
 * Functions of the page itself still exist when the extension is gone. So each held field gets an animation
 * whose end calls the page's own `removeAttribute('inert')`. As long as this script runs, `renew` keeps the
 * animation from ending. No text is evaluated as code, so a Content Security Policy cannot block this.
 */
export function createFirefoxRelease() {
  /** @type {Map<Element, Animation>} */
  const words = new Map();

  /** @param {Element} field */
  function leaveWord(field) {
    const { wrappedJSObject: raw } = /** @type {any} */ (field);
    if (!raw) return;
    const animation = raw.animate(null, goes_out_ms);
    animation.addEventListener('finish', raw.removeAttribute.bind(raw, 'inert'));
    words.set(field, animation);
  }

  return {
    /** @param {Set<Element>} held */
    set(held) {
      for (const [field, animation] of words) {
        if (held.has(field)) continue;
        words.delete(field);
        animation.cancel();
      }
      for (const field of held) if (!words.has(field)) leaveWord(field);
    },
    renew() {
      for (const animation of words.values()) animation.currentTime = 0;
    },
  };
}
