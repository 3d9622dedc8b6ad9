// Checks values from a person or a test. Its errors say what was expected.

/** Thrown if a value is wrong. The message says where, and what was expected. */
export class InputError extends Error {}

/** Thrown if a call or an address of the control API does not exist. */
export class NotFoundError extends InputError {}

/** @typedef {{ expected: string, holds: (value: any) => boolean }} Rule */

/** @type {Rule} */
export const text = {
  expected: 'a string that is not empty',
  holds: (v) => typeof v === 'string' && v !== '',
};

/** @type {Rule} */
export const flag = { expected: 'true or false', holds: (v) => typeof v === 'boolean' };

/** @type {Rule} */
export const milliseconds = {
  expected: 'milliseconds, a number from 0',
  holds: (v) => typeof v === 'number' && Number.isFinite(v) && v >= 0,
};

/** @type {Rule} */
export const texts = {
  expected: 'a list of strings that are not empty, at least one',
  holds: (v) => Array.isArray(v) && v.length > 0 && v.every(text.holds),
};

/**
 * @param {number} from
 * @param {number} to
 * @returns {Rule}
 */
export function wholeNumber(from, to) {
  const holds = (/** @type {any} */ v) => Number.isInteger(v) && v >= from && v <= to;
  return { expected: `a whole number from ${from} to ${to}`, holds };
}

/**
 * @param {string[]} words
 * @returns {Rule}
 */
export function oneOf(...words) {
  return {
    expected: words.map((word) => JSON.stringify(word)).join(' or '),
    holds: (v) => words.includes(v),
  };
}

/**
 * Throws an InputError unless `value` is an object of known keys whose values follow their rules. A key with
 * the value undefined counts as missing.
 * @param {string} what the name of the value in the message, for example "fault"
 * @param {unknown} value
 * @param {Record<string, Rule>} rules
 * @param {string[]} [required]
 * @returns {Record<string, any>} the given keys and their values
 */
export function check(what, value, rules, required = []) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${what}: expected an object, got ${JSON.stringify(value)}`);
  }
  const given = Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined));
  for (const [key, v] of Object.entries(given)) {
    if (!Object.hasOwn(rules, key)) {
      throw new InputError(
        `${what}: unknown key "${key}", expected one of: ${Object.keys(rules).join(', ')}`,
      );
    }
    if (!rules[key].holds(v)) {
      throw new InputError(`${what}: ${key}: expected ${rules[key].expected}, got ${JSON.stringify(v)}`);
    }
  }
  for (const key of required) {
    if (!(key in given)) throw new InputError(`${what}: ${key}: missing, expected ${rules[key].expected}`);
  }
  return given;
}
