// Decides whether a name in a page looks as if a person has written it and will keep it, unlike order
// numbers, generated names, and classes for a look or a state.

const longest_characters = 40;

/**
 * A name with more digits than this is taken for an ID. Names that a person has written may have some, as in
 * "cvv2" or "step10".
 */
const most_digits = 2;

/** A name of more than two parts with a lower average length, such as "bdVaJa", counts as generated. */
const least_part_characters = 3;

/** A part of at least this length without a vowel counts as a hash. */
const vowelless_characters = 5;

/** Names that begin with the prefix of a tool that generates names. */
const MADE = anyOf('(css|sc|jss|svelte|emotion|tss|ember|radix|headlessui|react-aria|yui|ext|gwt|uid)[-_].*');

/** Class names for states, which come and go. */
const STATE = anyOf(`active open opened closed show shown hide hidden visible focus focused hover selected
  checked current disabled enabled loading loaded ready in out fade collapse collapsed expanded valid invalid
  dirty pristine touched untouched error success first last even odd (is|has|ng|js)-.*`);

/** Class names for looks, as in Tailwind or Bootstrap. */
const LOOKS = anyOf(`((flex|grid|block|inline|relative|absolute|fixed|sticky|static|row|col|container|wrapper
  |w|h|[pm][xytrblse]?|gap|space|min|max|z|top|left|right|bottom|inset|text|font|leading|tracking|bg|border
  |rounded|shadow|opacity|overflow|justify|items|self|content|order|float|clear|cursor|transition|duration
  |transform|clearfix|sr|btn|d|g)(-.*)?)`);

/** @param {string} words patterns, separated by white space */
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
