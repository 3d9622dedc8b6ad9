// What a field is for, according to its words. The lists of words are in words.js.

import * as W from './words.js';

/**
 * @typedef {'number' | 'csc' | 'expiry' | 'holder' | 'card' | 'bare' | 'date' | 'password'
 *   | 'frame'} Kind what a field is for. `card`: probably a card number. `bare`: a number that may be any
 *   number. `date`: a month or a year. `password`: for a login. `frame`: a payment provider's card frame.
 */

/** No label of a field is longer than this, so the rest of a longer text is not read. */
const longest_words_chars = 120;

/** @param {string} text @returns {string} the text without accents */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '');

/**
 * The words of a name or label in lower case with single spaces, so that "billing_cardNumber" and
 * "Billing card number:" are the same.
 * @param {string} text
 */
export function words(text) {
  return plain(text.slice(0, longest_words_chars)
    .replace(/(?<=\p{Ll}|\d)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ').toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** @param {string} source of a regular expression; each space in it also matches no space */
const pattern = (source) => new RegExp(plain(source).replaceAll(' ', ' ?'), 'u');

/**
 * An expression that matches the phrases as whole words only; digits may follow.
 * @param {string} phrases alternatives, separated by '|'
 * @param {string} [before] an expression for what may come before the phrase
 */
const whole = (phrases, before = '') => `(?<!\\p{L})${before}(${phrases})\\d*(?!\\p{L})`;

/** @param {string} phrases that match only if nothing else is in the text */
const wholly = (phrases) => pattern(`^(${phrases})$`);

const sureNumber = pattern(whole(W.WHOLE_NUMBER, W.PREFIX));
const sureCode = pattern(whole(W.WHOLE_CODE, W.PREFIX));
const never = pattern(`${whole(W.WHOLE_NEVER)}|${W.NEVER}`);
const card = pattern(W.CARD);

/**
 * The first entry whose expressions all match decides. The order matters: "card security code" also contains
 * "card".
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

/** @param {string} text @returns {boolean} whether the words are about something other than a payment card */
export const speaksOfAnotherCard = (text) => never.test(text);

/** @param {string} names @returns {boolean} whether the name of a field is clearly that of a card number */
export const isSureNumber = (names) => sureNumber.test(names);

/** @param {string} text @returns {boolean} whether the words clearly mean a card security code */
export const isSureCode = (text) => sureCode.test(text);

/** @param {string} text @returns {Kind | undefined} what a field with these words is probably for */
export const likelyKind = (text) => likely.find(([, ...all]) => all.every((it) => it.test(text)))?.[0];

/**
 * The kind that an `autocomplete` token declares, such as `cc-csc`, `cc-number` or `cc-exp-month`. The other
 * card tokens (`cc-name`, `cc-type`) count as the holder, which is never enough by itself.
 * @param {string} token
 * @returns {Kind | null}
 */
export function declaredKind(token) {
  const known = /^cc-((number|csc)|(exp)(-month|-year)?|([a-z]+-)?name|type)$/.exec(token);
  return known && (known[3] ? 'expiry' : /** @type {Kind | undefined} */ (known[2]) ?? 'holder');
}
