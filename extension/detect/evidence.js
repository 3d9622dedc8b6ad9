// Decides from structure and words whether fields are a payment form. It reads attributes and the texts of
// labels and options, never what a person types. Whether a field can be seen is decided in visible.js.

import { declaredKind, isSureCode, isSureNumber, likelyKind, speaksOfAnotherCard, words } from './fields.js';
import { labelOf, textBefore } from './labels.js';
import { cardFrameHost } from '../common/card-frames.js';
import { attribute, hostAround, isA, callNative } from '../dom/shadow.js';
import { structureOf } from './structure.js';

/** @typedef {import('./fields.js').Kind} Kind */

/**
 * One piece of evidence. `sure`: it is enough by itself. `why`: the name of the reason; no text of the page
 * is in it. `host`: the payment provider's host name, for a frame.
 * @typedef {{kind: Kind, sure: boolean, why: string, host?: string}} Evidence
 */

/** The elements that can be evidence. */
export const FIELD_SELECTOR = 'input,select,iframe,[contenteditable],[role=textbox],[role=combobox],'
  + '[autocomplete*="cc-"]';

/** Evidence is read from these attributes. When one of them changes, the field is examined again. */
export const FIELD_ATTRIBUTES = ['autocomplete', 'name', 'id', 'placeholder', 'aria-label', 'aria-labelledby',
  'type', 'src', 'role', 'contenteditable'];

/** The types of input that a person may type a card into. Browsers treat an unknown type as text. */
const CARD_TYPES = /^(text|tel|number|password|month|)$/;

const NAMED_NUMBER = 'named as card number';

/** @type {Kind[]} a payment form needs a field of one of these kinds; the clearest comes first */
const MAIN = ['number', 'csc', 'card', 'bare'];

/** @type {Kind[]} and, unless the evidence is sure, a second field of another of these kinds */
const OTHERS = ['csc', 'expiry', 'holder', 'card', 'date'];

/**
 * @param {Element} field
 * @returns {Evidence | null} what the field's `autocomplete` says
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
 * @returns {Evidence | null} what the field's words say, or else its structure
 */
function worded(field) {
  // A web component may have the field in its shadow root and the words on its host element.
  const host = hostAround(field);
  /** @param {string[]} attributes */
  const said = (attributes) => attributes.flatMap((name) =>
    [field, host].map((it) => it ? words(attribute(it, name)) : ''));
  const names = said(['name', 'id']);
  const shown = [words(labelOf(field)), ...said(['aria-label', 'placeholder', 'title', 'label'])];
  if (!shown.some(Boolean)) shown.push(words(textBefore(field)), host ? words(textBefore(host)) : '');
  const all = [...shown, ...names];
  if (all.some(speaksOfAnotherCard) || callNative(field, 'closest', '[role=search],search')) return null;
  if (!isA(field, 'select')) {
    // A select is never sure evidence: it offers months or card types, and nobody types a number into it.
    if (names.some(isSureNumber)) return { kind: 'number', sure: true, why: NAMED_NUMBER };
    if (all.some(isSureCode)) return { kind: 'csc', sure: true, why: 'named as card csc' };
  }
  for (const text of all) {
    const kind = likelyKind(text);
    if (kind) return { kind, sure: false, why: kind };
  }
  const kind = structureOf(field);
  return kind && { kind, sure: false, why: kind };
}

/**
 * @param {Element} element
 * @returns {Evidence | null} what an element is evidence for
 */
export function evidenceOf(element) {
  if (isA(element, 'iframe')) {
    const host = cardFrameHost(attribute(element, 'src'), element.baseURI);
    return host ? { kind: 'frame', sure: true, why: `card frame of ${host}`, host } : null;
  }
  const { type } = /** @type {HTMLInputElement} */ (element);
  if (type === 'hidden') return null;
  const takesCard = !isA(element, 'input') || CARD_TYPES.test(type);
  return declared(element) ?? (takesCard ? worded(element) : null)
    ?? (type === 'password' ? { kind: 'password', sure: false, why: type } : null);
}

/**
 * Whether the evidence makes a payment form. One sure piece is enough. Otherwise it takes one of the main
 * kinds and one other kind, or two others next to a bare number.
 * @param {Iterable<Evidence>} evidence
 * @returns {string | null} the reason, for the log; null if it is not a payment form
 */
export function judge(evidence) {
  const all = [...evidence];
  const kinds = new Set(all.map(({ kind }) => kind));
  // Some banks ask for a card number and a password to log in. So next to a password, a field that is only
  // named as a card number is not enough.
  const sure = all.find((it) => it.sure && !(it.why === NAMED_NUMBER && kinds.has('password')));
  if (sure) return sure.why;
  const main = MAIN.find((kind) => kinds.has(kind));
  const others = OTHERS.filter((kind) => kind !== main && kinds.has(kind)
    && (kind !== 'date' || main === 'number'));
  if (!main || others.length < (main === 'bare' ? 2 : 1)) return null;
  return `card ${main} and ${others[0]}`;
}
