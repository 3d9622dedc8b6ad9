// Frees the held fields of a page whose extension Firefox has removed: there the script that would do it is
// gone without a word. Used by hold.js. (In Chromium the script lives on and notices; content/main.js.)

import { goes_out_ms } from './stage.js';

/**
 * Functions of the page's own world outlive the extension. One that takes the attribute away, bound to the
 * field, is left with the page as what is to happen at the end of an animation, which is put off for as long
 * as this script lives. No text is made into code, so that no policy of the page is in the way.
 */
export function goodbye() {
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
