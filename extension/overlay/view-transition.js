// Whether the page is in a view transition. Its pictures are painted above everything, also above the top
// layer, and no test of which element is at a point finds them.

import { callNative, nativeProperty } from '../dom/shadow.js';

/** Since Chromium 125 and Firefox 144; also matches while the transition is being prepared. */
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
