// Reading a message of another part of the extension. An older or a newer version may have sent it, so its
// fields may be anything: what comes out has the types that the reader names, or nothing comes out.

/** @param {unknown} it @returns {it is Record<string, any>} */
export const isRecord = (it) => typeof it === 'object' && it !== null && !Array.isArray(it);

/** @param {unknown} it @returns {string} empty if it is none */
export const textOf = (it) => (typeof it === 'string' ? it : '');

/** @param {unknown} it @returns {string[]} */
export const textsOf = (it) => (Array.isArray(it) ? it.map(textOf) : []);

/** @param {unknown} it @returns {string | null} */
export const textOrNull = (it) => textOf(it) || null;

/** @param {unknown} it @returns {number} not negative */
export const amountOf = (it) => (typeof it === 'number' && it >= 0 ? it : 0);

/**
 * @template {{type: string}} Message
 * @param {{[T in Message['type']]: (raw: Record<string, any>) => object | null}} readers of the fields of
 *   each type; null: not readable
 * @returns {(raw: unknown) => Message | null} null: none that is known
 */
export const readerOf = (readers) => (raw) => {
  if (!isRecord(raw) || !Object.hasOwn(readers, raw.type)) return null;
  const { type } = raw;
  const fields = readers[/** @type {Message['type']} */ (type)](raw);
  return fields && /** @type {any} */ ({ type, ...fields });
};
