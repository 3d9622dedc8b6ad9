// Reads messages of other parts of the extension. An older or newer version may have sent them, so a field
// may have any value. The values that a reader returns always have the stated types.

/** @param {unknown} it @returns {it is Record<string, any>} */
export const isRecord = (it) => typeof it === 'object' && it !== null && !Array.isArray(it);

/** @param {unknown} it @returns {string} empty if it is not a string */
export const textOf = (it) => (typeof it === 'string' ? it : '');

/** @param {unknown} it @returns {string[]} each item by textOf; an empty list if it is not a list */
export const textsOf = (it) => (Array.isArray(it) ? it.map(textOf) : []);

/** @param {unknown} it @returns {string | null} null if it is not a string, or empty */
export const textOrNull = (it) => textOf(it) || null;

/** @param {unknown} it @returns {number} 0 if it is not a number, or negative */
export const amountOf = (it) => (typeof it === 'number' && it >= 0 ? it : 0);

/**
 * @template {{type: string}} Message
 * @param {{[T in Message['type']]: (raw: Record<string, any>) => object | null}} readers type -> function
 *   that reads the fields of such a message, and returns null if they are not valid
 * @returns {(raw: unknown) => Message | null} null: its type or its fields are not valid
 */
export const readerOf = (readers) => (raw) => {
  if (!isRecord(raw) || !Object.hasOwn(readers, raw.type)) return null;
  const { type } = raw;
  const fields = readers[/** @type {Message['type']} */ (type)](raw);
  return fields && /** @type {any} */ ({ type, ...fields });
};
