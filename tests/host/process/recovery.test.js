// Tests Voicenter's rejections, and how long the host waits before it retries.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answeringServer } from './answering_server.js';
import { asked, hostFor, scene } from './scene.js';

const SUCCESS = JSON.stringify({ ErrorCode: '200', Message: 'Success', ActionID: 'a1' });
const REASSERT_MS = 100;

/** @type {[string, string, RegExp][]} Voicenter's Message, the error's code and text */
const DOCUMENTED = [
  ['Extension not found', 'extension_not_found', /SIP ID.*voicenter\.extension/],
  ['UniqueIvrID not found', 'call_not_found', /no such call/],
  ['UniquelvrID not found', 'call_not_found', /no such call/],
  ['Parameters are not valid, should be "ivrid" and "mute"', 'parameters_rejected', /parameters/],
  ['Something that no document names', 'refused', /ErrorCode 400: Something that no document names/],
];

describe('each documented failure has its own code', { concurrency: true }, () => {
  for (const [Message, code, words] of DOCUMENTED) {
    for (const [ErrorCode, http_status] of /** @type {[number | string, number][]} */ ([
      [400, 200],
      ['400', 400],
    ])) {
      test(`${JSON.stringify({ ErrorCode, Message })} with HTTP ${http_status}: ${code}`, async (t) => {
        const server = await answeringServer(t, http_status, JSON.stringify({ ErrorCode, Message }));
        const voicenter = { mute_url: server.url, extension: 'API1API', reassert_ms: REASSERT_MS };
        const { host } = await hostFor(t, { config: { voicenter } }, () => server.answer(200, SUCCESS));
        const { error, status } = await host.open();
        assert.deepEqual([error?.code, status.state], [code, 'unprotected']);
        assert.match(error?.message ?? '', words);
        const { error_code, message, action_id } = status.last;
        assert.deepEqual([error_code, message, action_id], [400, Message, null]);
        server.answer(200, SUCCESS);
        await host.waitForStatus(({ state }) => state === 'muted');
      });
    }
  }
});

test('an extension that is added to the account later is muted then', async (t) => {
  const { host, simulator } = await scene(t, {
    simulator: { extensions: ['OTHER'], error_http_status: 404 },
    voicenter: { reassert_ms: REASSERT_MS },
  });
  simulator.endCall(simulator.calls[0].ivrid);
  simulator.changeSettings({ no_calls_answer: 'extension_not_found' });
  assert.equal((await host.open()).error?.code, 'extension_not_found');
  simulator.startCall({ extension: 'API1API', answered: true });
  await host.waitForStatus(({ state }) => state === 'muted');
  assert.equal(simulator.mutedCalls('API1API').length, 1);
});

describe('the host retries', { concurrency: true }, () => {
  test('Voicenter does not listen at first: unprotected meanwhile, then muted', async (t) => {
    const { host, simulator, ivrid } = await scene(t);
    await host.hello();
    await simulator.refuseConnections();
    const { error, status } = await host.open();
    assert.deepEqual([error?.code, status.state], ['unreachable', 'unprotected']);
    assert.equal(status.last.http_status, null);
    assert.match(error?.message ?? '', /could not be reached/);
    await simulator.acceptConnections();
    await host.waitForStatus(({ state }) => state === 'muted');
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  });

  test('Voicenter disappears during a payment and comes back', async (t) => {
    const { host, simulator, ivrid } = await scene(t, { voicenter: { reassert_ms: 200 } });
    await host.hello();
    await host.open();
    await simulator.refuseConnections();
    const lost = await host.waitForStatus(({ state }) => state === 'unprotected');
    assert.equal(lost.problem?.code, 'unreachable');
    await simulator.acceptConnections();
    await host.waitForStatus(({ state }) => state === 'muted', host.messages.length);
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  });

  test('Retry-After is respected, and a form that opens meanwhile is answered at once', async (t) => {
    const retry_after_s = 2;
    const { host, simulator } = await scene(t);
    simulator.setFault({ fault: 'http_error', http_status: 429, retry_after_s, times: 1 });
    assert.equal((await host.open()).error?.code, 'throttled');
    const second = await host.open('second');
    assert.deepEqual([second.error?.code, second.status.state], ['throttled', 'unprotected']);
    assert.equal(asked(simulator).length, 1);
    await host.waitForStatus(({ state }) => state === 'muted');
    const [refused, granted] = asked(simulator);
    const waited_ms = granted.at_ms - Number(refused.answered_at_ms);
    assert.ok(waited_ms >= retry_after_s * 1000 - 1, `asked again after ${waited_ms} ms`);
  });

  for (const http_status of [403, 500]) {
    test(`HTTP ${http_status} again and again: the back-off grows`, async (t) => {
      const { host, simulator } = await scene(t);
      simulator.setFault({ fault: 'http_error', http_status, times: 3 });
      await host.open();
      await host.waitForStatus(({ state }) => state === 'muted');
      const times = asked(simulator).map(({ at_ms }) => at_ms);
      const pauses_ms = times.slice(1).map((at_ms, index) => at_ms - times[index]);
      assert.equal(pauses_ms.length, 3);
      // The pauses are 1, 2 and 4 s, each shortened by at most half.
      pauses_ms.forEach((pause_ms, index) => assert.ok(pause_ms >= 499 * 2 ** index, `${pauses_ms}`));
    });
  }
});

test('a mute that is carried out long after its timeout does not stay', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { voicenter: { timeout_ms: 300 } });
  simulator.setFault({ fault: 'delay', only: 'mute', delay_ms: 1500, times: 1 });
  assert.equal((await host.open()).error?.code, 'timeout');
  await host.close();
  const { seq } = await simulator.waitFor({ type: 'call.muted', ivrid });
  await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: seq });
  assert.deepEqual(simulator.mutedCalls(), []);
});
