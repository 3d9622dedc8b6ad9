// Decides from structure and words whether fields are a payment form. Used by groups.js and watcher.js.
// Reads attributes and the texts of labels and choices only: never what is typed. No layout either: that is
// visible.js.

import { declaredKind, isSureCode, isSureNumber, likelyKind, speaksOfAnotherCard, words } from './fields.js';
import { labelOf, textBefore } from './labels.js';
import { cardFrameHost } from './providers.js';
import { attribute, hostAround, isA, mine } from './shadow.js';
import { structureOf } from './structure.js';

/** @typedef {import('./fields.js').Kind} Kind */

/**
 * One piece of evidence. `sure`: it is enough by itself. `why` names the rule, never a word of the page.
 * `host`: a provider's, of a frame.
 * @typedef {{kind: Kind, sure: boolean, why: string, host?: string}} Evidence
 */

/** What can be evidence. */
export const FIELD_SELECTOR = 'input,select,iframe,[contenteditable],[role=textbox],[role=combobox],'
  + '[autocomplete*="cc-"]';

/** The attributes that evidence is read from: when one of them changes, the field is looked at again. */
export const FIELD_ATTRIBUTES = ['autocomplete', 'name', 'id', 'placeholder', 'aria-label', 'aria-labelledby',
  'type', 'src', 'role', 'contenteditable'];

/** Inputs in which a card may be typed; an unknown type is a text field to the browser. */
const CARD_TYPES = /^(text|tel|number|password|month|)$/;

const NAMED_NUMBER = 'named as card number';

/** @type {Kind[]} what there has to be of a card, the clearest first */
const MAIN = ['number', 'csc', 'card', 'bare'];

/** @type {Kind[]} what has to be beside it */
const OTHERS = ['csc', 'expiry', 'holder', 'card', 'date'];

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
 * @returns {Evidence | null} what the field's words and its shape say
 */
function worded(field) {
  // A component may keep the field in a shadow root and its words outside.
  const host = hostAround(field);
  /** @param {string[]} attributes */
  const said = (attributes) => attributes.flatMap((name) =>
    [field, host].map((it) => it ? words(attribute(it, name)) : ''));
  const names = said(['name', 'id']);
  const shown = [words(labelOf(field)), ...said(['aria-label', 'placeholder', 'title', 'label'])];
  if (!shown.some(Boolean)) shown.push(words(textBefore(field)), host ? words(textBefore(host)) : '');
  const all = [...shown, ...names];
  if (all.some(speaksOfAnotherCard) || mine(field, 'closest', '[role=search],search')) return null;
  if (!isA(field, 'select')) {
    // A choice can be of a month or a kind of card; what is typed is in the others.
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
 * Whether evidence makes a payment form: one sure piece, or a number or a code and another kind.
 * @param {Iterable<Evidence>} evidence
 * @returns {string | null} the reason, for the log
 */
export function judge(evidence) {
  const all = [...evidence];
  const kinds = new Set(all.map(({ kind }) => kind));
  // With the number of one's card and a password one logs in to a bank: here a name alone is not enough.
  const sure = all.find((it) => it.sure && !(it.why === NAMED_NUMBER && kinds.has('password')));
  if (sure) return sure.why;
  const main = MAIN.find((kind) => kinds.has(kind));
  const others = OTHERS.filter((kind) => kind !== main && kinds.has(kind)
    && (kind !== 'date' || main === 'number'));
  if (!main || others.length < (main === 'bare' ? 2 : 1)) return null;
  return `card ${main} and ${others[0]}`;
}
