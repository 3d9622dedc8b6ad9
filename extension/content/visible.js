// Whether a person could see an element. Used by groups.js, in one pass of reading without a write in
// between, so that the browser lays the page out once at most.

import { parentAsDrawn } from './shadow.js';

/** Smaller than this nothing can be typed into: screen reader texts and providers' helper frames are 1 px. */
const least_side_px = 4;

/** @param {string} overflow */
const cuts = (overflow) => /hidden|clip/.test(overflow);

/**
 * Clipped away by an ancestor: an accordion of height 0, a carousel's other slide. What a person can
 * scroll to is not clipped away.
 * @param {Element} element
 * @param {DOMRect} rect
 */
function clippedAway(element, rect) {
  let box = rect;
  let { position } = getComputedStyle(element);
  const { body } = element.ownerDocument;
  let at = parentAsDrawn(element);
  for (; at && at !== body && position !== 'fixed'; at = parentAsDrawn(at)) {
    const style = getComputedStyle(at);
    // An absolutely placed element escapes the boxes up to the one it is placed in.
    if (position === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
    position = style.position;
    if (style.overflow === 'visible') continue;
    const frame = at.getBoundingClientRect();
    if (frame.width === 0 || frame.height === 0) return true;
    const cutsX = cuts(style.overflowX);
    const cutsY = cuts(style.overflowY);
    if (cutsX && (box.right <= frame.left || box.left >= frame.right)) return true;
    if (cutsY && (box.bottom <= frame.top || box.top >= frame.bottom)) return true;
    // Scrolled to, the element would stand inside this box: from here on it is the box that can be clipped.
    if (!cutsX || !cutsY) box = frame;
  }
  return false;
}

/**
 * Outside of everything that the page can be scrolled to.
 * @param {DOMRect} rect
 * @param {Window} view
 */
function offPage(rect, view) {
  const root = view.document.scrollingElement ?? view.document.documentElement;
  const rightToLeft = getComputedStyle(root).direction === 'rtl';
  const spare = Math.max(root.scrollWidth - view.innerWidth, 0);
  const left = rightToLeft ? -spare : 0;
  const right = rightToLeft ? view.innerWidth : view.innerWidth + spare;
  return rect.right + view.scrollX <= left || rect.left + view.scrollX >= right
    || rect.bottom + view.scrollY <= 0;
}

/**
 * @param {Element} element
 * @returns {boolean}
 */
export function isVisible(element) {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const view = /** @type {Window} */ (element.ownerDocument.defaultView);
  const rect = element.getBoundingClientRect();
  if (rect.width < least_side_px || rect.height < least_side_px) return false;
  if (offPage(rect, view) || clippedAway(element, rect)) return false;
  // Null at the top, and where the page around is of another origin.
  const frame = view.frameElement;
  return !frame || isVisible(frame);
}
