// Makes texts well formed: replaces halves of surrogate pairs, which a page may contain and which a cut may
// leave. The host cannot read a message with such a half, not even the `id` for an answer.

const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @param {string} text @returns {string} with U+FFFD instead of each half */
export const wellFormed = (text) => text.replace(HALF, '\ufffd');

/**
 * @param {string} text
 * @param {number} most UTF-16 code units
 * @returns {string} at most that long; a surrogate pair at the cut is left out whole
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
