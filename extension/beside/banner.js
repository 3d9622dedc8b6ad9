// The banner: says whether the call is muted, beside the payment form. Used by main.js. It covers no card
// field, and takes no pointer from the page but for its button.

import { fill, goOnButton, liveRegion } from './banner-parts.js';
import { besideOf, placeBanner } from './banner-place.js';
import { hasFocus } from './hold.js';

/** @typedef {import('./banner-view.js').Content} Content */
/** @typedef {import('../content/groups.js').Group} Group */

/**
 * @param {Element} layer where it is put
 * @param {() => void} onSize it has another size
 * @param {() => void} onGoOn the person pressed the button
 */
export function createBanner(layer, onSize, onGoOn) {
  const polite = liveRegion('status');
  const urgent = liveRegion('alert');
  const button = goOnButton(onGoOn);
  const sizes = new ResizeObserver(onSize);
  /** @type {Content | null} */
  let content = null;
  let said = '';
  let placed = '';
  /** @type {HTMLElement} */
  let box;
  layer.append(polite, urgent);

  return {
    /** @param {Content | null} now */
    say(now) {
      const saying = JSON.stringify(now);
      if (saying === said) return;
      said = saying;
      content = now;
      placed = '';
      sizes.disconnect();
      const wasAtButton = hasFocus(button);
      // A live region speaks when something comes into it, so the two stay and the box changes.
      const alarming = now?.view === 'unprotected' || now?.view === 'recording';
      for (const region of [polite, urgent]) region.replaceChildren();
      if (!now) return;
      box = fill(alarming ? urgent : polite, now);
      if (now.button) {
        button.textContent = now.button;
        box.lastElementChild?.append(button);
        if (wasAtButton) button.focus({ preventScroll: true });
      }
      sizes.observe(box);
    },

    /** @param {Group | null} group to stand beside, or null to dock at the top of the window */
    place(group) {
      if (!content) return;
      const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
      const beside = group && besideOf(group, view);
      // A form that is just being replaced is nowhere; the banner waits where it is.
      if (group && !beside && placed) return;
      const { x, y } = placeBanner(box.getBoundingClientRect(), view, beside, content.dir === 'rtl');
      const spot = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      if (spot === placed) return;
      placed = spot;
      box.style.transform = spot;
    },
  };
}
