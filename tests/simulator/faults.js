// The kinds of faults, and the queue of the faults that are set.
import { check, flag, InputError, milliseconds, oneOf, text, wholeNumber } from './check.js';

/**
 * @typedef {object} Fault
 * @property {string} fault its name, a key of FAULTS
 * @property {number} [times] for this many requests; by default until the faults are cleared
 * @property {'mute' | 'unmute' | 'active_calls'} [only] by default all requests to MuteUnmuteCalls
 * @property {boolean} [carried_out] whether the command is carried out nevertheless
 * @property {number} [delay_ms] before the command is carried out
 * @property {number} [answer_delay_ms] between carrying it out and answering
 * @property {number} [interval_ms] of `drip`: between two bytes
 * @property {number} [http_status] of `http_error`
 * @property {number} [retry_after_s] of `http_error`: the header Retry-After
 * @property {string} [location] of `redirect`: the address
 * @property {number} [error_code] of `unknown_error_code`
 */

/** @typedef {Fault & { carried_out: boolean }} ActiveFault */

/**
 * @typedef {object} FaultKind
 * @property {boolean} carried_out the default of the fault's `carried_out`
 * @property {Record<string, import('./check.js').Rule>} [parameters] that only this kind has
 * @property {string[]} [required]
 * @property {Partial<Fault>} [defaults]
 * @property {boolean} [mute_only] not possible for Active Calls
 */

/** @type {Record<string, FaultKind>} */
const FAULTS = {
  delay: { carried_out: true },
  hang: { carried_out: false },
  reset: { carried_out: false },
  reset_mid_body: { carried_out: true },
  truncated: { carried_out: true },
  drip: { carried_out: true, parameters: { interval_ms: milliseconds }, defaults: { interval_ms: 100 } },
  http_error: {
    carried_out: false,
    parameters: { http_status: wholeNumber(400, 599), retry_after_s: wholeNumber(0, 86_400) },
    required: ['http_status'],
  },
  redirect: { carried_out: false, parameters: { location: text }, required: ['location'] },
  garbage: { carried_out: false },
  html: { carried_out: false },
  empty: { carried_out: true },
  no_content: { carried_out: true },
  oversize: { carried_out: true },
  lie: { carried_out: false, mute_only: true },
  integer_200: { carried_out: true, mute_only: true },
  no_error_code: { carried_out: true, mute_only: true },
  unknown_error_code: {
    carried_out: false,
    mute_only: true,
    parameters: { error_code: wholeNumber(-99_999, 99_999) },
    defaults: { error_code: 999 },
  },
};

const COMMON_RULES = {
  fault: oneOf(...Object.keys(FAULTS)),
  times: wholeNumber(1, 1_000_000),
  only: oneOf('mute', 'unmute', 'active_calls'),
  carried_out: flag,
  delay_ms: milliseconds,
  answer_delay_ms: milliseconds,
};

/**
 * @param {unknown} given
 * @returns {ActiveFault}
 */
function readFault(given) {
  const name = /** @type {any} */ (given)?.fault;
  const kind = Object.hasOwn(FAULTS, name) ? FAULTS[name] : null;
  const fault = check('fault', given, { ...COMMON_RULES, ...kind?.parameters }, [
    'fault',
    ...(kind?.required ?? []),
  ]);
  if (kind?.mute_only && fault.only === 'active_calls') {
    throw new InputError(`fault: only: expected "mute" or "unmute" with the fault "${name}"`);
  }
  return /** @type {ActiveFault} */ ({ carried_out: kind?.carried_out, ...kind?.defaults, ...fault });
}

export class Faults {
  /** @type {ActiveFault[]} */
  #queue = [];

  /**
   * Adds a fault after those that are set already. A request gets the first fault that applies to it.
   * @param {unknown} given see Fault
   * @returns {ActiveFault}
   */
  set(given) {
    const fault = readFault(given);
    this.#queue.push(fault);
    return { ...fault };
  }

  clear() {
    this.#queue = [];
  }

  /** @returns {ActiveFault[]} the faults that still apply; `times` is how many requests are left */
  all() {
    return this.#queue.map((fault) => ({ ...fault }));
  }

  /**
   * Returns the fault for this request, and counts the request.
   * @param {string} endpoint
   * @param {string | null} command
   * @returns {ActiveFault | null}
   */
  take(endpoint, command) {
    const isMeant = (/** @type {ActiveFault} */ { only }) =>
      only === undefined || only === 'active_calls' ? (only ?? 'mute') === endpoint : only === command;
    const fault = this.#queue.find(isMeant);
    if (!fault) return null;
    const due = { ...fault };
    if (fault.times !== undefined) {
      fault.times -= 1;
      if (fault.times === 0) this.#queue.splice(this.#queue.indexOf(fault), 1);
    }
    return due;
  }
}
