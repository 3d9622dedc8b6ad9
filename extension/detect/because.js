// The detector calls this to say which words decided, for the popup and for `scripts/detect --why`. Only the
// bundle why.js keeps these notes: it contains extension/why/because.js instead of this file. The function
// here is empty, so that the minifier removes every call.

/**
 * @param {'is' | 'against' | 'group' | 'qualified' | 'short of'} _what `is`: the words that say what a field
 *   is for. `against`: why a field does not count. `group`: a heading around a field, about a card or about
 *   paying. `qualified`: words that may name another kind of card. `short of`: what the fields lack to be a
 *   payment form
 * @param {string} _text the page's words as the detector compares them; our own words with `short of`, and if
 *   no text decided
 * @returns {undefined}
 */
export function because(_what, _text) {}
