// Determines whether a person could see an element. Callers should ask about all elements without changing
// the page in between, so that the browser computes the layout only once.

import { HELD_MARK } from '../common/marks.js';
import { FRAMES } from './frames.js';
import {
  allIn, callNative, hostAround, nativeProperty, parentAsDrawn, parentOf, rectOf, rootAround,
} from './shadow.js';

/**
 * Nobody can type into anything smaller than this. Texts for screen readers and the helper frames of payment
 * providers are 1 px wide, or 5 px with the browser's default borders.
 */
const least_side_px = 8;

/**
 * The same limit after the page has scaled the field. It is lower, because a page that scales itself down
 * stays usable, but nobody can read a field below it.
 */
const least_drawn_px = 4;

/** The field with the focus, or the field that gets the focus back when it no longer waits for the mute. */
export const withFocus = `:is(:focus, [${HELD_MARK}=focus])`;

/** Elements that the page has made inert. Fields that wait for the mute were made inert by us. */
const inertByPage = `[inert]:not([${HELD_MARK}])`;

/** @param {string} overflow of one axis, or of both */
const limitsBy = (overflow) => /hidden|clip|auto|scroll/.test(overflow);

/** @param {string} overflow */
const cuts = (overflow) => /hidden|clip/.test(overflow);

/**
 * Whether an element is to the left of or above everything that a box can be scrolled to. A box may start at
 * its left or at its right end, depending on its direction and layout, so both cases are allowed for. To the
 * right and below no test is needed, because a box can always be scrolled to what is there.
 * @param {Element} box
 * @param {DOMRect} frame of the box
 * @param {DOMRect} rect of the element
 */
function offBox(box, frame, rect) {
  const spareX = box.scrollWidth - box.clientWidth;
  const spareY = box.scrollHeight - box.clientHeight;
  return rect.right <= frame.left - box.scrollLeft - spareX
    || rect.bottom <= frame.top - box.scrollTop - spareY;
}

/**
 * Where an element is after all boxes around it are scrolled to it. Null if it is clipped away, as in an
 * accordion of height 0 or on another slide of a carousel. What a person can scroll to is not clipped away.
 * @param {Element} element
 * @param {DOMRect} rect
 * @returns {DOMRect | null} the rectangle of the element, or of the outermost box that scrolls it
 */
function unclipped(element, rect) {
  let box = rect;
  let { position } = getComputedStyle(element);
  const page = element.ownerDocument;
  const root = nativeProperty(page, 'documentElement');
  // The overflow of the body applies to the window, unless the root element has its own.
  const end = limitsBy(getComputedStyle(root).overflow) ? root : nativeProperty(page, 'body');
  let at = parentAsDrawn(element);
  for (; at && at !== end && at !== root && position !== 'fixed'; at = parentAsDrawn(at)) {
    const style = getComputedStyle(at);
    if (style.display === 'contents') continue;
    // An absolutely positioned element is not clipped by boxes inside its containing block.
    if (position === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
    position = style.position;
    const limitsX = limitsBy(style.overflowX);
    const limitsY = limitsBy(style.overflowY);
    if (!limitsX && !limitsY) continue;
    const frame = rectOf(at);
    if (limitsX && frame.width === 0 || limitsY && frame.height === 0) return null;
    const cutsX = cuts(style.overflowX);
    const cutsY = cuts(style.overflowY);
    if (cutsX && (box.right <= frame.left || box.left >= frame.right)) return null;
    if (cutsY && (box.bottom <= frame.top || box.top >= frame.bottom)) return null;
    if (cutsX && cutsY) continue;
    // With `clip` on one axis only, the other axis stays visible, and nothing scrolls.
    if (!limitsX || !limitsY) continue;
    if (offBox(at, frame, box)) return null;
    // After scrolling, the element is inside this box, so from here on the box is tested instead.
    box = frame;
  }
  // A fixed element does not scroll with the page, so it must be inside the window.
  const { innerWidth, innerHeight } = window;
  const isOff = box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth || box.top >= innerHeight;
  return position === 'fixed' && isOff ? null : box;
}

/**
 * Whether a rectangle is outside everything that the page can be scrolled to.
 * @param {DOMRect} rect
 * @param {Window} view
 */
function offPage(rect, { document: page, innerWidth, scrollX, scrollY }) {
  const root = nativeProperty(page, 'scrollingElement') ?? nativeProperty(page, 'documentElement');
  const spare = Math.max(root.scrollWidth - innerWidth, 0);
  // If the root has no direction, the window takes that of the body. With "rtl" it scrolls to the left.
  const body = nativeProperty(page, 'body');
  const scrollsLeft = [root, body].some((it) => it && getComputedStyle(it).direction === 'rtl');
  const left = scrollsLeft ? -spare : 0;
  return rect.right + scrollX <= left || rect.left + scrollX >= innerWidth + spare
    || rect.bottom + scrollY <= 0;
}

/**
 * @param {Element} box
 * @param {number} x
 * @param {number} y
 * @returns {boolean} false: a click at this point reaches only what is around the box
 */
function isMetAt(box, x, y) {
  const met = callNative(rootAround(box), 'elementFromPoint', x, y);
  // Outside the window there is no element at the point. Whether an element in front hides the box is judged
  // in covered.js.
  return met === null || callNative(box, 'contains', met) || !callNative(met, 'contains', box);
}

/**
 * CLEAR matches a colour of a computed style with an alpha below 0.1, after a comma or a slash. SHOWING
 * matches what may be visible after the clear colours have been removed.
 */
const CLEAR = /\b(?:(?:rgba|hsla)\([^()]*,|[a-z]+\([^()]*\/) 0(\.0\d*)?%?\)/g;
const SHOWING = /\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|url|image|image-set|element)\(|#|currentcolor/i;

/**
 * Whether a style of an element or of an ancestor hides it although it keeps its place: it is clipped to
 * nothing, turned away, or made transparent by a filter or a mask.
 * @param {Element} element
 * @param {DOMRect} rect
 */
function isCutAway(element, rect) {
  const [x, y] = [(rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2];
  for (let at = /** @type {Element | null} */ (element); at; at = parentAsDrawn(at)) {
    const { clipPath, backfaceVisibility, filter, maskImage, maskSize, pointerEvents } = getComputedStyle(at);
    if (/opacity\(0(\.0\d*)?%?\)/.test(filter)) return true;
    if (/^linear-gradient/.test(maskImage) && maskImage.replace(CLEAR, '').search(SHOWING) < 0) return true;
    if (maskImage && maskImage !== 'none' && /(^|\s)0(px|%)/.test(maskSize)) return true;
    const mayBeCut = clipPath && clipPath !== 'none' || backfaceVisibility === 'hidden';
    // elementFromPoint() never returns an element that lets the pointer through, however visible.
    if (mayBeCut && pointerEvents !== 'none' && !isMetAt(at, x, y)) return true;
  }
  return false;
}

/** @param {Element} element @param {boolean} opacityProperty */
const isShown = (element, opacityProperty) =>
  callNative(element, 'checkVisibility', { opacityProperty, visibilityProperty: true });

/**
 * Whether an element is too small to use, by its own size or by its size on the screen after scaling.
 * @param {Element} element
 * @param {'offsetWidth' | 'offsetHeight'} side
 * @param {number} drawn_px the length of that side on the screen
 */
const isTooSmall = (element, side, drawn_px) =>
  drawn_px < least_drawn_px || Math.max(drawn_px, nativeProperty(element, side)) < least_side_px;

/** @param {Element} element @returns {boolean} whether it is visible, leaving its opacity aside */
function isPlaced(element) {
  if (!isShown(element, false)) return false;
  for (let at = /** @type {Element | null} */ (element); at; at = hostAround(at)) {
    if (callNative(at, 'closest', inertByPage)) return false;
  }
  const view = /** @type {Window} */ (element.ownerDocument.defaultView);
  const rect = rectOf(element);
  if (isTooSmall(element, 'offsetWidth', rect.width) || isTooSmall(element, 'offsetHeight', rect.height)) {
    return false;
  }
  const box = unclipped(element, rect);
  if (!box || offPage(box, view) || isCutAway(element, rect)) return false;
  // `frameElement` is null in the top frame, and if the page around this frame has another origin.
  const frame = view.frameElement;
  return !frame || isDrawn(frame);
}

/** @param {Element} element @returns {boolean} */
const isDrawn = (element) => isShown(element, true) && isPlaced(element);

/** At most this many ancestors of a transparent field are searched for a label drawn in its place. */
const label_levels = 6;

/** @param {Element} element @returns {boolean} whether a text in it is drawn */
function showsText(element) {
  const walker = callNative(document, 'createTreeWalker', element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let seen = 0; seen < most_texts && walker.nextNode(); seen += 1) {
    const around = parentOf(walker.currentNode);
    // What the text says does not matter, only that it takes room on the screen.
    range.selectNodeContents(walker.currentNode);
    if (around && range.getClientRects()[0] && isShown(around, true)) return true;
  }
  return false;
}

/** At most this many texts of an element are checked, since a label has few. */
const most_texts = 12;

/**
 * Element -> how many fields are in it, so that they are not counted again for each of these fields. Valid as
 * long as the page does not change.
 * @typedef {Map<Element, number>} Counts
 */

/**
 * Whether a transparent field has a label that looks like a field: some component libraries draw the field
 * itself only when it has the focus or a value. Without such a label, the page has hidden the field.
 * @param {Element} element
 * @param {Counts} counts
 */
function hasLabelAsField(element, counts) {
  let at = parentAsDrawn(element);
  for (let level = 0; at && level < label_levels; level += 1, at = parentAsDrawn(at)) {
    if (!isShown(at, true)) continue;
    const count = counts.get(at) ?? allIn(at, 'input:not([type=hidden]),select,textarea').length;
    counts.set(at, count);
    if (count > 1) return false;
    if (showsText(at)) return true;
  }
  return false;
}

/**
 * Whether a person could see an element. A transparent field counts as visible in two cases. (1) It has a
 * label that looks like a field. (2) Its parent is visible, and the field has the focus or its form is open:
 * some pages draw a field of their own over a transparent field that receives the typing. A frame must be
 * visible itself, because it keeps the focus when the page hides it.
 * @param {Element} element
 * @param {boolean} [isOpen] whether its form is already open
 * @param {Counts} [counts] the same for all elements that are examined together
 * @returns {boolean}
 */
export function isVisible(element, isOpen, counts = new Map()) {
  const placed = isPlaced(element);
  if (placed && isShown(element, true)) return true;
  const around = parentAsDrawn(element);
  if (!around || callNative(element, 'matches', FRAMES)) return false;
  if (placed && hasLabelAsField(element, counts)) return true;
  const takesTyping = callNative(element, 'matches', withFocus) ? isShown(element, false) : isOpen && placed;
  return !!takesTyping && isDrawn(around);
}
