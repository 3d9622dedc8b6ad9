// Access to the DOM, including open and closed shadow roots. The names of a page's fields cannot interfere.

import { api } from './api.js';

const XHTML = 'http://www.w3.org/1999/xhtml';

/** @param {Element} element */
export const isHtml = (element) => nativeProperty(element, 'namespaceURI') === XHTML;

/** The built-in elements that can have a shadow root. All other elements that can are custom elements. */
const PLAIN_HOST = /^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/;

/**
 * Reads the browser's own property of a node. Read directly, it may be a field of a form: a field named
 * "children" hides `form.children`.
 * @param {Node} node
 * @param {string} name
 */
export const nativeProperty = (node, name) => Reflect.get(Object.getPrototypeOf(node), name, node);

/**
 * Calls the browser's own method of a node, see `nativeProperty`.
 * @param {Node} node
 * @param {string} name
 * @param {...any} given
 */
export const callNative = (node, name, ...given) => nativeProperty(node, name).apply(node, given);

/**
 * @param {Node} node
 * @param {string} selector
 * @returns {NodeListOf<Element>} the elements below a node that match a selector
 */
export const allIn = (node, selector) => callNative(node, 'querySelectorAll', selector);

/** @param {Element} element @param {string} name */
export const attribute = (element, name) => callNative(element, 'getAttribute', name) ?? '';

/** @param {Element} element @returns {DOMRect} */
export const rectOf = (element) => callNative(element, 'getBoundingClientRect');

/** @param {Element} element @returns {Element | null} */
export const parentOf = (element) => nativeProperty(element, 'parentElement');

/** @param {Element} element @returns {Document | ShadowRoot} */
export const rootAround = (element) => callNative(element, 'getRootNode');

/** @param {Element} element */
export const isCustom = (element) => String(element.localName).includes('-') && isHtml(element);

/**
 * The shadow root of an element. Only the extension API returns closed roots, and it is ten times as slow as
 * `shadowRoot`. So built-in elements with child nodes, which are most of them, are asked only for an open
 * root, unless there is a reason.
 * @param {Element} element
 * @param {boolean} [reason] whether to ask for a closed root as well, whatever the element contains
 * @returns {ShadowRoot | null} open or closed; null: none was found
 */
export function shadowRootOf(element, reason) {
  // Chromium throws if it is asked for the root of a non-HTML element, such as SVG's font-face.
  if (!isCustom(element)) {
    if (!PLAIN_HOST.test(element.localName) || !isHtml(element)) return null;
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
export const isElement = (node) => node !== null && nativeProperty(node, 'nodeType') === 1;

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
 * @returns {Element | null} the host of the shadow root that contains the element
 */
export function hostAround(element) {
  const root = rootAround(element);
  return isShadowRoot(root) ? root.host : null;
}

/**
 * @param {Element} element
 * @param {Element} target
 * @returns {boolean} whether the target is the element or a shadow host around it. A listener outside a
 *   shadow root gets the host as the target of an event inside it.
 */
export function isReportedAt(element, target) {
  /** @type {Element | null} */
  let at = element;
  for (; at; at = hostAround(at)) if (at === target) return true;
  return false;
}

/**
 * The parent in the flat tree: a slot, the parent element, or the host of a shadow root.
 * @param {Element} element
 * @returns {Element | null}
 */
export const parentAsDrawn = (element) =>
  nativeProperty(element, 'assignedSlot') ?? parentOf(element) ?? hostAround(element);

/**
 * The form to which a field belongs, or else the nearest form around the element, also outside its shadow
 * root.
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
    form = callNative(at, 'closest', 'form');
    at = hostAround(at);
  }
  return form;
}
