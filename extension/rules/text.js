// Reads the visible text of an element, for a rule with a `text` and for a form's shape. Elements that take
// input are skipped with all their content, so that no typed text is read.

import { hostAround, isElement, callNative, nativeProperty, shadowRootOf } from '../dom/shadow.js';

/** In one element, at most this many characters are read and at most this many nodes are visited. */
const most_text_characters = 2000;
const most_text_nodes = 400;

/** The value of `Node.TEXT_NODE`, which a page may have overwritten. */
const text_node = 3;

/** Elements that contain typed text, or text that is not shown. */
const PASSED_OVER = 'input,select,textarea,[contenteditable]:not([contenteditable=false]),[role=textbox],'
  + '[role=searchbox],[role=combobox],[role=spinbutton],script,style,noscript,template';

/** @param {Element} element @returns {boolean} */
const isPassedOver = (element) => callNative(element, 'matches', PASSED_OVER);

/** @param {Element} element @returns {boolean} whether the element is inside one that is skipped */
function standsInOne(element) {
  /** @type {Element | null} */
  let at = element;
  for (; at; at = hostAround(at)) if (callNative(at, 'closest', PASSED_OVER)) return true;
  return false;
}

/** @param {Element} element @returns {Iterable<Node>} its children in the flat tree */
function drawnChildren(element) {
  const root = shadowRootOf(element);
  if (root) return root.childNodes;
  if (element.localName !== 'slot') return nativeProperty(element, 'childNodes');
  const slotted = /** @type {HTMLSlotElement} */ (element).assignedNodes();
  return slotted.length > 0 ? slotted : nativeProperty(element, 'childNodes');
}

/** @param {Element} element @returns {string[]} the parts of its visible text, in order */
function partsOf(element) {
  /** @type {string[]} */
  const parts = [];
  let characters = 0;
  let nodes = 0;

  /** @param {Element} around */
  function read(around) {
    const seen = callNative(around, 'checkVisibility', { visibilityProperty: true });
    for (const node of drawnChildren(around)) {
      nodes += 1;
      if (characters >= most_text_characters || nodes > most_text_nodes) return;
      if (isElement(node)) {
        if (!isPassedOver(node)) read(node);
      } else if (seen && node.nodeType === text_node) {
        const part = (node.nodeValue ?? '').slice(0, most_text_characters - characters);
        characters += part.length;
        parts.push(part);
      }
    }
  }

  if (!standsInOne(element)) read(element);
  return parts;
}

/** @param {Element} element @returns {string} its visible text, with single spaces */
export const visibleText = (element) => partsOf(element).join(' ').replace(/\s+/g, ' ').trim();

/**
 * @param {Element} element
 * @param {string} text to look for; in lower case, with single spaces
 */
export function showsText(element, text) {
  const parts = partsOf(element);
  // The parts may form one word ("Appro<b>ved</b>") or several ("<td>Card</td><td>number</td>"), so both are
  // tried.
  return ['', ' '].some((between) =>
    parts.join(between).replace(/\s+/g, ' ').toLowerCase().includes(text));
}
