// Whether something opaque is in front of a field, so that nobody can see the field.

import { HOST_MARK } from '../common/marks.js';
import { guarded } from './guarded.js';
import { callNative, parentAsDrawn, rectOf, rootAround } from './shadow.js';
import { isVisible, withFocus } from './visible.js';

/** A field is tested at its middle and at two corners, this far inside its edges. */
const inset_px = 3;

/** @param {Element} outer @param {Element} inner @returns {boolean} */
const isAround = (outer, inner) => callNative(outer, 'contains', inner);

/**
 * @param {Element} field
 * @param {number} x
 * @param {number} y
 */
function isHiddenAt(field, x, y) {
  /** @type {Element | null} */
  let at = callNative(rootAround(field), 'elementFromPoint', x, y);
  if (at && callNative(at, 'closest', `[${HOST_MARK}]`)) return false;
  for (; at && !isAround(at, field) && !isAround(field, at); at = parentAsDrawn(at)) {
    const { backgroundColor, opacity } = getComputedStyle(at);
    const { left, right, top, bottom } = rectOf(at);
    // A point outside the box of the element that was hit is on a dialog's backdrop.
    const here = left <= x && x <= right && top <= y && y <= bottom;
    // A computed colour starts with "rgb(" if it is opaque, with "rgba(" if it is transparent.
    const opaque = backgroundColor.startsWith('rgb(')
      || callNative(at, 'matches', 'img, iframe, video, canvas');
    if (here && opaque && opacity === '1') return true;
  }
  return false;
}

/**
 * Whether a drawn field is covered. A field with the focus is never covered: a person may be typing into it.
 * @param {Element} field
 * @returns {boolean}
 */
export function isCovered(field) {
  const { left, right, top, bottom } = rectOf(field);
  const points = [
    [(left + right) / 2, (top + bottom) / 2],
    [left + inset_px, top + inset_px],
    [right - inset_px, bottom - inset_px],
  ];
  return !callNative(field, 'matches', withFocus) && points.every(([x, y]) => isHiddenAt(field, x, y));
}

/** @param {Element} field @returns {boolean} whether a person sees it; true if the browser does not tell */
export const isSeen = (field) => guarded(() => isVisible(field) && !isCovered(field)) ?? true;
