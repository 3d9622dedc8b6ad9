// The simulator's options: at its start, and those that may change while it runs.
import { check, flag, InputError, milliseconds, oneOf, text, texts, wholeNumber } from './check.js';

/**
 * What may change while the simulator runs: how this account and its network behave.
 * @typedef {object} Settings
 * @property {'1' | '0'} mute_state which `state` mutes; the other one unmutes
 * @property {'success' | 'extension_not_found'} no_calls_answer for an extension that exists without a call
 * @property {boolean} ringing_can_be_muted false: a mute passes over calls that nobody has answered yet
 * @property {number} error_http_status the HTTP status that goes with an answer that says 400
 * @property {string} code what Active Calls must be asked with
 * @property {'empty' | 'err_1' | 'err_2' | 'http_403'} wrong_code_answer what a wrong code gets
 * @property {number} active_calls_interval_ms asking Active Calls more often is a violation
 * @property {number} round_trip_ms the network's latency, on every request and on opening a connection
 */

/**
 * @typedef {object} StartOptions
 * @property {number} port 0: any free one
 * @property {number} control_port 0: any free one
 * @property {string[]} extensions that exist without a call
 * @property {number} idle_timeout_ms after which an idle connection is closed
 * @property {{ key: string, cert: string } | null} tls PEM texts; null: plain HTTP
 * @property {boolean} http2 offered over TLS beside HTTP/1.1
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
  if (all.http2 && !all.tls) throw new InputError('options: http2: expected tls beside it');
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
