// The words that a page shows for a field: its label, or what stands before it. Used by detect.js and
// structure.js. Nothing that is in a control, around it or named as one is read: that may have been typed.

import { allIn, attribute, isElement, mine, parentOf, rootAround } from './shadow.js';

/** What may hold something typed. */
const CONTROLS = 'input,select,textarea,button,[contenteditable]:not([contenteditable=false]),[role=textbox],'
  + '[role=combobox]';

/** What ends or is left out of a text: controls, and what is not shown. */
const OTHERS = `${CONTROLS},iframe,script,style,template`;

const label_levels = 4;
const label_nodes = 40;

/**
 * Steps over the elements and texts below a node, not into what is `left out`.
 * @param {Node} root
 * @param {(element: Element) => boolean} leftOut
 */
function walk(root, leftOut) {
  const what = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  return mine(document, 'createTreeWalker', root, what, (/** @type {Node} */ node) =>
    isElement(node) && leftOut(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
}

/**
 * The text nodes of an element, as many as a label or a short list of choices has.
 * @param {Element} element
 */
export function textIn(element) {
  const walker = walk(element, (inner) => mine(inner, 'matches', OTHERS));
  let text = '';
  for (let seen = 0; seen < label_nodes && walker.nextNode(); seen += 1) {
    if (!isElement(walker.currentNode)) text += ` ${walker.currentNode.nodeValue}`;
  }
  return text;
}

/** @param {Element} label */
const labelText = (label) => mine(label, 'closest', CONTROLS) ? '' : textIn(label);

/**
 * What the page names as a field's label, looked for nearby only: `labels` would make the browser search the
 * whole page.
 * @param {Element} field
 */
export function labelOf(field) {
  const root = rootAround(field);
  const named = attribute(field, 'aria-labelledby').split(/\s+/).filter(Boolean)
    .map((/** @type {string} */ id) => mine(root, 'getElementById', id))
    .filter((/** @type {Element | null} */ it) => it && it !== field);
  if (named.length > 0) return named.map(labelText).join(' ');
  const around = mine(field, 'closest', 'label');
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
 * The text that stands before an element up to the control before it, as in the cells of a table.
 * @param {Element} element
 */
export function textBefore(element) {
  const around = parentOf(element);
  if (around && mine(around, 'closest', CONTROLS)) return '';
  let ended = false;
  const walker = walk(rootAround(element), (other) => {
    const leftOut = mine(other, 'matches', OTHERS);
    ended ||= leftOut;
    return leftOut;
  });
  walker.currentNode = element;
  let text = '';
  for (let seen = 0; seen < label_nodes; seen += 1) {
    const node = walker.previousNode();
    if (!node || ended) break;
    if (!isElement(node)) text = `${node.nodeValue} ${text}`;
    else if (mine(node, 'contains', element) && /\p{L}/u.test(text)) break;
  }
  return text;
}
