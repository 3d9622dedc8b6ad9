// Passage through shadow roots, open and closed. For the modules that look at the page.

import { api } from './api.js';

/** The plain elements that can have a shadow root; besides them only custom elements can. */
const PLAIN_HOST = /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

/**
 * A property of a node as the browser has it: a form's own are hidden by fields of the same name.
 * @param {Node} node
 * @param {string} name
 */
export const ownOf = (node, name) => Reflect.get(Object.getPrototypeOf(node), name, node);

/**
 * Calls a method of a node as the browser has it.
 * @param {Node} node
 * @param {string} name
 * @param {...any} given
 */
export const mine = (node, name, ...given) => ownOf(node, name).apply(node, given);

/**
 * @param {Node} node
 * @param {string} selector
 * @returns {NodeListOf<Element>} what a selector finds below a node
 */
export const allIn = (node, selector) => mine(node, 'querySelectorAll', selector);

/** @param {Element} element @param {string} name */
export const attribute = (element, name) => mine(element, 'getAttribute', name) ?? '';

/** @param {Element} element @returns {DOMRect} */
export const rectOf = (element) => mine(element, 'getBoundingClientRect');

/** @param {Element} element @returns {Element | null} */
export const parentOf = (element) => ownOf(element, 'parentElement');

/** @param {Element} element @returns {Document | ShadowRoot} */
export const rootAround = (element) => mine(element, 'getRootNode');

/** @param {Element} element */
export const isCustom = (element) => String(element.localName).includes('-');

/**
 * The shadow root of an element, closed ones included, which only the browser's own extension
 * interface shows. That costs ten times what `shadowRoot` does; so a plain element with anything of its
 * own in it, as most are, is asked only for an open root, unless there is reason to.
 * @param {Element} element
 * @param {boolean} [reason]
 * @returns {ShadowRoot | null}
 */
export function shadowRootOf(element, reason) {
  if (!isCustom(element)) {
    if (!PLAIN_HOST.test(element.localName)) return null;
    if (!reason && element.firstChild) return element.shadowRoot;
  }
  const hidden = /** @type {Element & {openOrClosedShadowRoot?: ShadowRoot | null}} */ (element);
  if (api?.dom?.openOrClosedShadowRoot) {
    return api.dom.openOrClosedShadowRoot(/** @type {HTMLElement} */ (element));
  }
  return hidden.openOrClosedShadowRoot ?? element.shadowRoot;
}

/**
 * @param {Node | null} node
 * @returns {node is Element}
 */
export const isElement = (node) => node !== null && ownOf(node, 'nodeType') === 1;

/**
 * @param {Node | null} node
 * @returns {node is ShadowRoot}
 */
const isShadowRoot = (node) => node?.nodeType === 11 && 'host' in node;

/**
 * @param {Element} element
 * @param {string} name
 */
export const isA = (element, name) => element.localName === name;

/**
 * @param {Element} element
 * @returns {Element | null} the host of the shadow root that an element stands in
 */
export function hostAround(element) {
  const root = rootAround(element);
  return isShadowRoot(root) ? root.host : null;
}

/**
 * The element above in the tree that is drawn: a slot, a parent, or the host of a shadow root.
 * @param {Element} element
 * @returns {Element | null}
 */
export const parentAsDrawn = (element) =>
  ownOf(element, 'assignedSlot') ?? parentOf(element) ?? hostAround(element);

/**
 * The nearest form around an element, shadow roots or not.
 * @param {Element} element
 * @returns {Element | null}
 */
export function formAround(element) {
  const own = /** @type {HTMLInputElement} */ (element).form;
  if (own) return own;
  /** @type {Element | null} */
  let at = element;
  let form = null;
  while (at && !form) {
    form = mine(at, 'closest', 'form');
    at = hostAround(at);
  }
  return form;
}
