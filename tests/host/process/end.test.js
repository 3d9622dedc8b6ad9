// Tests how the host ends if its input ends, even inside a frame, if nobody reads its output, or on a signal.
// Also tests that the call is unmuted then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame } from './frames.js';
import { asked, scene } from './scene.js';

/** How soon the host ends once its input has, whatever Voicenter does: kFarewell_ms (1350 ms), rounded. */
const GONE_WITHIN_MS = 1500;
/** How much later the test may see the end, on a busy machine or because a sanitizer checks for leaks. */
const MEASURING_SLACK_MS = 2000;

/** @param {{ after_ms: number }} end */
function assertInTime({ after_ms }) {
  assert.ok(after_ms < GONE_WITHIN_MS + MEASURING_SLACK_MS, `gone only after ${after_ms} ms`);
}

test('the input ends between two frames: exit code 0, and no needless request is sent', async (t) => {
  const { host, simulator } = await scene(t);
  await host.hello();
  assert.equal((await host.end()).code, 0);
  assert.equal(asked(simulator).length, 0);
});

test('the input ends before the first frame', async (t) => {
  const { host } = await scene(t);
  assert.equal((await host.end()).code, 0);
  assert.deepEqual(host.messages, []);
});

const GRACE_MS = 400;
const policy = { grace_ms: GRACE_MS };

/** @param {import('../../simulator/simulator.js').Simulator} simulator */
const unmuted = (simulator) => simulator.waitFor(() => simulator.mutedCalls().length === 0);

for (const [name, length] of /** @type {[string, number][]} */ ([
  ['a header', 2],
  ['a body', 10],
])) {
  test(`the input ends inside ${name}: exit code 65, and the open form's call is unmuted`, async (t) => {
    const { host, simulator, ivrid } = await scene(t, { exit_code: 65, policy });
    await host.open();
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    await host.sendBytes(frame({ id: 9, type: 'status' }).subarray(0, length));
    const end = await host.end();
    assert.equal(end.code, 65);
    assertInTime(end);
    await unmuted(simulator);
  });
}

test('the browser goes while a form is open: gone at once, muted for the grace, then unmuted', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { policy });
  await host.open();
  const { at_ms } = simulator.mark('acknowledged');
  const ending = simulator.mark('the input ends');
  assertInTime(await host.end());
  await unmuted(simulator);
  const [unmute] = asked(simulator, 'unmute');
  assert.equal(asked(simulator, 'unmute').length, 1);
  assert.ok(unmute.at_ms - ending.at_ms > GRACE_MS / 2, 'the grace was cut short');
  assert.equal(simulator.wasRecordedBetween(ivrid, at_ms, unmute.at_ms), false);
  assert.equal(simulator.recorded(ivrid).at(-1)?.kind, 'recorded');
});

test('a new call during the grace is muted as well', async (t) => {
  const grace = { policy: { grace_ms: 3000 }, voicenter: { reassert_ms: 200 } };
  const { host, simulator } = await scene(t, grace);
  await host.open();
  await host.end();
  const { ivrid } = simulator.startCall({ extension: 'API1API', answered: true });
  await simulator.waitFor(() => simulator.mutedCalls().includes(ivrid));
  await unmuted(simulator);
});

test('the browser goes during a manual mute: unmuted as well', async (t) => {
  const { host, simulator } = await scene(t, { policy });
  await host.override('mute');
  assert.equal(simulator.mutedCalls().length, 1);
  await host.end();
  await unmuted(simulator);
});

test('the settler repeats a request that gets no answer', async (t) => {
  const { host, simulator } = await scene(t, { policy, voicenter: { timeout_ms: 200 } });
  await host.open();
  simulator.setFault({ fault: 'http_error', http_status: 400, only: 'unmute', times: 3 });
  assertInTime(await host.end());
  await unmuted(simulator);
  assert.ok(asked(simulator, 'unmute').length >= 4);
});

test('the form was closed, the browser goes and Voicenter answers nothing: gone within 1.5 s', async (t) => {
  const { host, simulator } = await scene(t, { voicenter: { timeout_ms: 30_000 } });
  await host.open();
  simulator.setFault({ fault: 'hang', carried_out: true });
  void host.close().catch(() => {}); // Voicenter never answers this unmute
  await simulator.waitFor({ type: 'request.unanswered', command: 'unmute' });
  assertInTime(await host.end());
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('the browser goes while a mute hangs and its form was closed: cancelled, then unmuted', async (t) => {
  const { host, simulator } = await scene(t, { voicenter: { timeout_ms: 30_000 } });
  simulator.setFault({ fault: 'hang', only: 'mute', carried_out: true });
  void host.open().catch(() => {}); // Voicenter never answers this mute
  void host.close().catch(() => {});
  await simulator.waitFor({ type: 'request.unanswered', command: 'mute' });
  assert.equal(simulator.mutedCalls().length, 1);
  assertInTime(await host.end());
  await unmuted(simulator);
});

test('an unmute that the host cannot finish is finished by the settler', async (t) => {
  const { host, simulator } = await scene(t);
  await host.open();
  await simulator.refuseConnections();
  simulator.closeConnections();
  await host.close();
  assertInTime(await host.end());
  assert.equal(simulator.mutedCalls().length, 1);
  await simulator.acceptConnections();
  await unmuted(simulator);
});

test('the browser goes and nobody listens at Voicenter: gone within 1.5 s', async (t) => {
  const { host, simulator } = await scene(t);
  await host.open();
  await simulator.refuseConnections();
  const end = await host.end();
  assertInTime(end);
  assert.equal(end.code, 0);
});

test('stay-muted is about open forms: the unmute for a closed one is still sent', async (t) => {
  const { host, simulator } = await scene(t, { policy: { on_browser_gone: 'stay-muted' } });
  await host.open();
  simulator.setFault({ fault: 'http_error', http_status: 500, times: 1 });
  assert.equal((await host.close()).ok, false);
  assertInTime(await host.end());
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('the browser no longer reads: a normal end, and the call is unmuted', async (t) => {
  const { host, simulator } = await scene(t, { policy });
  await host.open();
  host.closeReader();
  host.send({ id: 50, type: 'status' });
  assert.equal((await host.exit).code, 0);
  await unmuted(simulator);
});

test('the host works with standard error closed', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { redirection: '2>&-' });
  assert.equal((await host.hello()).ok, true);
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal((await host.close()).ok, true);
});

for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
  test(`${signal} is a normal end: the open form's call is unmuted`, async (t) => {
    const { host, simulator, ivrid } = await scene(t, { policy });
    await host.open();
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    host.signal(signal);
    const end = await host.exit;
    assert.equal(end.code, 0);
    await unmuted(simulator);
  });
}

test('without a store the browser goes while a form is open: unmuted at once', async (t) => {
  const { host, simulator } = await scene(t, { env: { CARDMUTE_STATE_DIR: '/dev/null/state' } });
  await host.open();
  assertInTime(await host.end());
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('without a store, a connection that dies silently leaves time for a second attempt', async (t) => {
  const { host, simulator } = await scene(t, { env: { CARDMUTE_STATE_DIR: '/dev/null/state' } });
  await host.open();
  simulator.setFault({ fault: 'hang', only: 'unmute', times: 1 });
  assertInTime(await host.end());
  assert.deepEqual(simulator.mutedCalls(), []);
});
