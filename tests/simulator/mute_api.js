// Reads and answers MuteUnmuteCalls, with the documented types.
import { randomBytes } from 'node:crypto';

/** @typedef {import('./calls.js').Calls} Calls */
/** @typedef {import('./options.js').Settings} Settings */

/**
 * @typedef {object} MuteCommand
 * @property {'mute' | 'unmute'} command
 * @property {'extension' | 'ivrid'} by
 * @property {string} value
 */

/**
 * @typedef {object} Answer
 * @property {number} http_status
 * @property {object | null} body null: no body
 * @property {string[] | null} ivrids the calls that were covered; null: nothing was carried out
 */

/** By the documentation, ErrorCode is a string in a success and an integer in a failure. */
const success = () => ({ ErrorCode: '200', Message: 'Success', ActionID: randomBytes(16).toString('hex') });
const failure = (/** @type {string} */ message) => ({ ErrorCode: 400, Message: message });

/**
 * @param {Record<string, unknown> | null} parameters
 * @param {Settings['mute_state']} mute_state
 * @returns {MuteCommand | null} null: the parameters are not valid
 */
export function readMuteCommand(parameters, mute_state) {
  if (parameters === null) return null;
  const { ivrid, extension, state } = parameters;
  if (state !== '0' && state !== '1') return null;
  const by = ivrid === undefined ? 'extension' : 'ivrid';
  const value = ivrid ?? extension;
  if (typeof value !== 'string' || value === '') return null;
  return { command: state === mute_state ? 'mute' : 'unmute', by, value };
}

/**
 * The calls that a command covers, or the message of its failure.
 * @param {Calls} calls
 * @param {MuteCommand} command
 * @param {Settings} settings
 */
function covered(calls, { by, value }, settings) {
  const mutable = calls
    .active()
    .filter((call) => settings.ringing_can_be_muted || call.answered_at_ms !== null);
  if (by === 'ivrid') {
    const one = mutable.filter((call) => call.ivrid === value);
    return one.length ? one : 'UniqueIvrID not found';
  }
  if (!calls.extensions().includes(value)) return 'Extension not found';
  const its_calls = mutable.filter((call) => call.extension === value);
  if (its_calls.length === 0 && settings.no_calls_answer === 'extension_not_found')
    return 'Extension not found';
  return its_calls;
}

/**
 * Carries out the command and answers it. With `pretend`, the answer is the same but the calls do not change.
 * @param {Calls} calls
 * @param {MuteCommand | null} command
 * @param {Settings} settings
 * @param {{ pretend: boolean }} how
 * @returns {Answer}
 */
export function answerMute(calls, command, settings, { pretend }) {
  const chosen = command
    ? covered(calls, command, settings)
    : 'Parameters are not valid, should be "ivrid" and "mute"';
  if (typeof chosen === 'string') {
    return { http_status: settings.error_http_status, body: failure(chosen), ivrids: null };
  }
  if (pretend) return { http_status: 200, body: success(), ivrids: null };
  calls.setMuted(chosen, command?.command === 'mute');
  return { http_status: 200, body: success(), ivrids: chosen.map((call) => call.ivrid) };
}
