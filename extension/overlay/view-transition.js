// Determines whether the page is in a view transition. The browser paints the transition's pictures above
// everything, even the top layer, and a test of which element is at a point does not find them.

import { callNative, nativeProperty } from '../dom/shadow.js';

/** Supported since Chromium 125 and Firefox 144. It also matches while the transition is being prepared. */
const ACTIVE = ':active-view-transition';

/** @param {Animation} animation */
function isOfTransition({ effect }) {
  const { target, pseudoElement } = /** @type {KeyframeEffect} */ (effect ?? {});
  return target === document.documentElement && pseudoElement?.startsWith('::view-transition') === true;
}

/** @returns {boolean} */
export function isInViewTransition() {
  try {
    return callNative(document.documentElement, 'matches', ACTIVE);
  } catch {
    return nativeProperty(document, 'getAnimations')?.call(document).some(isOfTransition) === true;
  }
}
