// Replaces lone surrogates in texts. A page's text may contain them, and cutting a text may leave one. The
// host cannot read a message with a lone surrogate, not even its `id`.

const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @param {string} text @returns {string} with U+FFFD instead of each lone surrogate */
export const wellFormed = (text) => text.replace(LONE, '\ufffd');

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
 * @returns {T} a copy in which all texts are well formed
 */
export function wellFormedMessage(message) {
  if (typeof message === 'string') return /** @type {any} */ (wellFormed(message));
  if (typeof message !== 'object' || message === null) return message;
  if (Array.isArray(message)) return /** @type {any} */ (message.map(wellFormedMessage));
  return /** @type {any} */ (Object.fromEntries(Object.entries(message)
    .map(([name, it]) => [name, wellFormedMessage(it)])));
}
