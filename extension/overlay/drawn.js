// Finds what is drawn inside an element or at a point, including shadow roots, and whether an element has a
// backdrop.

import { allIn, callNative, parentAsDrawn, shadowRootOf } from '../dom/shadow.js';

/** `partsOf` returns at most this many elements. */
export const most_parts = 256;

/**
 * @param {Element} element
 * @param {(node: Node) => boolean} isOurs
 * @returns {Element[]} the element and the elements in it, including shadow roots, without ours
 */
export function partsOf(element, isOurs) {
  const parts = [element, ...allIn(element, '*')];
  for (let at = 0; at < parts.length && at < most_parts; at += 1) {
    const root = isOurs(parts[at]) ? null : shadowRootOf(parts[at], true);
    if (root) parts.push(...allIn(root, '*'));
  }
  return parts.slice(0, most_parts).filter((part) => !isOurs(part));
}

/**
 * @param {Element} element
 * @param {(element: Element) => boolean} isIt
 * @returns {Element | null} the element itself or the nearest ancestor for which isIt is true
 */
export function nearest(element, isIt) {
  /** @type {Element | null} */
  let at = element;
  while (at && !isIt(at)) at = parentAsDrawn(at);
  return at;
}

/** @param {Element} outer @param {Element} inner @returns {boolean} whether inner is drawn inside outer */
export const isDrawnIn = (outer, inner) => nearest(inner, (at) => at === outer) !== null;

/** @param {Element} element @returns {boolean} */
export const isInInert = (element) =>
  nearest(element, (at) => callNative(at, 'hasAttribute', 'inert')) !== null;

/** @param {Element} element @returns {boolean} whether it has a backdrop that is painted over the window */
export function hasBackdrop(element) {
  const style = getComputedStyle(element, '::backdrop');
  const isClear = /^transparent$|, 0\)$/.test(style.backgroundColor);
  const isFiltered = (style.backdropFilter ?? 'none') !== 'none';
  return style.display !== 'none' && (!isClear || style.backgroundImage !== 'none' || isFiltered);
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {Element | null} the innermost element at a point, including shadow roots
 */
export function deepestAt(x, y) {
  /** @type {Document | ShadowRoot | null} */
  let root = document;
  /** @type {Element | null} */
  let at = null;
  while (root) {
    /** @type {Element | null} */
    const found = callNative(root, 'elementFromPoint', x, y);
    if (!found || found === at) break;
    at = found;
    root = shadowRootOf(found, true);
  }
  return at;
}
