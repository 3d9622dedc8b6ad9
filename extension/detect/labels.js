// Finds the words that a page shows for a field: its label, or the text before it. Text inside a control is
// never read, because a person may have typed it.

import { once } from './batch.js';
import { allIn, attribute, isA, isElement, callNative, parentOf, rootAround } from '../dom/shadow.js';

/** Elements that may contain typed text. */
const CONTROLS = 'input,select,textarea,button,[contenteditable]:not([contenteditable=false]),[role=textbox],'
  + '[role=combobox]';

/** Elements whose content is never read as text: controls, frames, and what is not shown. */
const OTHERS = `${CONTROLS},iframe,script,style,template`;

const label_levels = 8;
const label_nodes = 40;

/**
 * A tree walker over the elements and texts below a node. It skips elements for which `leftOut` returns true,
 * with everything in them.
 * @param {Node} root
 * @param {(element: Element) => boolean} leftOut
 */
function walk(root, leftOut) {
  const what = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  return callNative(document, 'createTreeWalker', root, what, (/** @type {Node} */ node) =>
    isElement(node) && leftOut(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
}

/** @param {Node} node @returns {string} its text; of a picture, its alternative text */
const said = (node) => !isElement(node) ? node.nodeValue ?? ''
  : isA(node, 'img') ? attribute(node, 'alt') : isA(node, 'svg') ? attribute(node, 'aria-label') : '';

/**
 * The text in the first `label_nodes` nodes of an element: enough for a label or a short list of options.
 * @param {Element} element
 */
export function textIn(element) {
  const walker = walk(element, (inner) => callNative(inner, 'matches', OTHERS));
  let text = '';
  for (let seen = 0; seen < label_nodes && walker.nextNode(); seen += 1) {
    text += ` ${said(walker.currentNode)}`;
  }
  return text;
}

/** @param {Element} label */
const labelText = (label) => callNative(label, 'closest', CONTROLS) ? '' : textIn(label);

/** @param {Element} element @param {Document | ShadowRoot} root */
const labelledBy = (element, root) => attribute(element, 'aria-labelledby').split(/\s+/).filter(Boolean)
  .map((/** @type {string} */ id) => callNative(root, 'getElementById', id))
  .filter((/** @type {Element | null} */ it) => it && it !== element)
  .map(labelText).join(' ');

/** @param {Element} group @returns {string} the name that ARIA or a legend gives it */
export const nameOf = (group) => attribute(group, 'aria-label') || labelledBy(group, rootAround(group))
  || (isA(group, 'fieldset') ? [...allIn(group, ':scope > legend')].map(textIn).join(' ') : '');

/** ID of a field -> the first label in the node that is for this field. */
const labelsIn = once((/** @type {Element} */ node) =>
  new Map([...allIn(node, 'label[for]')].reverse().map((label) => [attribute(label, 'for'), label])));

/**
 * The text of a field's label; empty if none is found. Only the field's surroundings are searched: with the
 * `labels` property the browser would search the whole page.
 * @param {Element} field
 */
export function labelOf(field) {
  const root = rootAround(field);
  const named = labelledBy(field, root);
  if (named) return named;
  const around = callNative(field, 'closest', 'label');
  if (around) return labelText(around);
  const id = attribute(field, 'id');
  let at = id ? parentOf(field) : null;
  for (let level = 0; at && level < label_levels; level += 1, at = parentOf(at)) {
    const label = labelsIn(at).get(id);
    if (label) return labelText(label);
  }
  return '';
}

/** A text of more words than this that ends like a sentence is an explanation, not a label. */
const most_label_words = 5;

/** @param {string} text */
const isSentence = (text) => /[.!。]\s*$/.test(text) && text.trim().split(/\s+/).length > most_label_words;

/**
 * @param {Node} node an empty node, or one around the field
 * @param {Element} field
 * @param {string[]} texts found so far
 * @returns {string} the text that a style sheet draws before the node's content; empty if the node is of
 *   neither kind, or if texts were found already
 */
function drawnBefore(node, field, texts) {
  if (!isElement(node) || texts.length > 0) return '';
  if (node.firstChild && !callNative(node, 'contains', field)) return '';
  const [, drawn = ''] = /^"(.*)"$/.exec(getComputedStyle(node, '::before').content) ?? [];
  return drawn;
}

/**
 * The texts between a field and the control before it, such as the text of the table cell before. The search
 * ends at the nearest ancestor of the field in which words come before the field. An explanation, and
 * whatever comes before it, is left out.
 * @param {Element} element the field
 */
export function textBefore(element) {
  const around = parentOf(element);
  if (around && callNative(around, 'closest', CONTROLS)) return [];
  let ended = false;
  const walker = walk(rootAround(element), (other) => {
    const leftOut = callNative(other, 'matches', OTHERS);
    ended ||= leftOut;
    return leftOut;
  });
  walker.currentNode = element;
  /** @type {string[]} */
  const texts = [];
  for (let seen = 0; seen < label_nodes; seen += 1) {
    const node = walker.previousNode();
    if (!node || ended) break;
    const text = said(node) || drawnBefore(node, element, texts);
    if (text.trim()) texts.unshift(text);
    if (isElement(node) && callNative(node, 'contains', element) && /\p{L}/u.test(texts.join())) break;
  }
  const sentence = texts.map((_, index) => isSentence(texts.slice(0, index + 1).join(' '))).lastIndexOf(true);
  return texts.slice(sentence + 1);
}
