// Tests failures of Voicenter and of the network: each is reported with its cause and never counts as
// success, and the host recovers from it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asked, scene } from './scene.js';

/** @typedef {import('../../simulator/faults.js').Fault} Fault */

const VOICENTER = { timeout_ms: 800, reassert_ms: 300 };

/** @type {[string, Fault, string, RegExp][]} name, fault, the error's code and text */
const FAILURES = [
  ['an answer that is late', { fault: 'delay', answer_delay_ms: 2000 }, 'timeout', /in time.*timeout_ms/],
  ['a mute that is late', { fault: 'delay', delay_ms: 2000 }, 'timeout', /in time/],
  ['no answer', { fault: 'hang' }, 'timeout', /in time/],
  ['no answer, yet carried out', { fault: 'hang', carried_out: true }, 'timeout', /in time/],
  ['a reset before the answer', { fault: 'reset' }, 'unreachable', /broke before its answer/],
  ['a reset, yet carried out', { fault: 'reset', carried_out: true }, 'unreachable', /broke/],
  ['a reset inside the body', { fault: 'reset_mid_body' }, 'unreachable', /broke/],
  ['a body that ends early', { fault: 'truncated' }, 'unreachable', /broke/],
  ['a slow drip', { fault: 'drip', interval_ms: 50 }, 'timeout', /in time/],
  ['HTTP 400', { fault: 'http_error', http_status: 400 }, 'bad_answer', /HTTP 400/],
  ['HTTP 403', { fault: 'http_error', http_status: 403 }, 'refused', /HTTP 403.*IP address/],
  ['HTTP 404', { fault: 'http_error', http_status: 404 }, 'bad_answer', /HTTP 404.*mute_url/],
  ['HTTP 429', { fault: 'http_error', http_status: 429 }, 'throttled', /too often/],
  ['HTTP 500', { fault: 'http_error', http_status: 500 }, 'bad_answer', /HTTP 500/],
  ['HTTP 503', { fault: 'http_error', http_status: 503 }, 'bad_answer', /HTTP 503/],
  ['HTTP 502, done', { fault: 'http_error', http_status: 502, carried_out: true }, 'bad_answer', /502/],
  ['garbage', { fault: 'garbage' }, 'bad_answer', /not JSON/],
  ['a page in HTML', { fault: 'html' }, 'bad_answer', /login page/],
  ['no ErrorCode', { fault: 'no_error_code' }, 'bad_answer', /no ErrorCode/],
  ['an empty body', { fault: 'empty' }, 'bad_answer', /not JSON/],
  ['HTTP 204', { fault: 'no_content' }, 'bad_answer', /HTTP 204/],
  ['a success of 80 KiB', { fault: 'oversize' }, 'bad_answer', /far too long/],
  ['an unknown ErrorCode', { fault: 'unknown_error_code', error_code: 999 }, 'refused', /ErrorCode 999/],
];

// The tests run at the same time, because each mostly waits for the host's next attempt.
describe('a mute fails', { concurrency: 6 }, () => {
  for (const [name, fault, code, words] of FAILURES) {
    test(`${name}: ${code}, unprotected, and muted after the failure is over`, async (t) => {
      const { host, simulator, ivrid } = await scene(t, { voicenter: VOICENTER });
      simulator.setFault(fault);
      const { ok, error, status } = await host.open();
      assert.deepEqual([ok, error?.code, status.state], [false, code, 'unprotected']);
      assert.match(error?.message ?? '', words);
      assert.deepEqual(status.problem, error);
      assert.equal(status.last.request, 'mute');
      assert.equal(host.messages.filter((message) => message.status.state === 'muted').length, 0);

      const after = host.messages.length;
      simulator.clearFaults();
      const back = await host.waitForStatus(({ state }) => state === 'muted', after);
      assert.equal(back.problem, null);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
      assert.equal((await host.close()).ok, true);
      assert.deepEqual(simulator.mutedCalls(), []);
    });
  }
});

test('a redirect is not followed', async (t) => {
  const elsewhere = await scene(t);
  const { host, simulator } = await scene(t, { voicenter: VOICENTER });
  simulator.setFault({ fault: 'redirect', location: elsewhere.simulator.muteUrl });
  const { error, status } = await host.open();
  assert.deepEqual([error?.code, status.state, status.last.http_status], ['bad_answer', 'unprotected', 302]);
  assert.match(error?.message ?? '', /redirects elsewhere.*not followed/);
  assert.equal(elsewhere.simulator.connections.length, 0);
});

test('success as an integer is success', async (t) => {
  const { host, simulator } = await scene(t);
  simulator.setFault({ fault: 'integer_200' });
  const { ok, status } = await host.open();
  assert.deepEqual([ok, status.state, status.last.error_code], [true, 'muted', 200]);
});

test('a false acknowledgement cannot be detected: it is never shown as verified', async (t) => {
  const { host, simulator } = await scene(t);
  simulator.setFault({ fault: 'lie' });
  const { status } = await host.open();
  assert.deepEqual([status.state, status.verified], ['muted', null]);
});

test('an unmute fails: the agent is told, and it is repeated until it succeeds', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { voicenter: VOICENTER });
  await host.open();
  simulator.setFault({ fault: 'reset', times: 2 });
  const { ok, error, status } = await host.close();
  assert.deepEqual([ok, error?.code, status.state], [false, 'unreachable', 'unmuting']);
  assert.deepEqual(status.problem, error);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  const back = await host.waitForStatus(({ state }) => state === 'recording', host.messages.length);
  assert.equal(back.problem, null);
  assert.equal(asked(simulator, 'unmute').length, 3);
  assert.deepEqual(simulator.mutedCalls(), []);
});
