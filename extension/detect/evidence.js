// Finds out what a field is for, from its structure and words. Only attributes and the texts of labels,
// headings, options and whatever comes before the field are read, never what a person types. Whether a field
// can be seen is decided in visible.js.

import { cardFrameHost } from '../common/card-frames.js';
import { DECLARED, DECLARED_REASON } from '../common/marks.js';
import { addressOf, FRAMES, isFrame } from '../dom/frames.js';
import {
  allIn, attribute, callNative, hostAround, isA, isCustom, isElement, parentOf, rectOf, rootAround,
} from '../dom/shadow.js';
import { once, within } from './batch.js';
import { because } from './because.js';
import { FIELD_ELEMENTS } from './field-elements.js';
import { columnHeadOf, headingsOf } from './context.js';
import * as F from './fields.js';
import { labelOf, textBefore } from './labels.js';
import { structureOf } from './structure.js';

/** @typedef {import('./fields.js').Kind} Kind */

/**
 * What one field is evidence for. `sure`: it is enough by itself. `why`: the reason, without any text of the
 * page. `qualified`: an unknown word says which card is meant. `inCard`: the field's group or a heading is
 * about a payment card. `choices`: the evidence comes from the options of a select. `host`: for a frame, the
 * payment provider's host name.
 * @typedef {{kind: Kind, sure: boolean, why: string, qualified?: boolean, inCard?: boolean, choices?:
 *   boolean, host?: string}} Evidence
 */

/** The types of input that a person may type a card into. Browsers treat an unknown type as text. */
const CARD_TYPES = /^(text|tel|number|password|month|search|email|url|)$/;
const DATE_TYPES = /^(date|datetime-local|week)$/;

export const NAMED_NUMBER = 'named as card number';

/** @type {Kind[]} what a person types and does not choose from a list */
const TYPED = ['number', 'bare', 'csc', 'check'];

/** Attributes whose values a browser shows or a screen reader reads. */
export const SHOWN = ['aria-label', 'placeholder', 'title', 'label'];

/** Attributes by which frameworks bind a field to data. They are read only if other words say nothing. */
export const BOUND = ('formcontrolname ng-reflect-name ng-model v-model data-bind data-stripe data-recurly '
  + 'data-braintree-name data-encrypted-name data-encryptedfield data-checkout data-field data-name data-key '
  + 'data-field-name data-fieldname data-testid data-test-id data-test data-cy data-qa data-automation-id '
  + 'field-name fieldname').split(' ');

/** Attributes that may say what a frame is for. */
export const OF_FRAMES = 'title aria-label name id data-field data-name data-type data-fieldtype'.split(' ');

/** A taller frame contains a whole form, not a single field. */
const most_field_px = 90;

/** Fields that open a list or a calendar. They may be read-only although a person fills them in. */
const PICKS = '[role=combobox],[aria-haspopup],[class*=picker i],[class*=picker i] *';

/** Fields in which nobody can type or choose. */
const FIXED = `:disabled,[readonly]:not(${PICKS}),[aria-readonly=true],[aria-disabled=true]`;

/** @param {Element} field @returns {Evidence | null} what the field's `autocomplete` says */
function declared(field) {
  for (const token of attribute(field, 'autocomplete').toLowerCase().split(/\s+/)) {
    const kind = F.declaredKind(token);
    if (!kind) continue;
    because('is', token);
    return { kind, sure: kind !== 'holder', why: `autocomplete ${token}` };
  }
  return null;
}

/** Whether there are several fields in a node. @type {(node: Element | Document | ShadowRoot) => boolean} */
const hasSeveral = once((node) => allIn(node, 'input,select,textarea').length > 1);

/** A component's own element is looked for at most this many levels above the field. */
const component_levels = 10;

/** @param {Element} field @returns {Element[]} the field and the components in which it is the only field */
export function withComponents(field) {
  const all = [field];
  let at = /** @type {Element} */ (field);
  for (let level = 0; level < component_levels; level += 1) {
    const around = parentOf(at) ?? rootAround(at);
    if (hasSeveral(around)) break;
    const next = isElement(around) ? around : hostAround(at);
    if (!next) break;
    if (isCustom(next)) all.push(next);
    at = next;
  }
  return all;
}

/** @param {Element[]} elements @param {string[]} attributes */
const said = (elements, attributes) =>
  elements.flatMap((it) => attributes.map((name) => F.words(attribute(it, name)))).filter(Boolean);

/**
 * The words that people read at a field. `labels` has each text by itself. In `shown`, the texts before the
 * field are joined into one, and the last of them is added by itself.
 * @param {Element} field
 * @param {Element[]} elements the field and its components
 */
function shownWords(field, elements) {
  const shown = [...elements.map(labelOf).map(F.words), ...said(elements, SHOWN)].filter(Boolean);
  // If a field shows only a format such as "MM / YY", the text before it has to say what expires.
  if (shown.some((text) => (F.likelyKind(text) || F.showsAnotherCard(text)) && !F.isDateFormat(text))) {
    return { labels: shown, shown };
  }
  const head = columnHeadOf(field);
  // The head of a column names the field. The texts before the field, in the cells of its row, do not.
  if (head) return { labels: [...shown, head], shown: [...shown, head] };
  const before = elements.map(textBefore);
  return {
    labels: [...shown, ...before.flat().map(F.words)],
    shown: [...shown, ...before.flatMap((texts) => [texts.join(' '), texts.at(-1) ?? '']).map(F.words)]
      .filter(Boolean),
  };
}

/** @param {Element[]} elements @param {string[]} shown */
function namesOf(elements, shown) {
  const names = said(elements, ['name', 'id']);
  const speaks = [...shown, ...names].some((text) => F.likelyKind(text));
  return speaks ? names : [...names, ...said(elements, BOUND)];
}

/**
 * @param {string[]} shown @param {string[]} names @param {string[]} all
 * @returns {[string[], (text: string) => boolean, Kind, string][]} the tests in the order in which they are
 *   tried. Each has the texts to test, the test, and the field's kind and the reason if a text passes
 */
const sureWords = (shown, names, all) => [
  [all, F.isSureCode, 'csc', 'named as card csc'],
  [names, F.isSureNumber, 'number', NAMED_NUMBER],
  [shown, F.isPlainlyNumber, 'number', 'labelled as card number'],
  [shown, F.isWholeCard, 'number', 'labelled as card'],
];

/**
 * @param {Element} field
 * @param {string[]} shown @param {string[]} names
 * @returns {Evidence | null} what the field's own words say, or else its structure
 */
function byOwnWords(field, shown, names) {
  const all = [...shown, ...names];
  // A select is never sure evidence: it is for months or card types, and nobody types a number into it.
  for (const [texts, says, kind, why] of isA(field, 'select') ? [] : sureWords(shown, names, all)) {
    const text = texts.find(says);
    if (text === undefined) continue;
    because('is', text);
    return { kind, sure: true, why };
  }
  for (const text of all) {
    const kind = F.likelyKind(text);
    if (!kind || isA(field, 'select') && TYPED.includes(kind)) continue;
    because('is', text);
    return { kind, sure: false, why: kind };
  }
  const kind = structureOf(field);
  if (kind) because('is', '');
  return kind && { kind, sure: false, why: kind, choices: true };
}

/**
 * The meaning of the nearest heading that has one. A heading about another kind of card does not count if the
 * field's own words are about paying by card.
 * @param {string[]} headings around the field @param {string[]} texts of the field
 */
function meaningOf(headings, texts) {
  const isPaid = texts.some(F.isAboutPaying);
  for (const heading of headings) {
    const meaning = F.meaningOfHeading(heading);
    if (!meaning || isPaid && meaning === 'other') continue;
    because(meaning === 'other' ? 'against' : 'group', heading);
    return meaning;
  }
  return null;
}

/**
 * @param {Element} field
 * @returns {Evidence | null} what the words of the field and the words around it say
 */
function worded(field) {
  const elements = withComponents(field);
  const { labels, shown } = shownWords(field, elements);
  const names = namesOf(elements, shown);
  const thing = shown.find(F.isThing);
  if (thing !== undefined) {
    because('is', thing);
    return { kind: 'thing', sure: false, why: 'thing' };
  }
  const other = shown.find(F.showsAnotherCard) ?? names.find(F.speaksOfAnotherCard)
    ?? (callNative(field, 'closest', '[role=search],search') ? 'search' : undefined);
  if (other !== undefined) {
    because('against', other);
    return null;
  }
  const own = byOwnWords(field, shown, names);
  if (own?.kind === 'csc' && own.sure) return own;
  const label = shown[0] ?? '';
  const isText = !isA(field, 'select');
  if (!own && !(isText && F.kindInCardGroup(label))) return null;
  const headings = headingsOf(field);
  const meaning = meaningOf(headings, [...shown, ...names]);
  if (meaning === 'other') return null;
  const kind = meaning === 'card' && isText ? F.kindInCardGroup(label, own?.kind) : own?.kind;
  if (!kind) return null;
  if (!own) because('is', label);
  const evidence = own?.kind === kind ? own : { kind, sure: false, why: kind };
  if (meaning === 'card') return { ...evidence, inCard: true };
  const qualifier = evidence.sure ? undefined : [...labels, ...headings].find(F.isQualified);
  if (qualifier === undefined) return evidence;
  because('qualified', qualifier);
  return { ...evidence, qualified: true };
}

/** @param {Element} frame @returns {Evidence | null} what its address says */
function knownFrame(frame) {
  const host = cardFrameHost(addressOf(frame), frame.baseURI);
  return host ? { kind: 'frame', sure: true, why: `card frame of ${host}`, host } : null;
}

/** @param {Element} frame @returns {Evidence | null} what the page's words for the frame say */
function ofFrame(frame) {
  const texts = said([frame], OF_FRAMES);
  const other = texts.find(F.showsAnotherCard);
  if (other !== undefined) {
    because('against', other);
    return null;
  }
  for (const kind of /** @type {Kind[]} */ (['number', 'csc', 'expiry'])) {
    const text = texts.find((it) => F.likelyKind(it) === kind || kind === 'csc' && F.isSureCode(it));
    if (text === undefined) continue;
    because('is', text);
    return kind === 'expiry' ? { kind, sure: false, why: kind }
      : { kind, sure: true, why: `frame named as card ${kind}` };
  }
  // A frame that is as tall as a field is judged by its label, like a field.
  const { height } = rectOf(frame);
  return height > 0 && height <= most_field_px ? worded(frame) : null;
}

/**
 * @param {Element} element
 * @param {import('./batch.js').Batch} [batch] to be shared by elements that are examined one after another
 *   while the page does not change
 * @returns {Evidence | null} what an element is evidence for
 */
export const evidenceOf = (element, batch = new Map()) => within(batch, () => examine(element));

/** @param {Element} element @returns {Evidence | null} */
function examine(element) {
  if (attribute(element, DECLARED) === 'payment') {
    return { kind: 'page', sure: true, why: DECLARED_REASON };
  }
  if (!callNative(element, 'matches', FIELD_ELEMENTS)) return null;
  const isExcluded = callNative(element, 'closest', `[${DECLARED}=none]`) !== null;
  if (isFrame(element)) return knownFrame(element) ?? (isExcluded ? null : ofFrame(element));
  if (callNative(element, 'matches', FRAMES)) return null;
  const { type } = /** @type {HTMLInputElement} */ (element);
  if (type === 'hidden') return null;
  if (callNative(element, 'matches', FIXED)) {
    because('against', 'fixed');
    return null;
  }
  const own = declared(element);
  if (own) return own;
  if (!isExcluded) return byType(element, type);
  // The page's declaration "none" overrules words, but not `autocomplete` tokens, which nobody writes by
  // mistake.
  because('against', 'declared');
  return null;
}

/** @param {Element} field @param {string} type of an input @returns {Evidence | null} */
function byType(field, type) {
  const isInput = isA(field, 'input');
  const takesDate = isInput && DATE_TYPES.test(type);
  const own = !isInput || takesDate || CARD_TYPES.test(type) ? worded(field) : null;
  if (takesDate) return own?.kind === 'expiry' ? own : null;
  if (isA(field, 'textarea') && !own?.sure) {
    // A text area is for notes, unless there is sure evidence that a card goes there.
    because('against', 'area');
    return null;
  }
  // A search box for cards may be named like a card field, so its name is not sure evidence.
  if (own?.why === NAMED_NUMBER && type === 'search') return { ...own, sure: false, why: 'number' };
  return own ?? (type === 'password' ? { kind: 'password', sure: false, why: type } : null);
}
