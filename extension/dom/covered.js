// Determines whether something opaque is in front of a field, so that nobody can see the field.

import { HOST_MARK } from '../common/marks.js';
import { FRAMES } from './frames.js';
import { guarded } from './guarded.js';
import { callNative, parentAsDrawn, rectOf, rootAround } from './shadow.js';
import { isVisible, withFocus } from './visible.js';

/** A field is tested at its middle, and this far inside two of its corners. */
const inset_px = 3;

/** @param {Element} outer @param {Element} inner @returns {boolean} */
const isAround = (outer, inner) => callNative(outer, 'contains', inner);

/**
 * @param {CSSStyleDeclaration} style of an element
 * @returns {boolean} whether the element may be transparent, with everything in it
 */
const isClear = ({ opacity, filter, maskImage, backgroundClip, mixBlendMode }) => opacity !== '1'
  || /opacity|url|image|gradient|text/.test(filter + maskImage + backgroundClip)
  || /^[^n]/.test(mixBlendMode); // any but "normal"

/**
 * @param {Element} field
 * @param {number} x
 * @param {number} y
 * @param {boolean} [isOpen] see isCovered
 */
function isHiddenAt(field, x, y, isOpen) {
  /** @type {Element | null} */
  let at = callNative(rootAround(field), 'elementFromPoint', x, y);
  if (at && callNative(at, 'closest', `[${HOST_MARK}]`)) return false;
  let isHidden = false;
  for (; at && !isAround(at, field) && !isAround(field, at); at = parentAsDrawn(at)) {
    const style = getComputedStyle(at);
    const { left, right, top, bottom } = rectOf(at);
    // If the point is outside the box of the element that was hit, it is on a dialog's backdrop.
    const here = left <= x && x <= right && top <= y && y <= bottom;
    // A colour that is written as a name, hex, rgb() or hsl() is computed as "rgb(…)" if it is opaque,
    // otherwise as "rgba(…)". A colour in a newer notation, such as oklch(), counts as transparent.
    const isOpaque = style.backgroundColor.startsWith('rgb(')
      || !isOpen && callNative(at, 'matches', `img,video,canvas,${FRAMES}`);
    if (isClear(style)) isHidden = false;
    else if (here && isOpaque) isHidden = true;
  }
  return isHidden;
}

/**
 * Whether a drawn field is covered. A field with the focus is never covered: a person may be typing into it.
 * @param {Element} field
 * @param {boolean} [isOpen] whether the field's form is open. A picture or a frame in front of the field may
 *   be transparent, and the browser does not say whether it is. It counts as a cover until the form is open
 * @returns {boolean}
 */
export function isCovered(field, isOpen) {
  const { left, right, top, bottom } = rectOf(field);
  const points = [
    [(left + right) / 2, (top + bottom) / 2],
    [left + inset_px, top + inset_px],
    [right - inset_px, bottom - inset_px],
  ];
  return !callNative(field, 'matches', withFocus)
    && points.every(([x, y]) => isHiddenAt(field, x, y, isOpen));
}

/**
 * @param {Element} field
 * @param {boolean} [isOpen] see isCovered
 * @returns {boolean} whether a person sees it; also true if the test throws
 */
export const isSeen = (field, isOpen) =>
  guarded(() => isVisible(field) && !isCovered(field, isOpen)) ?? true;
