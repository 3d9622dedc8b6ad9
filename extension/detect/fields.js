// Decides from its words what a field is for. The lists of words are in words.js.

import * as W from './words.js';

/**
 * @typedef {'number' | 'csc' | 'check' | 'expiry' | 'holder' | 'card' | 'bare' | 'date' | 'thing' | 'page' |
 *   'password' | 'frame'} Kind what a field is for. `check`: a code that may be a card security code; counts
 *   only next to a card number. `card`: probably a card number. `bare`: a number of any kind. `date`: a month
 *   or a year. `thing`: something that only a collectible card has, such as the set of a trading card.
 *   `password`: for a login. `frame`: a payment provider's card frame. `page`: the page says that it is a
 *   payment form.
 */

/** Only this much of a text is read. The label of a field is hardly ever longer. */
const longest_words_chars = 120;

/** A label with more words than this is a sentence, which says less clearly what the field is for. */
const most_label_words = 9;

/**
 * Letters that Unicode does not decompose into a letter and an accent, each with the plain letter that many
 * people write instead.
 */
const SINGLE_LETTERS = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ß: 'ss', æ: 'ae' };

/** @param {string} text in lower case @returns {string} the text without accents */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '')
  .replace(/[łøđıßæ]/g, (letter) => SINGLE_LETTERS[/** @type {keyof typeof SINGLE_LETTERS} */ (letter)]);

/**
 * The words of a name or label in lower case, without accents, with single spaces and "no" for "#".
 * "billing_cardNumber" and "Billing card number:" become the same text.
 * @param {string} text
 */
export function words(text) {
  return plain(text.slice(0, longest_words_chars)
    .replace(/(?<=\p{Ll}|\d)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ').toLowerCase())
    .replace(/(?<=\p{L} ?)#/gu, ' no ').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** @param {string} source of a regular expression. A space in it matches a space or nothing */
const pattern = (source) => new RegExp(plain(source).replace(/ (?!\?)/g, ' ?'), 'u');

/**
 * An expression that matches the phrases only as whole words; digits may follow them.
 * @param {string} phrases alternatives, separated by '|'
 * @param {string} [before] an expression for what comes before the phrase
 */
const whole = (phrases, before = '') => `(?<!\\p{L})${before}(${phrases})\\d*(?!\\p{L})`;

/** @param {string} phrases alternatives, each of which has to match the whole text */
const wholly = (phrases) => pattern(`^(${phrases})$`);

const sureNumber = pattern(whole(W.WHOLE_NUMBER, W.PREFIX));
const sureCode = pattern(whole(W.WHOLE_CODE, W.PREFIX));
const never = pattern(`${whole(W.WHOLE_NEVER)}|${W.NEVER}`);
const neverField = pattern(whole(W.WHOLE_NEVER_FIELD));
const other = pattern(`${whole(W.WHOLE_OTHER)}|${W.OTHER}`);
const otherCard = pattern(`^(${W.WHOLE_OTHER}|${W.WHOLE_OTHER_CARD})$|${W.OTHER}|${W.OTHER_CARD}`);
const otherParts = pattern(`${W.OTHER}|${W.OTHER_CARD}`);
/**
 * Words that name another kind of card next to a word for "card", as in "time card", but not next to an
 * expiry.
 */
const notOther = wholly('time|entry');
const otherExpiry = pattern(W.OTHER_EXPIRY);
const otherCode = pattern(W.OTHER_CODE);
const card = pattern(W.CARD);
const pay = pattern(W.PAY);
const brand = pattern(W.BRAND);
const codeWord = pattern(W.CODE);
const security = pattern(W.SECURITY);
const number = pattern(W.NUMBER);
const expiry = pattern(`${whole(W.WHOLE_EXPIRY, W.PREFIX)}|${W.EXPIRY}`);
const csc = pattern(W.CSC);
const name = pattern(W.NAME);
const holder = pattern(W.HOLDER);
/** A text with two words for "card", such as "cardholder's card number". */
const twoCards = pattern(`(${W.CARD}).*(${W.CARD})`);
const thing = wholly(W.THING);
const dateFormat = /^(mm|мм) ?\p{L}{2,4}$/u;
const details = pattern(W.DETAILS);
const cardAlone = wholly(`${W.PREFIX}(card|pan) ?\\d*|${W.CARD_ALONE}`);
const notBefore = pattern(`${whole(W.WHOLE_NOT)}.*(${W.CARD}|${W.BRAND})`);
/** A word that may be next to a word for "card" in a payment form. */
const beside = pattern(`^(${W.WHOLE_BESIDE}|\\p{L}?|\\d+)$`);
const known = [number, name, holder, expiry, codeWord, security, pattern(W.CHECK), csc, pay, brand, details,
  pattern(W.DIGITS)];

/**
 * The first entry whose expressions all match decides, so the order matters: "card security code" also
 * contains "card".
 * @type {[Kind, ...RegExp[]][]}
 */
const likely = [
  ['csc', csc],
  ['csc', codeWord, security],
  ['csc', card, codeWord, pattern(W.CHECK)],
  ['check', pattern(whole(W.WHOLE_CSC, W.PREFIX))],
  ['check', codeWord, pattern(W.CHECK)],
  ['expiry', expiry],
  ['holder', card, name],
  ['number', twoCards, number],
  ['holder', card, holder],
  ['number', sureNumber],
  ['number', card, number],
  ['number', brand, number],
  ['number', brand, details],
  ['number', card, pay],
  ['number', /(?<!\d)(\d{4} ){3}\d{4}(?!\d)/],
  ['bare', /(?<!\p{L})([\dx]{4} ){3}[\dx]{4}(?!\p{L})/u],
  ['card', cardAlone],
  ['date', wholly(W.DATE_PART)],
  ['thing', thing],
  ['bare', wholly(W.BARE)],
  ['bare', pattern(whole(W.WHOLE_BARE))],
];

/**
 * A prefix that is shorter than this counts as an article or a preposition, as in Arabic and Hebrew. But in
 * East Asian scripts a single character can be a word.
 */
const least_prefix = 3;
const eastAsian = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u;
const unspaced = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * The words that may say whose card or which card is meant: the words before and after the first word for
 * "card", and whatever is joined to it in front ("Tankkarte"), without words such as "the" and "of".
 * @param {string} text
 * @returns {string[]} empty without a word for "card"
 */
function aroundCard(text) {
  const all = text.split(' ');
  const index = all.findIndex((word) => card.test(word));
  if (index < 0) return [];
  const joined = all[index].slice(0, /** @type {RegExpExecArray} */ (card.exec(all[index])).index);
  const meaning = (/** @type {string} */ word) => !beside.test(word);
  const prefix = joined.length >= least_prefix || eastAsian.test(joined) ? joined : '';
  return [prefix, all.slice(0, index).reverse().find(meaning), all.slice(index + 1).find(meaning)]
    .flatMap((word) => word && meaning(word) ? [word] : []);
}

/**
 * Whether a word that contains a word for "card" also names another kind of card. This is for scripts without
 * spaces, such as Thai, in which "the card of the people" is one word.
 * @param {string} text
 */
const isJoinedToOther = (text) =>
  text.split(' ').some((word) => card.test(word) && unspaced.test(word) && otherParts.test(word));

/**
 * @param {string} text
 * @returns {boolean} whether the text is about the expiry of something other than a payment card
 */
const isOtherExpiry = (text) => expiry.test(text) && !card.test(text) && (otherExpiry.test(text)
  || text.split(' ').some((word) => otherCard.test(word) && !notOther.test(word)));

/** @param {string} text @returns {boolean} whether it is the code of a door, an alarm and the like */
const isOtherCode = (text) => codeWord.test(text) && !card.test(text) && otherCode.test(text);

/** In "card number of the health fund", the words after "number of" say whose card it is. */
const numberOf = / (number|no) (of|for) /;

/** @param {string} text @returns {boolean} whether the words are about something other than a payment card */
const isAboutOther = (text) => never.test(text) || isJoinedToOther(text) || isOtherExpiry(text)
  || isOtherCode(text) || aroundCard(text.replace(numberOf, ' ')).some((it) => otherCard.test(it));

/** @param {string} text of a field @returns {boolean} whether the field is not for a payment card */
export const speaksOfAnotherCard = (text) => neverField.test(text) || isAboutOther(text);

/**
 * @param {string} text that people read at a field
 * @returns {boolean} whether the field is not for a payment card
 */
export const showsAnotherCard = (text) => other.test(text) || speaksOfAnotherCard(text);

/**
 * @param {string} text a label or heading
 * @returns {boolean} whether an unknown word says which card is meant, as in "Acme card number"
 */
export const isQualified = (text) => !pay.test(text) && !brand.test(text)
  && aroundCard(text).some((word) => !known.some((it) => it.test(word)));

/** @param {string} names @returns {boolean} whether the name of a field is clearly that of a card number */
export const isSureNumber = (names) => sureNumber.test(names);

/** @param {string} text @returns {boolean} whether the words clearly mean a card security code */
export const isSureCode = (text) => sureCode.test(text) && !notBefore.test(text);

/** Matches the number of digits of a payment card's number, as in "Card number (16 digits)". */
const sixteenDigits = pattern(`(?<!\\d)(13 )?1[569] ?(${W.DIGITS})`);

/** @param {string} text @returns {boolean} whether it is about a payment card, or names a brand */
export const isAboutPaying = (text) => card.test(text) && pay.test(text) || brand.test(text);

/**
 * @param {string} text a label
 * @returns {boolean} whether the label asks for a payment card's number in clear words
 */
export function isPlainlyNumber(text) {
  if (text.split(' ').length > most_label_words || likelyKind(text) !== 'number') return false;
  if (!isAboutPaying(text) && (!sixteenDigits.test(text) || isQualified(text))) return false;
  return brand.test(text) || number.test(text)
    || aroundCard(text).every((word) => pay.test(word) || details.test(word));
}

/**
 * @param {string} text
 * @returns {boolean} whether it only shows how to write a month and a year: "MM / YY"
 */
export const isDateFormat = (text) => dateFormat.test(text);

/**
 * @param {string} text a label
 * @returns {boolean} whether the label names something that no payment card has
 */
export const isThing = (text) => thing.test(text);

/**
 * @param {string} text
 * @returns {boolean} whether the text asks for a whole card (number and expiry) in one field
 */
export const isWholeCard = (text) =>
  (card.test(text) || brand.test(text)) && number.test(text) && expiry.test(text)
  && !notBefore.test(text) && !isQualified(text);

/** @param {string} text @returns {Kind | undefined} what a field with these words is probably for */
export function likelyKind(text) {
  if (notBefore.test(text)) return undefined;
  return likely.find(([, ...all]) => all.every((it) => it.test(text)))?.[0];
}

const cardHeading = pattern(`${W.CARD}|${W.BRAND}`);
const payHeading = pattern(`${W.PAY}|${W.BRAND}|${whole(W.WHOLE_PAY_HEADING)}`);
const groupedCode = wholly(W.GROUPED_CODE);
const groupedHolder = wholly(W.GROUPED_HOLDER);
/** Matches a label of one part of a card number, such as "Digits 5 to 8", and an empty label. */
const groupedDigits = /^(\p{L}+ )?(\d+( \p{L}+)? ?\d*)?$/u;

/**
 * @param {string} heading of the group or section around a field
 * @returns {'card' | 'pay' | 'other' | null} what it says about the fields in it
 */
export function meaningOfHeading(heading) {
  if (other.test(heading) || isAboutOther(heading)) return 'other';
  const isAboutCard = pay.test(heading) || cardAlone.test(heading) || likelyKind(heading) === 'number'
    || details.test(heading) || expiry.test(heading);
  if (cardHeading.test(heading) && isAboutCard) return 'card';
  return payHeading.test(heading) ? 'pay' : null;
}

/**
 * @param {string} text of a field whose group is about a card
 * @param {Kind} [kind] what its words say without the group
 * @returns {Kind | undefined} what it is for
 */
export function kindInCardGroup(text, kind) {
  if (kind === 'bare' || kind === 'card') return 'number';
  if (kind === 'check') return 'csc';
  if (kind) return kind;
  if (groupedDigits.test(text)) return 'number';
  if (groupedCode.test(text)) return 'csc';
  return groupedHolder.test(text) ? 'holder' : undefined;
}

/**
 * The kind that an `autocomplete` token declares, such as `cc-csc`, `cc-number` or `cc-exp-month`. The other
 * card tokens (`cc-name`, `cc-type`) count as the holder, which is never enough by itself.
 * @param {string} token
 * @returns {Kind | null}
 */
export function declaredKind(token) {
  const declared = /^cc-((number|csc)|(exp)(-month|-year)?|([a-z]+-)?name|type)$/.exec(token);
  return declared && (declared[3] ? 'expiry' : /** @type {Kind | undefined} */ (declared[2]) ?? 'holder');
}
