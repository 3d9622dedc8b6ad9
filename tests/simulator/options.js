// The simulator's options: start options, and settings that may change while it runs.
import { check, flag, InputError, milliseconds, oneOf, text, texts, wholeNumber } from './check.js';

/**
 * How the account and its network behave. May change while the simulator runs.
 * @typedef {object} Settings
 * @property {'1' | '0'} mute_state which `state` mutes; the other one unmutes
 * @property {'success' | 'extension_not_found'} no_calls_answer the answer for an extension that has no call
 * @property {boolean} ringing_can_be_muted false: a mute ignores calls that are not yet answered
 * @property {number} error_http_status the HTTP status of an answer whose ErrorCode is 400
 * @property {string} code the code that Active Calls requires
 * @property {'empty' | 'err_1' | 'err_2' | 'http_403'} wrong_code_answer the answer to a wrong code
 * @property {number} active_calls_interval_ms more frequent requests to Active Calls are violations
 * @property {number} round_trip_ms the network's latency, on every request and on opening a connection
 */

/**
 * @typedef {object} StartOptions
 * @property {number} port 0: any free port
 * @property {number} control_port 0: any free port
 * @property {string[]} extensions of the account
 * @property {number} idle_timeout_ms how long a connection may be idle before it is closed
 * @property {{ key: string, cert: string } | null} tls PEM texts; null: plain HTTP
 * @property {boolean} http2 offer HTTP/2 in addition to HTTP/1.1; needs tls
 */

/** @typedef {StartOptions & Settings} Options */

/** @type {Settings} */
const DEFAULT_SETTINGS = {
  mute_state: '1',
  no_calls_answer: 'success',
  ringing_can_be_muted: true,
  error_http_status: 200,
  code: 'SIMULATED-CODE',
  wrong_code_answer: 'empty',
  active_calls_interval_ms: 5000,
  round_trip_ms: 0,
};

/** @type {StartOptions} */
const DEFAULT_START = {
  port: 0,
  control_port: 0,
  extensions: ['API1API'],
  idle_timeout_ms: 120_000,
  tls: null,
  http2: false,
};

const SETTING_RULES = {
  mute_state: oneOf('1', '0'),
  no_calls_answer: oneOf('success', 'extension_not_found'),
  ringing_can_be_muted: flag,
  error_http_status: wholeNumber(200, 599),
  code: text,
  wrong_code_answer: oneOf('empty', 'err_1', 'err_2', 'http_403'),
  active_calls_interval_ms: milliseconds,
  round_trip_ms: milliseconds,
};

const START_RULES = {
  port: wholeNumber(0, 65535),
  control_port: wholeNumber(0, 65535),
  extensions: texts,
  idle_timeout_ms: wholeNumber(1, 86_400_000),
  tls: {
    expected: '{ key, cert }, both PEM texts, or null',
    holds: (/** @type {any} */ v) => v === null || (text.holds(v.key) && text.holds(v.cert)),
  },
  http2: flag,
};

/**
 * @param {unknown} given
 * @returns {{ start: StartOptions, settings: Settings }}
 */
export function readOptions(given) {
  const checked = check('options', given, { ...START_RULES, ...SETTING_RULES });
  const all = { ...DEFAULT_START, ...DEFAULT_SETTINGS, ...checked };
  if (all.http2 && !all.tls) throw new InputError('options: http2: expected tls as well');
  const of = (/** @type {object} */ defaults) =>
    Object.fromEntries(Object.keys(defaults).map((key) => [key, /** @type {any} */ (all)[key]]));
  return {
    start: /** @type {StartOptions} */ (of(DEFAULT_START)),
    settings: /** @type {Settings} */ (of(DEFAULT_SETTINGS)),
  };
}

/**
 * @param {unknown} given
 * @returns {Partial<Settings>}
 */
export function readSettings(given) {
  return check('settings', given, SETTING_RULES);
}
