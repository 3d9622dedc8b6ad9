// Replaces detect/because.js in the bundle why.js, in order to keep the notes about which words decided.

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
 * @returns {[T, Note[]]} the result of `decide`, and the notes that were made during it
 */
export function withNotes(decide) {
  /** @type {Note[]} */
  const own = [];
  notes = own;
  const result = decide();
  notes = [];
  return [result, own];
}
