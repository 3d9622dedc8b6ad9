// Takes the place of extension/detect/because.js in the build for `scripts/detect --why`: keeps what decided.

/** @typedef {{what: string, text: string}} Note */

/** @type {Note[]} */
let notes = [];

/** @param {string} what @param {string} text @returns {undefined} */
export function because(what, text) {
  notes.push({ what, text });
}

/**
 * @template T
 * @param {() => T} decide
 * @returns {[T, Note[]]} its result and what decided
 */
export function withNotes(decide) {
  const own = notes = [];
  const result = decide();
  notes = [];
  return [result, own];
}
