// Whether a name in a page looks as if a person had written it and would keep it: no number of an order, no
// name made by a tool, no class that only says how something looks or what state it is in.

const longest_characters = 40;

/** Digits that a person puts into a name: "cvv2", "step10". More is the number of something. */
const most_digits = 2;

/** Of a name whose parts are shorter than this on average, as in "bdVaJa", no person is the author. */
const least_part_characters = 3;

/** A part of this length without a vowel is a hash. */
const vowelless_characters = 5;

/** What tools put in front of the names that they make. */
const MADE = anyOf('(css|sc|jss|svelte|emotion|tss|ember|radix|headlessui|react-aria|yui|ext|gwt|uid)[-_].*');

/** What is said of a moment: it comes and goes with the state of the page. */
const STATE = anyOf(`active open opened closed show shown hide hidden visible focus focused hover selected
  checked current disabled enabled loading loaded ready in out fade collapse collapsed expanded valid invalid
  dirty pristine touched untouched error success first last even odd (is|has|ng|js)-.*`);

/** What is said of looks, as in Tailwind or Bootstrap. */
const LOOKS = anyOf(`((flex|grid|block|inline|relative|absolute|fixed|sticky|static|row|col|container|wrapper
  |w|h|[pm][xytrblse]?|gap|space|min|max|z|top|left|right|bottom|inset|text|font|leading|tracking|bg|border
  |rounded|shadow|opacity|overflow|justify|items|self|content|order|float|clear|cursor|transition|duration
  |transform|clearfix|sr|btn|d|g)(-.*)?)`);

/** @param {string} words as patterns, with any space between them */
function anyOf(words) {
  return new RegExp(`^(${words.trim().replace(/\s*\|/g, '|').split(/\s+/).join('|')})$`, 'i');
}

/** @param {string} name */
const partsOf = (name) => name.split(/[-_]+|(?<=[a-z\d])(?=[A-Z])/).filter(Boolean);

/** @param {string} part */
const isHash = (part) => /\d\D/.test(part)
  || part.length >= vowelless_characters && !/[aeiouy]/i.test(part);

/** @param {string} name @returns {boolean} */
export function looksWritten(name) {
  if (name.length < 2 || name.length > longest_characters || !/^[a-z][\w-]*$/i.test(name)) return false;
  if (name.replace(/\D/g, '').length > most_digits || MADE.test(name)) return false;
  const parts = partsOf(name);
  const letters = parts.join('').length;
  if (parts.length > 2 && letters / parts.length < least_part_characters) return false;
  return !parts.some(isHash);
}

/** @param {string} name of a class @returns {boolean} */
export const saysWhatItIs = (name) => looksWritten(name) && !STATE.test(name) && !LOOKS.test(name);
