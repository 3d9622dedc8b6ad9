// The words that a page shows for a field: its label, or the text before it. Text inside a control is never
// read, because a person may have typed it.

import { allIn, attribute, isElement, callNative, parentOf, rootAround } from '../dom/shadow.js';

/** Elements that may contain typed text. */
const CONTROLS = 'input,select,textarea,button,[contenteditable]:not([contenteditable=false]),[role=textbox],'
  + '[role=combobox]';

/** Elements whose content is never read as text: controls, frames, and what is not shown. */
const OTHERS = `${CONTROLS},iframe,script,style,template`;

const label_levels = 4;
const label_nodes = 40;

/**
 * A tree walker over the elements and texts below a node. It skips the elements for which `leftOut` is true,
 * and everything in them.
 * @param {Node} root
 * @param {(element: Element) => boolean} leftOut
 */
function walk(root, leftOut) {
  const what = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  return callNative(document, 'createTreeWalker', root, what, (/** @type {Node} */ node) =>
    isElement(node) && leftOut(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
}

/**
 * The text of an element, up to the length of a label or a short list of options.
 * @param {Element} element
 */
export function textIn(element) {
  const walker = walk(element, (inner) => callNative(inner, 'matches', OTHERS));
  let text = '';
  for (let seen = 0; seen < label_nodes && walker.nextNode(); seen += 1) {
    if (!isElement(walker.currentNode)) text += ` ${walker.currentNode.nodeValue}`;
  }
  return text;
}

/** @param {Element} label */
const labelText = (label) => callNative(label, 'closest', CONTROLS) ? '' : textIn(label);

/**
 * The text of a field's label. Only the surroundings of the field are searched, because the `labels` property
 * makes the browser search the whole page.
 * @param {Element} field
 */
export function labelOf(field) {
  const root = rootAround(field);
  const named = attribute(field, 'aria-labelledby').split(/\s+/).filter(Boolean)
    .map((/** @type {string} */ id) => callNative(root, 'getElementById', id))
    .filter((/** @type {Element | null} */ it) => it && it !== field);
  if (named.length > 0) return named.map(labelText).join(' ');
  const around = callNative(field, 'closest', 'label');
  if (around) return labelText(around);
  const id = attribute(field, 'id');
  let at = id ? parentOf(field) : null;
  for (let level = 0; at && level < label_levels; level += 1, at = parentOf(at)) {
    const [label] = allIn(at, `label[for="${CSS.escape(id)}"]`);
    if (label) return labelText(label);
  }
  return '';
}

/**
 * The text between an element and the control before it, for example the text of the table cell before.
 * @param {Element} element
 */
export function textBefore(element) {
  const around = parentOf(element);
  if (around && callNative(around, 'closest', CONTROLS)) return '';
  let ended = false;
  const walker = walk(rootAround(element), (other) => {
    const leftOut = callNative(other, 'matches', OTHERS);
    ended ||= leftOut;
    return leftOut;
  });
  walker.currentNode = element;
  let text = '';
  for (let seen = 0; seen < label_nodes; seen += 1) {
    const node = walker.previousNode();
    if (!node || ended) break;
    if (!isElement(node)) text = `${node.nodeValue} ${text}`;
    else if (callNative(node, 'contains', element) && /\p{L}/u.test(text)) break;
  }
  return text;
}
