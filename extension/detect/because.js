// Where the detector says which words decided, for the popup and for `scripts/detect --why`. Only the bundle
// why.js keeps these notes, and it has extension/why/because.js instead of this file. The function here is
// empty, so that the minifier removes every call.

/**
 * @param {'is' | 'against' | 'group' | 'qualified' | 'short of'} _what `is`: the words that say what a field
 *   is for. `against`: why a field is not counted. `group`: the heading around a field that is about a card
 *   or about paying.
 *   `qualified`: words that may name another kind of card. `short of`: what the fields lack to be a payment
 *   form
 * @param {string} _text the page's words in the form in which the detector compares them. For `short of`, and
 *   where no text decided, our own words
 * @returns {undefined}
 */
export function because(_what, _text) {}
