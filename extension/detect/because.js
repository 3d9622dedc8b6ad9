// What decided, for the popup and `scripts/detect --why`. The bundle why.js has a function here that keeps it
// (why/because.js). This one is empty, so that the minifier leaves out every call of it.

/**
 * @param {'is' | 'against' | 'group' | 'qualified' | 'short of'} _what `is`: the words that say what a field
 *   is for. `against`: what takes it out. `group`: the words around it that are about a card. `qualified`:
 *   words that may name another card. `short of`: what is missing to a payment form
 * @param {string} _text the page's own words, as the detector compares them; or ours, for `short of` and what
 *   is no text
 * @returns {undefined}
 */
export function because(_what, _text) {}
