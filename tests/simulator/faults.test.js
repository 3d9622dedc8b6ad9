// Tests each fault: what the client receives, and whether the command is carried out.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { nowMs } from './clock.js';
import { simulatorWithCall } from './fixture.js';
import { ask, mute, post, unmute } from './simple_client.js';

/** @typedef {import('./simulator.js').Simulator} Simulator */

/**
 * @param {string} name
 * @param {import('./faults.js').Fault} fault
 * @param {boolean} carried_out
 * @param {(reply: import('./simple_client.js').Reply) => void} verify
 */
function answers(name, fault, carried_out, verify) {
  test(`${name}: the answer, the command is ${carried_out ? '' : 'not '}carried out`, async (t) => {
    const { simulator, ivrid } = await simulatorWithCall(t);
    simulator.setFault(fault);
    verify(await mute(simulator));
    assert.deepEqual(simulator.mutedCalls(), carried_out ? [ivrid] : []);
    assert.equal(simulator.requests[0].fault, fault.fault);
    assert.equal((await simulator.waitFor({ type: 'request.answered' })).carried_out, carried_out);
  });
}

/**
 * @param {string} name
 * @param {import('./faults.js').Fault} fault
 * @param {boolean} carried_out
 * @param {RegExp} code of Node's error
 */
function breaks(name, fault, carried_out, code) {
  test(`${name}: no complete answer, the command is ${carried_out ? '' : 'not '}carried out`, async (t) => {
    const { simulator, ivrid } = await simulatorWithCall(t);
    simulator.setFault(fault);
    await assert.rejects(mute(simulator), { code });
    await simulator.waitFor({ type: 'request.cut_off', command: 'mute' });
    assert.deepEqual(simulator.mutedCalls(), carried_out ? [ivrid] : []);
  });
}

answers('lie', { fault: 'lie' }, false, ({ json }) => assert.equal(json.ErrorCode, '200'));
answers('integer_200', { fault: 'integer_200' }, true, ({ json }) => assert.equal(json.ErrorCode, 200));
answers('no_error_code', { fault: 'no_error_code' }, true, ({ json }) => {
  assert.deepEqual(json, { Message: 'Success' });
});
answers('unknown_error_code', { fault: 'unknown_error_code' }, false, ({ json }) => {
  assert.equal(json.ErrorCode, 999);
});
answers('unknown_error_code 7', { fault: 'unknown_error_code', error_code: 7 }, false, ({ json }) => {
  assert.equal(json.ErrorCode, 7);
});
answers(
  'http_error 403',
  { fault: 'http_error', http_status: 403 },
  false,
  ({ http_status, headers, json }) => {
    assert.deepEqual([http_status, headers['retry-after'], json], [403, undefined, undefined]);
  },
);
answers('http_error 429', { fault: 'http_error', http_status: 429, retry_after_s: 3 }, false, (reply) => {
  assert.deepEqual([reply.http_status, reply.headers['retry-after']], [429, '3']);
});
answers(
  'http_error 503, carried out',
  { fault: 'http_error', http_status: 503, carried_out: true },
  true,
  (reply) => {
    assert.equal(reply.http_status, 503);
  },
);
answers('redirect', { fault: 'redirect', location: 'https://elsewhere.example/' }, false, (reply) => {
  assert.deepEqual([reply.http_status, reply.headers.location], [302, 'https://elsewhere.example/']);
});
answers('garbage', { fault: 'garbage' }, false, ({ http_status, body, json }) => {
  assert.deepEqual([http_status, json], [200, undefined]);
  assert.match(body, /"ErrorCode":"200"/);
});
answers('html', { fault: 'html' }, false, ({ http_status, headers, body }) => {
  assert.deepEqual([http_status, headers['content-type']], [200, 'text/html; charset=utf-8']);
  assert.match(body, /^<!DOCTYPE html>/);
});
answers('empty', { fault: 'empty' }, true, ({ http_status, body }) =>
  assert.deepEqual([http_status, body], [200, '']),
);
answers('no_content', { fault: 'no_content' }, true, ({ http_status, body }) => {
  assert.deepEqual([http_status, body], [204, '']);
});
answers('oversize', { fault: 'oversize' }, true, ({ body, json }) => {
  assert.ok(body.length > 64 * 1024);
  assert.equal(json.ErrorCode, '200');
});
answers('drip', { fault: 'drip', interval_ms: 0.1 }, true, ({ json }) => assert.equal(json.ErrorCode, '200'));

breaks('reset', { fault: 'reset' }, false, /^ECONNRESET$/);
breaks('reset, carried out', { fault: 'reset', carried_out: true }, true, /^ECONNRESET$/);
breaks('reset_mid_body', { fault: 'reset_mid_body' }, true, /^ECONNRESET$/);
breaks('truncated', { fault: 'truncated' }, true, /^ECONNRESET$/);

/**
 * Returns whether the peer has reset the connection. If data came before the reset, Node reports an orderly
 * end, and only the next write shows which of the two it was.
 * @param {import('node:net').Socket} socket
 * @returns {Promise<boolean>}
 */
function wasReset(socket) {
  return new Promise((resolve) => {
    socket.on('error', () => resolve(true));
    socket.on('end', () => socket.write('?', (error) => resolve(Boolean(error))));
  });
}

for (const [fault, is_reset, has_head] of /** @type {const} */ ([
  ['reset', true, false],
  ['reset_mid_body', true, true],
  ['truncated', false, true],
])) {
  test(`${fault}: ${is_reset ? 'a reset' : 'an orderly end'} on the wire`, async (t) => {
    const { simulator } = await simulatorWithCall(t);
    simulator.setFault({ fault });
    const { port, pathname, host, hostname } = new URL(simulator.muteUrl);
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    t.after(() => socket.destroy());
    socket.write(`GET ${pathname}?extension=API1API&state=1 HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    let received = '';
    socket.setEncoding('utf8').on('data', (text) => (received += text));
    assert.equal(await wasReset(socket), is_reset);
    assert.equal(received.startsWith('HTTP/1.1 200'), has_head);
  });
}

for (const carried_out of [false, true]) {
  test(`hang: never answered, ${carried_out ? '' : 'not '}carried out`, async (t) => {
    const { simulator, ivrid } = await simulatorWithCall(t);
    simulator.setFault({ fault: 'hang', carried_out });
    const leaving = new AbortController();
    const asking = assert.rejects(mute(simulator, undefined, { signal: leaving.signal }), {
      name: 'AbortError',
    });
    const event = await simulator.waitFor({ type: 'request.unanswered', ending: 'hang' });
    assert.equal(event.carried_out, carried_out);
    assert.deepEqual(simulator.mutedCalls(), carried_out ? [ivrid] : []);
    leaving.abort();
    await asking;
    await simulator.waitFor({ type: 'request.cut_off' });
    assert.equal(simulator.requests[0].answered_at_ms, null);
  });
}

test('delay_ms comes before the command is carried out, answer_delay_ms after it', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  simulator.setFault({ fault: 'delay', delay_ms: 30, answer_delay_ms: 50 });
  await mute(simulator);
  const { at_ms, carried_out_at_ms, answered_at_ms } = simulator.requests[0];
  assert.ok(Number(carried_out_at_ms) - at_ms >= 30);
  assert.ok(Number(answered_at_ms) - Number(carried_out_at_ms) >= 50);
});

test('a command whose client leaves during the delay is still carried out', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  simulator.setFault({ fault: 'delay', delay_ms: 20 });
  const leaving = new AbortController();
  const asking = assert.rejects(mute(simulator, undefined, { signal: leaving.signal }));
  await simulator.waitFor({ type: 'request.received' });
  leaving.abort();
  await asking;
  assert.deepEqual((await simulator.waitFor({ type: 'request.carried_out' })).ivrids, [ivrid]);
});

test('a drip comes a byte at a time, for as long as the client stays', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  simulator.setFault({ fault: 'drip', interval_ms: 5 });
  const { body } = await mute(simulator);
  const whole_ms = nowMs() - Number(simulator.requests[0].answered_at_ms);
  assert.ok(whole_ms >= 5 * (body.length - 1), `${body.length} bytes in ${whole_ms} ms`);

  const leaving = new AbortController();
  const asking = assert.rejects(mute(simulator, undefined, { signal: leaving.signal }));
  await simulator.waitFor({ type: 'request.answered', request: 2 });
  leaving.abort();
  await asking;
  await simulator.waitFor({ type: 'request.cut_off', request: 2 });
});

test('after its number of requests a fault is over, and the next one applies', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  simulator.setFault({ fault: 'http_error', http_status: 503, times: 2 });
  simulator.setFault({ fault: 'html', times: 1 });
  const statuses = [];
  for (let i = 0; i < 4; i += 1)
    statuses.push((await mute(simulator)).json?.ErrorCode ?? simulator.faults.length);
  assert.deepEqual(statuses, [2, 1, 0, '200']);
});

test('faults for one command only, and for Active Calls only', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  simulator.setFault({ fault: 'http_error', http_status: 500, only: 'unmute' });
  simulator.setFault({ fault: 'http_error', http_status: 502, only: 'active_calls' });
  const statuses = [await mute(simulator), await unmute(simulator)].map((reply) => reply.http_status);
  assert.deepEqual(statuses, [200, 500]);
  assert.equal((await ask(simulator.activeCallsUrl)).http_status, 502);
});

test('without `only` a fault applies to the mute API, and to nothing else', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  simulator.setFault({ fault: 'http_error', http_status: 500 });
  assert.equal((await unmute(simulator)).http_status, 500);
  assert.equal((await post(simulator.muteUrl, {})).http_status, 500);
  assert.equal((await ask(simulator.activeCallsUrl)).http_status, 200);
  assert.equal((await ask(simulator.muteUrl, { method: 'HEAD' })).http_status, 200);
});

test('cleared faults are gone', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  simulator.setFault({ fault: 'html' });
  simulator.clearFaults();
  assert.equal((await mute(simulator)).json.ErrorCode, '200');
  assert.deepEqual(simulator.faults, []);
});

for (const [given, message] of /** @type {[any, RegExp][]} */ ([
  [undefined, /fault: expected an object/],
  [{}, /fault: fault: missing, expected "delay" or "hang"/],
  [{ fault: 'tired' }, /fault: fault: expected "delay" or "hang".*, got "tired"/],
  [{ fault: 'toString' }, /got "toString"/],
  [{ fault: 'hang', interval_ms: 5 }, /fault: unknown key "interval_ms"/],
  [{ fault: 'http_error' }, /fault: http_status: missing, expected a whole number from 400 to 599/],
  [{ fault: 'http_error', http_status: 200 }, /http_status: expected a whole number from 400/],
  [{ fault: 'redirect' }, /location: missing/],
  [{ fault: 'delay', delay_ms: -1 }, /delay_ms: expected milliseconds, a number from 0, got -1/],
  [{ fault: 'hang', times: 0 }, /times: expected a whole number from 1/],
  [{ fault: 'hang', only: 'all' }, /only: expected "mute" or "unmute" or "active_calls", got "all"/],
  [{ fault: 'lie', only: 'active_calls' }, /only: expected "mute" or "unmute" with the fault "lie"/],
])) {
  test(`refused: ${JSON.stringify(given)}`, async (t) => {
    const { simulator } = await simulatorWithCall(t);
    assert.throws(() => simulator.setFault(given), { message });
    assert.deepEqual(simulator.faults, []);
  });
}
