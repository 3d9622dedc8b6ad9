// What each address of the control API does.
import { check, InputError, oneOf, text } from './check.js';

/** @typedef {import('./simulator.js').Simulator} Simulator */
/** @typedef {{ ivrid: string, query: Record<string, string>, body: any, signal: AbortSignal }} Asked */

/**
 * @param {Record<string, string>} query
 * @param {string} key
 * @param {number | undefined} [missing] the default; if undefined, the parameter is required
 */
function numberIn(query, key, missing) {
  const given = query[key];
  const number = given === undefined ? missing : Number(given);
  if (number !== undefined && Number.isFinite(number) && number >= 0 && given !== '') return number;
  throw new InputError(`${key}: expected a number from 0, got ${JSON.stringify(given ?? 'nothing')}`);
}

/**
 * `timeout_ms` and `after` limit the wait. Every other parameter is a field of the wanted event.
 * @param {Simulator} simulator
 * @param {Asked} asked
 */
function wait(simulator, { query, signal }) {
  const wanted = Object.entries(check('wait', query, WAIT_RULES, ['type'])).filter(
    ([key]) => !(key in LIMITS),
  );
  const limits = {
    timeout_ms: numberIn(query, 'timeout_ms', 5000),
    after: numberIn(query, 'after', 0),
    signal,
  };
  // A query has only strings, so 7 is given as "7", and true as "true".
  return simulator.waitFor(
    (event) => wanted.every(([key, value]) => String(/** @type {any} */ (event)[key]) === value),
    limits,
  );
}

const WAIT_FIELDS = [
  'type',
  'name',
  'ivrid',
  'extension',
  'connection',
  'request',
  'method',
  'endpoint',
  'command',
];
const MORE_WAIT_FIELDS = ['by', 'value', 'fault', 'carried_out', 'http_status', 'ending', 'too_soon'];
const LIMITS = { timeout_ms: text, after: text };
const WAIT_RULES = {
  ...LIMITS,
  ...Object.fromEntries([...WAIT_FIELDS, ...MORE_WAIT_FIELDS].map((field) => [field, text])),
};

/**
 * @param {Simulator} simulator
 * @param {Asked} asked
 */
function wasRecorded(simulator, { ivrid, query }) {
  const to_ms = query.to_ms === undefined ? undefined : numberIn(query, 'to_ms');
  return { recorded: simulator.wasRecordedBetween(ivrid, numberIn(query, 'from_ms'), to_ms) };
}

/**
 * @param {Simulator} simulator
 * @param {Asked} asked
 */
async function changeNetwork(simulator, { body }) {
  const { state } = check('network', body, { state: oneOf('refusing', 'accepting') }, ['state']);
  await (state === 'refusing' ? simulator.refuseConnections() : simulator.acceptConnections());
}

/** @type {Record<string, (simulator: Simulator, asked: Asked) => unknown>} */
export const ROUTES = {
  'GET /control/calls': (simulator) => simulator.calls,
  'POST /control/calls': (simulator, { body }) => simulator.startCall(body),
  'POST /control/calls/:ivrid/answer': (simulator, { ivrid }) => simulator.answer(ivrid),
  'POST /control/calls/:ivrid/hold': (simulator, { ivrid }) => simulator.hold(ivrid),
  'POST /control/calls/:ivrid/unhold': (simulator, { ivrid }) => simulator.unhold(ivrid),
  'POST /control/calls/:ivrid/transfer': (simulator, { ivrid, body }) => simulator.transfer(ivrid, body),
  'POST /control/calls/:ivrid/end': (simulator, { ivrid }) => simulator.endCall(ivrid),
  'GET /control/calls/:ivrid/recorded': (simulator, { ivrid }) => simulator.recorded(ivrid),
  'GET /control/calls/:ivrid/was_recorded_between': wasRecorded,
  'GET /control/muted': (simulator, { query }) => simulator.mutedCalls(query.extension),
  'GET /control/faults': (simulator) => simulator.faults,
  'POST /control/faults': (simulator, { body }) => simulator.setFault(body),
  'DELETE /control/faults': (simulator) => simulator.clearFaults(),
  'GET /control/settings': (simulator) => simulator.settings,
  'POST /control/settings': (simulator, { body }) => simulator.changeSettings(body),
  'POST /control/network': changeNetwork,
  'DELETE /control/connections': (simulator) => simulator.closeConnections(),
  'GET /control/connections': (simulator) => simulator.connections,
  'GET /control/requests': (simulator) => simulator.requests,
  'GET /control/violations': (simulator) => ({ violations: simulator.violations }),
  'POST /control/marks': (simulator, { body }) =>
    simulator.mark(check('mark', body, { name: text }, ['name']).name),
  'GET /control/events': (simulator, { query }) => simulator.events.slice(numberIn(query, 'after', 0)),
  'GET /control/wait': wait,
  'GET /control/timeline': (simulator) => simulator.timeline(),
};
