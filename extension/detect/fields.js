// What a field's words say that it is for. The words themselves are in words.js. Used by detect.js.

import * as W from './words.js';

/**
 * @typedef {'number' | 'csc' | 'expiry' | 'holder' | 'card' | 'bare' | 'date' | 'password'
 *   | 'frame'} Kind what a field is for. `card`: likely a card's number. `bare`: a number. `date`: a part of
 *   one. `password`: of a log-in.
 */

/** Longer than any label that says what a field is. */
const longest_words_chars = 120;

/** @param {string} text @returns {string} without accents */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '');

/**
 * "billing_cardNumber" and "Billing card number:" become the same words.
 * @param {string} text
 */
export function words(text) {
  return plain(text.slice(0, longest_words_chars)
    .replace(/(?<=\p{Ll}|\d)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ').toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** @param {string} source of an expression, with spaces that need not be there */
const pattern = (source) => new RegExp(plain(source).replaceAll(' ', ' ?'), 'u');

/**
 * @param {string} phrases
 * @param {string} [before] what may stand between the border of a word and the phrase
 */
const whole = (phrases, before = '') => `(?<!\\p{L})${before}(${phrases})\\d*(?!\\p{L})`;

/** @param {string} phrases */
const wholly = (phrases) => pattern(`^(${phrases})$`);

const sureNumber = pattern(whole(W.WHOLE_NUMBER, W.PREFIX));
const sureCode = pattern(whole(W.WHOLE_CODE, W.PREFIX));
const never = pattern(`${whole(W.WHOLE_NEVER)}|${W.NEVER}`);
const card = pattern(W.CARD);

/**
 * In the order of asking: "card security code" also speaks of a card. All of the expressions are to match.
 * @type {[Kind, ...RegExp[]][]}
 */
const likely = [
  ['csc', pattern(`${whole(W.WHOLE_CSC, W.PREFIX)}|${W.CSC}`)],
  ['csc', pattern(W.CODE), pattern(W.SECURITY)],
  ['expiry', pattern(`${whole(W.WHOLE_EXPIRY, W.PREFIX)}|${W.EXPIRY}`)],
  ['holder', card, pattern(W.HOLDER)],
  ['number', sureNumber],
  ['number', card, pattern(W.NUMBER)],
  ['number', /(?<!\d)([\dx]{4} ){3}[\dx]{4}(?!\d)/],
  ['card', pattern(whole('card|cc|pan', W.PREFIX))],
  ['date', wholly(W.DATE_PART)],
  ['bare', wholly(W.BARE)],
];

/** @param {string} text @returns {boolean} whether the words rule a payment card out */
export const speaksOfAnotherCard = (text) => never.test(text);

/** @param {string} names @returns {boolean} whether a name says without doubt that it is a card's number */
export const isSureNumber = (names) => sureNumber.test(names);

/** @param {string} text @returns {boolean} whether words say without doubt that it is a card's code */
export const isSureCode = (text) => sureCode.test(text);

/** @param {string} text @returns {Kind | undefined} what the words suggest */
export const likelyKind = (text) => likely.find(([, ...all]) => all.every((it) => it.test(text)))?.[0];

/**
 * What an `autocomplete` token says: `cc-csc`, `cc-number`, `cc-exp-month` and so on. The rest of the family
 * (`cc-name`, `cc-type`) is about the card's holder, and never enough.
 * @param {string} token
 * @returns {Kind | null}
 */
export function declaredKind(token) {
  const known = /^cc-((number|csc)|(exp)(-month|-year)?|([a-z]+-)?name|type)$/.exec(token);
  return known && (known[3] ? 'expiry' : /** @type {Kind | undefined} */ (known[2]) ?? 'holder');
}
