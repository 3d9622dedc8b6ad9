// A short hash for keys that must not be readable as text. It is not secret: whoever guesses the text can
// compute the hash.

/**
 * FNV-1a, 32 bits: short, fast and evenly distributed.
 * @param {string} text
 * @returns {string} at most seven characters of 0-9 and a-z
 */
export function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ /** @type {number} */ (character.codePointAt(0)), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
