// Tests Active Calls: verification, new calls, transferred calls, and muting call by call.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { until } from '../../browser/harness/until.js';
import { command } from './commands.js';
import { asked, scene } from './scene.js';
import { settlersOf } from './settlers.js';

/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */

const EXTENSION = 'API1API';
const CODE = 'SIMULATED-CODE';

/**
 * @param {import('node:test').TestContext} t
 * @param {{ target?: string, code?: string, policy?: object }} [options]
 */
const readingBack = (t, { target = 'extension', code = CODE, policy } = {}) =>
  scene(t, { active_calls: code, voicenter: { target }, policy });

const SLOW_MS = 700;

/**
 * Starts a relay to Active Calls, which delays only its first connection.
 * @param {import('node:test').TestContext} t
 */
async function slowRelay(t) {
  let port = 0;
  let pause_ms = SLOW_MS;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    setTimeout(() => {
      const onward = connect(port, '127.0.0.1').on('error', () => socket.destroy());
      socket.pipe(onward).pipe(socket);
    }, pause_ms);
    pause_ms = 0;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/comet/API/GetExtensionsCalls`,
    leadTo: (/** @type {Simulator} */ { activeCallsUrl }) => { port = Number(new URL(activeCallsUrl).port); },
  };
}

const questions = (/** @type {Simulator} */ simulator) =>
  simulator.requests.filter(({ endpoint }) => endpoint === 'active_calls');

test('acknowledged and muted: verified, and requested at most every 5 s', async (t) => {
  const { host, simulator } = await readingBack(t);
  await host.open();
  const status = await host.waitForStatus(({ verified }) => verified !== null);
  assert.deepEqual([status.state, status.verified], ['muted', true]);
  await simulator.waitFor(() => questions(simulator).length === 2);
  assert.equal(simulator.violations, 0);
  await host.close();
});

test('acknowledged and not muted: verification_failed and unprotected, until it is', async (t) => {
  const { host, simulator } = await readingBack(t);
  simulator.setFault({ fault: 'lie', only: 'mute' });
  await host.open();
  const status = await host.waitForStatus(({ verified }) => verified === false);
  assert.deepEqual([status.state, status.problem?.code], ['unprotected', 'verification_failed']);
  simulator.clearFaults();
  const before = host.messages.length;
  const mended = await host.waitForStatus(({ state }) => state === 'muted', before);
  assert.equal(mended.verified, true);
  await host.close();
});

test('two browsers request the list no more often than one, and both are verified', async (t) => {
  const { host, another, simulator } = await readingBack(t);
  const second = another();
  await Promise.all([host.open('a'), second.open('b')]);
  await Promise.all([host, second].map((each) => each.waitForStatus(({ verified }) => verified === true)));
  await simulator.waitFor(() => questions(simulator).length === 3);
  assert.equal(simulator.violations, 0);
});

test('after a slow request for the list no process asks too early, not even doctor', async (t) => {
  const relay = await slowRelay(t);
  const active_calls = { url: relay.url, code: CODE };
  const { host, another, simulator, ...places } = await scene(t, { voicenter: { active_calls } });
  relay.leadTo(simulator);
  const second = another();
  await Promise.all([host.open('a'), second.open('b')]);
  await simulator.waitFor(() => questions(simulator).length === 1);
  const doctor = command(places, 'doctor');
  await simulator.waitFor(() => questions(simulator).length === 3);
  assert.match((await doctor).out, /Active Calls/);
  assert.equal(simulator.violations, 0);
});

test('a wrong code proves nothing: verified stays unknown, and the mute holds', async (t) => {
  const { host, simulator } = await readingBack(t, { code: 'WRONG' });
  await host.open();
  await simulator.waitFor(() => questions(simulator).length === 1);
  const { state, verified } = await host.status();
  assert.deepEqual([state, verified], ['muted', null]);
  await host.close();
});

test('a call that left the extension while muted is unmuted by its ivrid', async (t) => {
  const { host, simulator, ivrid } = await readingBack(t);
  const other = simulator.startCall({ extension: EXTENSION, answered: true });
  await host.open();
  await host.waitForStatus(({ verified }) => verified === true);
  simulator.transfer(ivrid, { to: 'ELSEWHERE' });
  await simulator.waitFor(() => !simulator.mutedCalls().includes(ivrid));
  assert.deepEqual(simulator.mutedCalls(), [other.ivrid], 'the call that stayed is still muted');
  assert.deepEqual(asked(simulator, 'unmute').map(({ by, value }) => [by, value]), [['ivrid', ivrid]]);
  await host.close();
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('transferred just before the form closes: found and unmuted afterwards', async (t) => {
  const { host, simulator, ivrid } = await readingBack(t);
  await host.open();
  await host.waitForStatus(({ verified }) => verified === true);
  simulator.transfer(ivrid, { to: 'ELSEWHERE' });
  await host.close();
  await simulator.waitFor(() => simulator.mutedCalls().length === 0);
  assert.equal(simulator.violations, 0);
});

test('target call: each active call is muted by its ivrid, also one that begins later', async (t) => {
  const { host, simulator, ivrid } = await readingBack(t, { target: 'call' });
  const { ok, status } = await host.open();
  assert.equal(ok, true);
  assert.deepEqual(status.target, { by: 'call', value: EXTENSION });
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  const later = simulator.startCall({ extension: EXTENSION, answered: true });
  await simulator.waitFor(() => simulator.mutedCalls().includes(later.ivrid));
  await host.close();
  await simulator.waitFor(() => simulator.mutedCalls().length === 0);
  assert.ok(asked(simulator).every(({ by }) => by === 'ivrid'), 'no request is for the extension');
  assert.equal(simulator.violations, 0);
});

test('target call without a call: no_active_call, until there is one', async (t) => {
  const { host, simulator, ivrid } = await readingBack(t, { target: 'call' });
  simulator.endCall(ivrid);
  const { error, status } = await host.open();
  assert.deepEqual([error?.code, status.state], ['no_active_call', 'unprotected']);
  const call = simulator.startCall({ extension: EXTENSION, answered: true });
  await host.waitForStatus(({ state }) => state === 'muted');
  assert.deepEqual(simulator.mutedCalls(), [call.ivrid]);
  await host.close();
});

test('target "call": a settler that has read the list itself ends with the unmute', async (t) => {
  // The grace is long enough for the settler to request the list while the call is still muted.
  const { host, simulator, ivrid, state_directory } =
    await readingBack(t, { target: 'call', policy: { grace_ms: 6000 } });
  await host.open();
  await host.waitForStatus(({ state }) => state === 'muted');
  const before = questions(simulator).length;
  await host.end();
  await until('a settler runs', async () => settlersOf(state_directory).length === 1);
  await simulator.waitFor({ type: 'call.unmuted', ivrid });
  assert.ok(questions(simulator).length > before, 'the settler has requested the list');
  await until('the settler ends', async () => settlersOf(state_directory).length === 0);
});
