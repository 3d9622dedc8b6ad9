// The words by which a card field is known: data for detect.js, nothing else uses it.
// To add a language, add its phrases, one a line. A space also stands for no space, so that 'card number'
// finds "card-number", "cardNumber" and "cardnumber"; (a|b) is a choice, and a question mark makes what is
// before it optional.

/** @typedef {'number' | 'csc' | 'expiry' | 'holder' | 'frame'} Kind what a field is for */

/** As a name or id these need no second piece of evidence. */
const SURE = {
  number: `
card (number|num|no|nr|nbr|pan)
cc (number|num|no|nr)
credit card
`,
  csc: `
(card|cc)? (cvv|cvc)2? (code|number)?
(card|cc) (csc|cid)
`,
};

/** Anywhere (names, ids, labels, placeholders) these are one piece of evidence. */
const LIKELY = {
  csc: `
csc
cvn
cv2
ccv
cid
card code
card verification
(security|validation) code
verification (code|value|number)
קוד (אבטחה|ביטחון|בטחון)
ספרות (אחרונות )?בגב
גב הכרטיס
`,
  expiry: `
(card |cc )?exp(ires?|iry|iration)?( date| month| year| on)?
(card|cc) (month|year)
(valid|good) (thru|through|until)
mm (yy|yyyy|aa)
תוקף
(חודש|שנת|תאריך) תפוגה
`,
  holder: `
(card|cc) (holder|name|owner|type)( name)?
name on (the )?card
name as it appears
בעל ה?כרטיס
שם על הכרטיס
`,
  number: `
card
pan
מספר (כרטיס|אשראי)
מס כרטיס
כרטיס (אשראי|חיוב)
`,
};

/** Words that programmers put in front of a field's name. */
const PREFIX = '((txt|input|field|form|new|billing|payment|pay|cc|credit|debit|bank) ?)*';

/** Cards and codes that are no payment card's: one of these in a field's own words, and it is not one. */
const NEVER = `
gift
loyalty
rewards?
bonus
points?
club
member(ship)?
library
insurance
health
medical
identity
passport
student
licen(c|s)e
voucher
coupon
promo(tion)?
discount
(id|sim|score|post|greeting|business|time|key|phone|travel) card
id number
search
filter
iban
otp
one time
sms
captcha
מועדון
שובר
מתנה
גיפט
תו קנייה
תעודת זהות
(?<!\\p{L})ת ז(?!\\p{L})
דרכון
חיפוש
קופון
`;

/**
 * @param {string} phrases
 * @param {string} [before] what may stand between the border of a word and the phrase
 */
function anyOf(phrases, before = '') {
  const all = phrases.trim().split(/\s*\n\s*/).map((phrase) => phrase.replaceAll(' ', ' ?'));
  const latin = all.filter((phrase) => /[a-z]/.test(phrase));
  // Hebrew glues articles and prepositions to a word, so its phrases have no border in front.
  const other = all.filter((phrase) => !latin.includes(phrase));
  return new RegExp([`(?<!\\p{L})${before}(${latin.join('|')})\\d*(?!\\p{L})`, ...other].join('|'), 'u');
}

/** @type {[Kind, RegExp][]} */
const sureWords = [['csc', anyOf(SURE.csc, PREFIX)], ['number', anyOf(SURE.number, PREFIX)]];

/**
 * In the order of asking: "card security code" also speaks of a card.
 * @type {[Kind, RegExp][]}
 */
const likelyWords = [
  ['csc', anyOf(SURE.csc + LIKELY.csc, PREFIX)],
  ['expiry', anyOf(LIKELY.expiry, PREFIX)],
  ['holder', anyOf(LIKELY.holder, PREFIX)],
  ['number', anyOf(SURE.number + LIKELY.number, PREFIX)],
  ['number', /(?<!\d)\d{4} \d{4} \d{4} \d{4}(?!\d)/],
];
const neverWords = anyOf(NEVER);

/** Longer than any label that says what a field is. */
const longest_words_chars = 120;

/**
 * "billing_cardNumber" and "Billing card number:" become the same words.
 * @param {string} text
 */
export function words(text) {
  return text.slice(0, longest_words_chars).normalize('NFKC')
    .replace(/(?<=\p{Ll}|\d)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** @param {string} text @returns {boolean} whether the words rule a payment card out */
export function speaksOfAnotherCard(text) {
  return neverWords.test(text);
}

/** @param {string} text @param {[Kind, RegExp][]} list */
const firstKind = (text, list) => list.find(([, pattern]) => pattern.test(text))?.[0] ?? null;

/** @param {string} text @returns {Kind | null} what a name or id says without doubt */
export const sureKind = (text) => firstKind(text, sureWords);

/** @param {string} text @returns {Kind | null} what the words suggest */
export const likelyKind = (text) => firstKind(text, likelyWords);

/**
 * What an `autocomplete` token says: `cc-csc`, `cc-number`, `cc-exp-month` and so on. The rest of the family
 * (`cc-name`, `cc-type`) is about the card's holder, and never enough.
 * @param {string} token
 * @returns {Kind | null}
 */
export function declaredKind(token) {
  const known = /^cc-(?:(number)|(csc)|(exp)(?:-month|-year)?|(?:[a-z]+-)?name|type)$/.exec(token);
  if (!known) return null;
  return known[1] ? 'number' : known[2] ? 'csc' : known[3] ? 'expiry' : 'holder';
}
