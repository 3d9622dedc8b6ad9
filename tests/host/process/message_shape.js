// Checks the shape of every message that a host sends in a test.
import assert from 'node:assert/strict';

const STATES = ['recording', 'muting', 'muted', 'unmuting', 'unprotected'];
const OVERRIDES = ['auto', 'mute', 'record'];
const STATUS_FIELDS = ['state', 'verified', 'target', 'provider', 'agent', 'extension', 'call', 'surfaces',
  'elsewhere', 'override', 'since', 'last', 'problem', 'notices'];
const LAST_FIELDS = ['request', 'at', 'http_status', 'error_code', 'message', 'action_id', 'latency_ms'];
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * @typedef {object} Status
 * @property {'recording' | 'muting' | 'muted' | 'unmuting' | 'unprotected'} state
 * @property {boolean | null} verified
 * @property {{ by: string, value: string } | null} target
 * @property {string | null} provider
 * @property {string | null} agent
 * @property {{ sip_id: string | null, source: string | null, may_set: boolean }} extension
 * @property {{ on: boolean, since: string | null } | null} call
 * @property {number} surfaces
 * @property {number} elsewhere
 * @property {'auto' | 'mute' | 'record'} override
 * @property {string} since
 * @property {any} last
 * @property {{ code: string, message: string } | null} problem
 * @property {{ code: string, message: string }[]} notices
 */

/**
 * @typedef {object} Message
 * @property {'reply' | 'status'} type
 * @property {number | null} [id]
 * @property {boolean} [ok]
 * @property {{ code: string, message: string }} [error]
 * @property {string} [host_version]
 * @property {number} [protocol]
 * @property {any} [policy]
 * @property {Status} status
 */

/** @param {any} problem */
function checkProblem(problem) {
  assert.match(problem.code, /^[a-z_]+$/);
  assert.ok(problem.message.length > 10, `"${problem.message}" tells a person nothing`);
}

/** @param {Status} status */
function checkStatus(status) {
  assert.deepEqual(Object.keys(status).sort(), [...STATUS_FIELDS].sort());
  assert.ok(STATES.includes(status.state), status.state);
  assert.ok(OVERRIDES.includes(status.override), status.override);
  assert.match(status.since, UTC);
  if (status.problem) checkProblem(status.problem);
  status.notices.forEach(checkProblem);
  if (status.last) {
    assert.deepEqual(Object.keys(status.last).sort(), [...LAST_FIELDS].sort());
    assert.match(status.last.at, UTC);
  }
  if (status.state === 'unprotected') assert.ok(status.problem, 'unprotected without a reason');
}

/** @param {Message} message */
export function checkMessage(message) {
  assert.ok(['reply', 'status'].includes(message.type), message.type);
  checkStatus(message.status);
  if (message.type === 'status') {
    assert.ok(!('id' in message) && !('ok' in message) && !('error' in message), 'fields of a reply');
    return;
  }
  assert.ok(message.id === null || Number.isInteger(message.id));
  assert.equal(message.ok, !('error' in message));
  if (message.error) checkProblem(message.error);
}
