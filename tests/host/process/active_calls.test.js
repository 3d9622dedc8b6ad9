// With Active Calls: what it says of the mute, new calls, transferred calls, and muting call by call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked, scene } from './scene.js';

/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */

const EXTENSION = 'API1API';
const CODE = 'SIMULATED-CODE';

/**
 * @param {import('node:test').TestContext} t
 * @param {{ target?: string, code?: string }} [options]
 */
const readingBack = (t, { target = 'extension', code = CODE } = {}) =>
  scene(t, { active_calls: code, voicenter: { target } });

const questions = (/** @type {Simulator} */ simulator) =>
  simulator.requests.filter(({ endpoint }) => endpoint === 'active_calls');

test('acknowledged and muted: verified, and not asked more often than every 5 s', async (t) => {
  const { host, simulator } = await readingBack(t);
  await host.open();
  const status = await host.waitForStatus(({ verified }) => verified !== null);
  assert.deepEqual([status.state, status.verified], ['muted', true]);
  await simulator.waitFor(() => questions(simulator).length === 2, { timeout_ms: 10_000 });
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

test('two browsers together ask no more often than one may, and both know', async (t) => {
  const { host, another, simulator } = await readingBack(t);
  const second = another();
  await Promise.all([host.open('a'), second.open('b')]);
  await Promise.all([host, second].map((each) => each.waitForStatus(({ verified }) => verified === true)));
  await simulator.waitFor(() => questions(simulator).length === 3, { timeout_ms: 15_000 });
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
  await simulator.waitFor(() => !simulator.mutedCalls().includes(ivrid), { timeout_ms: 10_000 });
  assert.deepEqual(simulator.mutedCalls(), [other.ivrid], 'the call that stayed is muted still');
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
  await simulator.waitFor(() => simulator.mutedCalls().length === 0, { timeout_ms: 10_000 });
  assert.equal(simulator.violations, 0);
});

test('target call: each active call is muted by its ivrid, also one that begins later', async (t) => {
  const { host, simulator, ivrid } = await readingBack(t, { target: 'call' });
  const { ok, status } = await host.open();
  assert.equal(ok, true);
  assert.deepEqual(status.target, { by: 'call', value: EXTENSION });
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  const later = simulator.startCall({ extension: EXTENSION, answered: true });
  await simulator.waitFor(() => simulator.mutedCalls().includes(later.ivrid), { timeout_ms: 10_000 });
  await host.close();
  await simulator.waitFor(() => simulator.mutedCalls().length === 0);
  assert.ok(asked(simulator).every(({ by }) => by === 'ivrid'), 'nothing is asked of the extension');
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
