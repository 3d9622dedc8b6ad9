// Texts that every program can read: no half of a surrogate pair, neither from a page nor from a cut. The
// host cannot read a message with one, nor find the `id` that it would have to answer.

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @param {string} text @returns {string} with U+FFFD in the place of each half */
export const wellFormed = (text) => text.replace(HALF, '\ufffd');

/**
 * @param {string} text
 * @param {number} most UTF-16 code units
 * @returns {string} at most as long; a pair at the cut is left out as a whole
 */
export function cut(text, most) {
  const isInPair = Number(text.codePointAt(most - 1)) > 0xffff;
  return wellFormed(text.slice(0, isInPair ? most - 1 : most));
}

/**
 * @template T
 * @param {T} message of plain objects, lists and values
 * @returns {T} the same with all of its texts well formed
 */
export function wellFormedMessage(message) {
  if (typeof message === 'string') return /** @type {any} */ (wellFormed(message));
  if (typeof message !== 'object' || message === null) return message;
  if (Array.isArray(message)) return /** @type {any} */ (message.map(wellFormedMessage));
  return /** @type {any} */ (Object.fromEntries(Object.entries(message)
    .map(([name, it]) => [name, wellFormedMessage(it)])));
}
