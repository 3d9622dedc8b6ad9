// Finds a selector for an element: short, likely to stay valid, and if possible matching no other element.
// Like the rules' selectors, it is applied to the document and to every shadow root.

import { allIn, hostAround, shadowRootOf } from '../dom/shadow.js';
import { piecesOf, tagOf } from './pieces.js';

/** How many ancestors of the element are searched for something stable. */
const most_levels = 8;

/**
 * @typedef {{selector: string, elements: Element[], isWeak: boolean}} Found isWeak: the selector is a path of
 *   tags, which may depend on the order of elements
 */

/** @returns {(Document | ShadowRoot)[]} the document and all shadow roots in it */
export function allRoots() {
  /** @type {(Document | ShadowRoot)[]} */
  const roots = [document];
  for (const root of roots) { // the loop adds to this list
    for (const element of allIn(root, '*')) {
      const inner = shadowRootOf(element, true);
      if (inner) roots.push(inner);
    }
  }
  return roots;
}

/** @param {string} selector @param {(Document | ShadowRoot)[]} roots */
export const matchesOf = (selector, roots) => roots.flatMap((root) => [...allIn(root, selector)]);

/** @param {Element} element @returns {string[]} selectors of the element alone, the most stable first */
function ownSelectors(element) {
  const tag = tagOf(element);
  const pieces = piecesOf(element);
  const single = pieces.map((piece) => (/^(#|\[data-)/.test(piece) ? piece : tag + piece));
  const joined = pieces.length > 1 ? [tag + pieces.slice(0, 2).join(''), tag + pieces.join('')] : [];
  return [...single, ...joined, tag];
}

/** @param {Element} element @returns {Element[]} its ancestors in the same tree, the nearest first */
function around(element) {
  const all = [];
  for (let at = element.parentElement; at && all.length < most_levels; at = at.parentElement) all.push(at);
  return all;
}

/** @param {Element} element @returns {string} its tag, with its place among the siblings of that tag */
function byPlace(element) {
  const alike = [...element.parentNode?.children ?? []]
    .filter(({ localName }) => localName === element.localName);
  const tag = tagOf(element);
  return alike.length > 1 ? `${tag}:nth-of-type(${alike.indexOf(element) + 1})` : tag;
}

/**
 * @param {Element} element
 * @returns {string[]} paths to the element: from each ancestor with a stable name, and last from the highest
 *   ancestor that is searched
 */
function waysDown(element) {
  const ways = [];
  let way = byPlace(element);
  for (const outer of around(element)) {
    const [piece] = piecesOf(outer);
    if (piece) ways.push(`${tagOf(outer)}${piece} > ${way}`);
    way = `${byPlace(outer)} > ${way}`;
  }
  return [...ways, way];
}

/**
 * @param {Element} element
 * @param {(Document | ShadowRoot)[]} [roots]
 * @returns {Found}
 */
export function findSelector(element, roots = allRoots()) {
  const own = ownSelectors(element);
  const outer = around(element).flatMap(piecesOf);
  const inside = outer.flatMap((piece) => own.map((last) => `${piece} ${last}`));
  const lasting = [...own.slice(0, -1), ...inside, ...own];
  const isOnly = (/** @type {string} */ selector) => matchesOf(selector, roots).length === 1;
  const strong = lasting.find(isOnly);
  const selector = strong ?? waysDown(element).find(isOnly) ?? own[0];
  const isWeak = strong === undefined && selector.includes('>');
  return { selector, elements: matchesOf(selector, roots), isWeak };
}

/**
 * @param {Element} field
 * @returns {string} a selector of the field. If that finds other elements too, and the field is in a shadow
 *   root, a selector of the shadow host instead
 */
export function selectorOf(field) {
  const { selector, elements } = findSelector(field);
  const host = elements.length > 1 ? hostAround(field) : null;
  return host ? selectorOf(host) : selector;
}
