// Whether something opaque lies in front of a field, so that nobody sees it. Used by groups.js.

import { HOST_MARK } from '../common/marks.js';
import { mine, parentAsDrawn, rectOf, rootAround } from './shadow.js';
import { withFocus } from './visible.js';

/** Looked through at the middle of a field and this far inside two of its corners. */
const inset_px = 3;

/**
 * @param {Element} field
 * @param {number} x
 * @param {number} y
 */
function isHiddenAt(field, x, y) {
  /** @type {Element | null} */
  let at = mine(rootAround(field), 'elementFromPoint', x, y);
  if (at && mine(at, 'closest', `[${HOST_MARK}]`)) return false;
  for (; at && !mine(at, 'contains', field) && !mine(field, 'contains', at); at = parentAsDrawn(at)) {
    const { backgroundColor, opacity } = getComputedStyle(at);
    const { left, right, top, bottom } = rectOf(at);
    // What is hit outside of a dialog's box is its backdrop.
    const here = left <= x && x <= right && top <= y && y <= bottom;
    // Without transparency a colour is told as "rgb(", with it as "rgba(".
    const opaque = backgroundColor.startsWith('rgb(') || mine(at, 'matches', 'img, iframe, video, canvas');
    if (here && opaque && opacity === '1') return true;
  }
  return false;
}

/** @param {Element} field that is drawn @returns {boolean} what takes the typing is never covered */
export function isCovered(field) {
  const { left, right, top, bottom } = rectOf(field);
  const points = [
    [(left + right) / 2, (top + bottom) / 2],
    [left + inset_px, top + inset_px],
    [right - inset_px, bottom - inset_px],
  ];
  return !mine(field, 'matches', withFocus) && points.every(([x, y]) => isHiddenAt(field, x, y));
}
