// Tests the main job: while a form is open nothing is recorded, and afterwards everything is recorded again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame } from './frames.js';
import { asked, scene } from './scene.js';

/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */

/**
 * Asserts that the recording is silent between the two moments and has sound at its end.
 * @param {Simulator} simulator
 * @param {string} ivrid
 * @param {{ at_ms: number }} from
 * @param {{ at_ms: number }} to
 */
function assertSilentBetween(simulator, ivrid, from, to) {
  assert.ok(to.at_ms > from.at_ms);
  assert.equal(simulator.wasRecordedBetween(ivrid, from.at_ms, to.at_ms), false);
  assert.equal(simulator.recorded(ivrid).at(-1)?.kind, 'recorded');
}

test('a form opens and closes: muted between, recorded before and after', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { voicenter: { reassert_ms: 100 } });
  await host.hello();
  const opened = await host.open();
  const acknowledged = simulator.mark('acknowledged');
  assert.deepEqual([opened.ok, opened.status.state, opened.status.surfaces], [true, 'muted', 1]);
  const { request, http_status, error_code, message, action_id, latency_ms } = opened.status.last;
  assert.deepEqual([request, http_status, error_code, message], ['mute', 200, 200, 'Success']);
  assert.match(action_id, /^[0-9a-f]{32}$/);
  assert.ok(latency_ms > 0 && latency_ms < 2000, `${latency_ms}`);
  await simulator.waitFor(() => asked(simulator, 'mute').length > 3);

  const closing = simulator.mark('closing');
  const closed = await host.close();
  assert.deepEqual([closed.ok, closed.status.state, closed.status.surfaces], [true, 'recording', 0]);
  assert.equal(closed.status.last.request, 'unmute');
  assertSilentBetween(simulator, ivrid, acknowledged, closing);
  assert.deepEqual(
    simulator.recorded(ivrid).map(({ kind }) => kind),
    ['recorded', 'muted', 'recorded'],
  );
});

test('the browser gets every state once', async (t) => {
  const { host } = await scene(t, { simulator: { round_trip_ms: 30 } });
  await host.open();
  await host.close();
  const states = host.messages.map(({ status }) => status.state);
  const changes = states.filter((state, index) => state !== states[index - 1]);
  assert.deepEqual(changes, ['muting', 'muted', 'unmuting', 'recording']);
  assert.deepEqual(host.messages.filter(({ status }) => status.problem), []);
});

test('a form that opens and closes in one write: every state is reported', async (t) => {
  const { host, simulator } = await scene(t);
  const types = ['surface.open', 'surface.close'];
  const requests = types.map((type, index) => ({ id: index + 1, type, surface: 'form', reason: 'x' }));
  void host.sendBytes(Buffer.concat(requests.map(frame)));
  await host.waitFor(({ type, status }) => type === 'status' && status.state === 'recording');
  const told = host.messages.filter(({ type }) => type === 'status').map(({ status }) => status.state);
  const changes = told.filter((state, index) => state !== told[index - 1]);
  assert.deepEqual(changes, ['muting', 'unmuting', 'recording']);
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('several forms are one mute, which ends with the last of them', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  const opened = await Promise.all([host.open('a'), host.open('b'), host.open('c')]);
  assert.deepEqual(opened.map(({ ok }) => ok), [true, true, true]);
  const acknowledged = simulator.mark('acknowledged');
  const first = await host.close('b');
  assert.deepEqual([first.ok, first.status.state, first.status.surfaces], [true, 'muted', 2]);
  await host.close('a');
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.deepEqual(asked(simulator, 'unmute'), []);
  const closing = simulator.mark('closing');
  assert.equal((await host.close('c')).status.state, 'recording');
  assertSilentBetween(simulator, ivrid, acknowledged, closing);
});

test('opening an open form and closing a closed one change nothing and are answered', async (t) => {
  const { host, simulator } = await scene(t);
  assert.equal((await host.close('never')).ok, true);
  assert.equal(asked(simulator).length, 0);
  await host.open();
  assert.equal((await host.open()).status.surfaces, 1);
  assert.equal((await host.close()).status.state, 'recording');
});

test('typing is answered at once, and changes nothing', async (t) => {
  const { host, simulator } = await scene(t);
  await host.open();
  const { ok, status } = await host.request({ type: 'surface.active', surface: 'form' });
  assert.deepEqual([ok, status.state], [true, 'muted']);
  assert.equal(asked(simulator).length, 1);
});

test('a form that opens while the unmute of the last one is in flight: mute wins', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  await host.open('first');
  simulator.setFault({ fault: 'delay', answer_delay_ms: 150, only: 'unmute', times: 1 });
  const closing = host.close('first');
  await simulator.waitFor({ type: 'call.unmuted' });
  const { ok, status } = await host.open('second');
  assert.deepEqual([ok, status.state], [true, 'muted']);
  assert.equal((await closing).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.deepEqual(asked(simulator).map(({ command }) => command), ['mute', 'unmute', 'mute']);
});

test('a form that closes while its mute is in flight: unmuted after it', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  simulator.setFault({ fault: 'delay', answer_delay_ms: 150, only: 'mute', times: 1 });
  const opening = host.open();
  await simulator.waitFor({ type: 'call.muted' });
  const closed = await host.close();
  assert.deepEqual([closed.ok, closed.status.state], [true, 'recording']);
  assert.equal((await opening).ok, true);
  assert.equal(simulator.recorded(ivrid).at(-1)?.kind, 'recorded');
});

for (const mute_state of /** @type {const} */ (['1', '0'])) {
  test(`an account where state ${mute_state} mutes`, async (t) => {
    const options = { simulator: { mute_state }, voicenter: { mute_state } };
    const { host, simulator, ivrid } = await scene(t, options);
    await host.open();
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    await host.close();
    assert.deepEqual(simulator.mutedCalls(), []);
    const states = asked(simulator).map(({ body }) => JSON.parse(body).state);
    assert.deepEqual(states, mute_state === '1' ? ['1', '0'] : ['0', '1']);
  });
}

for (const method of /** @type {const} */ (['POST', 'GET'])) {
  test(`${method} carries an extension that needs escaping`, async (t) => {
    const extension = 'a b&c=1/ö?#%+"\\';
    const { host, simulator, ivrid } = await scene(t, { voicenter: { method, extension } });
    assert.equal((await host.open()).ok, true);
    assert.deepEqual(simulator.mutedCalls(extension), [ivrid]);
    const [{ method: used, value, query, body, headers }] = asked(simulator);
    assert.deepEqual([used, value], [method, extension]);
    if (method === 'POST') {
      assert.deepEqual([JSON.parse(body), query], [{ extension, state: '1' }, '']);
      assert.match(headers['content-type'] ?? '', /^application\/json/);
    } else {
      assert.equal(query, 'extension=a%20b%26c%3D1%2F%C3%B6%3F%23%25%2B%22%5C&state=1');
      assert.equal(body, '');
    }
    assert.equal((await host.close()).ok, true);
    assert.deepEqual(simulator.mutedCalls(), []);
  });
}
