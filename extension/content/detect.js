// Decides from structure and words whether fields are a payment form. Used by groups.js.
// Reads attributes and label texts only: never what is typed. No layout either: that is visible.js.

import { declaredKind, likelyKind, speaksOfAnotherCard, sureKind, words } from './fields.js';
import { cardFrameHost } from './providers.js';
import { isA, isElement } from './shadow.js';

/** @typedef {import('./fields.js').Kind} Kind */

/**
 * One piece of evidence. `sure`: it is enough by itself. `why` names the rule, never a word of the page.
 * @typedef {{kind: Kind, sure: boolean, why: string}} Evidence
 */

/** What can be evidence. */
export const FIELD_SELECTOR = 'input, select, iframe, [autocomplete*="cc-"]';

/** The attributes that evidence is read from: when one of them changes, the field is looked at again. */
export const FIELD_ATTRIBUTES = ['autocomplete', 'name', 'id', 'placeholder', 'aria-label', 'aria-labelledby',
  'type', 'src'];

/** Inputs in which a card may be typed; an unknown type is a text field to the browser. */
const CARD_TYPES = /^(text|tel|number|password|month|)$/;

/** What may hold something typed: inside a label, around it, or named as one. */
const CONTROLS = 'input,select,textarea,button,[contenteditable]:not([contenteditable=false]),[role=textbox]';

const label_levels = 4;
const label_nodes = 40;

/** @param {Element} element @param {string} name */
const attribute = (element, name) => element.getAttribute(name) ?? '';

/**
 * The words of a label: its text nodes, but nothing inside a control that stands in it or around it.
 * @param {Element} label
 */
function labelText(label) {
  if (label.closest(CONTROLS)) return '';
  const what = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walker = document.createTreeWalker(label, what, (node) => isElement(node) && node.matches(CONTROLS)
    ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  let text = '';
  for (let seen = 0; seen < label_nodes && walker.nextNode(); seen += 1) {
    if (!isElement(walker.currentNode)) text += ` ${walker.currentNode.nodeValue}`;
  }
  return text;
}

/**
 * The label of a field, looked for nearby only: `labels` would make the browser search the whole page.
 * @param {Element} field
 */
function labelOf(field) {
  const around = field.closest('label');
  if (around) return labelText(around);
  const id = attribute(field, 'id');
  const named = attribute(field, 'aria-labelledby').split(/\s+/).filter(Boolean);
  const wanted = named.map((name) => `#${CSS.escape(name)}`);
  if (id) wanted.push(`label[for="${CSS.escape(id)}"]`);
  if (wanted.length === 0) return '';
  let at = field.parentElement;
  for (let level = 0; at && level < label_levels; level += 1, at = at.parentElement) {
    const label = at.querySelector(wanted.join(', '));
    if (label && label !== field) return labelText(label);
  }
  return '';
}

/**
 * @param {Element} field
 * @returns {Evidence | null} what the page's author said in so many words
 */
function declared(field) {
  for (const token of attribute(field, 'autocomplete').toLowerCase().split(/\s+/)) {
    const kind = declaredKind(token);
    if (kind) return { kind, sure: kind !== 'holder', why: `autocomplete ${token}` };
  }
  return null;
}

/**
 * @param {Element} field
 * @returns {Evidence | null} what the field's words say
 */
function worded(field) {
  /** @param {string} name */
  const said = (name) => words(attribute(field, name));
  const names = `${said('name')}|${said('id')}`;
  const shown = `${said('aria-label')}|${said('placeholder')}`;
  const label = words(labelOf(field));
  if (speaksOfAnotherCard(`${names}|${shown}|${label}`)) return null;
  if (field.closest('[role=search], search')) return null;
  // A choice can be of a month or a kind of card; what is typed is in an input.
  const sure = isA(field, 'input') ? sureKind(names) : null;
  if (sure) return { kind: sure, sure: true, why: `named as card ${sure}` };
  const kind = likelyKind(label) ?? likelyKind(shown) ?? likelyKind(names);
  return kind && { kind, sure: false, why: kind };
}

/**
 * @param {Element} element
 * @returns {Evidence | null} what an element is evidence for
 */
export function evidenceOf(element) {
  if (isA(element, 'iframe')) {
    const host = cardFrameHost(attribute(element, 'src'), element.baseURI);
    return host ? { kind: 'frame', sure: true, why: `card frame of ${host}` } : null;
  }
  const { type } = /** @type {HTMLInputElement} */ (element);
  if (type === 'hidden') return null;
  const takesCard = isA(element, 'select') || isA(element, 'input') && CARD_TYPES.test(type);
  return declared(element) ?? (takesCard ? worded(element) : null);
}

/**
 * Whether evidence makes a payment form: one sure piece, or a number or a code and another kind.
 * @param {Iterable<Evidence>} evidence
 * @returns {string | null} the reason, for the log
 */
export function judge(evidence) {
  /** @type {Set<Kind>} */
  const kinds = new Set();
  for (const { kind, sure, why } of evidence) {
    if (sure) return why;
    kinds.add(kind);
  }
  const main = kinds.has('number') ? 'number' : kinds.has('csc') ? 'csc' : null;
  const other = [...kinds].find((kind) => kind !== main);
  return main && other ? `card ${main} and ${other}` : null;
}
