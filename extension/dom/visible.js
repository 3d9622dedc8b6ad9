// Whether a person could see an element. Used by groups.js, covered.js and rules-conditions.js, in one pass
// of reading without a write in between, so that the browser lays the page out once at most.

import { HELD_MARK } from '../common/marks.js';
import { hostAround, isA, mine, ownOf, parentAsDrawn, rectOf } from './shadow.js';

/**
 * Smaller than this nothing can be typed into: screen reader texts and providers' helper frames are 1 px,
 * 5 with the borders that a browser gives them.
 */
const least_side_px = 8;

/** A field that waits for the mute has the focus again afterwards. */
export const withFocus = `:is(:focus, [${HELD_MARK}=focus])`;

/** What the page has made inert; what waits for the mute is held by us. */
const inertByPage = `[inert]:not([${HELD_MARK}])`;

/** @param {Element} element */
const limits = (element) => /hidden|clip|auto|scroll/.test(getComputedStyle(element).overflow);

/** @param {string} overflow */
const cuts = (overflow) => /hidden|clip/.test(overflow);

/**
 * Before the start of what can be scrolled to in a box. Which of its ends is the start depends on direction
 * and layout, so that either may be; there is nothing beyond the other one.
 * @param {Element} box
 * @param {DOMRect} frame of the box
 * @param {DOMRect} rect
 */
function offBox(box, frame, rect) {
  const spareX = box.scrollWidth - box.clientWidth;
  const spareY = box.scrollHeight - box.clientHeight;
  return rect.right <= frame.left - box.scrollLeft - spareX
    || rect.bottom <= frame.top - box.scrollTop - spareY;
}

/**
 * Where an element stands once all boxes around it are scrolled to it, or null: clipped away, as in an
 * accordion of height 0 or on a carousel's other slide. What a person can scroll to is not clipped away.
 * @param {Element} element
 * @param {DOMRect} rect
 * @returns {DOMRect | null} the element's, or that of the outermost box that it can be scrolled in
 */
function unclipped(element, rect) {
  let box = rect;
  let { position } = getComputedStyle(element);
  const page = element.ownerDocument;
  const root = ownOf(page, 'documentElement');
  // The window takes the body's overflow, unless the root has one.
  const end = limits(root) ? root : ownOf(page, 'body');
  let at = parentAsDrawn(element);
  for (; at && at !== end && at !== root && position !== 'fixed'; at = parentAsDrawn(at)) {
    const style = getComputedStyle(at);
    if (style.display === 'contents') continue;
    // An absolutely placed element escapes the boxes up to the one it is placed in.
    if (position === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
    position = style.position;
    if (!limits(at)) continue;
    const frame = rectOf(at);
    if (frame.width === 0 || frame.height === 0) return null;
    const cutsX = cuts(style.overflowX);
    const cutsY = cuts(style.overflowY);
    if (cutsX && (box.right <= frame.left || box.left >= frame.right)) return null;
    if (cutsY && (box.bottom <= frame.top || box.top >= frame.bottom)) return null;
    if (cutsX && cutsY) continue;
    if (offBox(at, frame, box)) return null;
    // Scrolled to, the element would stand inside this box: from here on it is the box that can be clipped.
    box = frame;
  }
  // What is fixed does not scroll with the page.
  const { innerWidth, innerHeight } = window;
  const isOff = box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight;
  return position === 'fixed' && isOff ? null : box;
}

/**
 * Outside of everything that the page can be scrolled to.
 * @param {DOMRect} rect
 * @param {Window} view
 */
function offPage(rect, view) {
  const root = ownOf(view.document, 'scrollingElement') ?? ownOf(view.document, 'documentElement');
  const rightToLeft = getComputedStyle(root).direction === 'rtl';
  const spare = Math.max(root.scrollWidth - view.innerWidth, 0);
  const left = rightToLeft ? -spare : 0;
  const right = rightToLeft ? view.innerWidth : view.innerWidth + spare;
  return rect.right + view.scrollX <= left || rect.left + view.scrollX >= right
    || rect.bottom + view.scrollY <= 0;
}

/** @param {Element} element @param {boolean} opacityProperty */
const isShown = (element, opacityProperty) =>
  mine(element, 'checkVisibility', { opacityProperty, visibilityProperty: true });

/**
 * @param {Element} element
 * @param {boolean} [opacity] whether what is transparent is not
 * @returns {boolean}
 */
function isDrawn(element, opacity = true) {
  if (!isShown(element, opacity)) return false;
  for (let at = /** @type {Element | null} */ (element); at; at = hostAround(at)) {
    if (mine(at, 'closest', inertByPage)) return false;
  }
  const view = /** @type {Window} */ (element.ownerDocument.defaultView);
  const rect = rectOf(element);
  if (rect.width < least_side_px || rect.height < least_side_px) return false;
  const box = unclipped(element, rect);
  if (!box || offPage(box, view)) return false;
  // Null at the top, and where the page around is of another origin.
  const frame = view.frameElement;
  return !frame || isDrawn(frame);
}

/**
 * A field with the focus takes what is typed even if it is transparent, under one that the page draws: then
 * what is around it tells, also for as long as the form is open. A frame keeps the focus when it is put away,
 * so it has to be seen itself.
 * @param {Element} element
 * @param {boolean} [isOpen] whether its form is open already
 * @returns {boolean}
 */
export function isVisible(element, isOpen) {
  if (isDrawn(element)) return true;
  if (isA(element, 'iframe')) return false;
  const around = parentAsDrawn(element);
  const takesTyping = mine(element, 'matches', withFocus)
    ? isShown(element, false) : isOpen && isDrawn(element, false);
  return takesTyping === true && around !== null && isDrawn(around);
}
