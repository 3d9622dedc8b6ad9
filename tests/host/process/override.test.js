// Tests the agent's manual choice, which overrides the forms: mute, record, and back to automatic.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked, scene } from './scene.js';

test('mute without a form, until the agent goes back to automatic', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  const muted = await host.override('mute');
  assert.deepEqual([muted.ok, muted.status.state, muted.status.override], [true, 'muted', 'mute']);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  const over = await host.override('auto');
  assert.deepEqual([over.ok, over.status.state, over.status.override], [true, 'recording', 'auto']);
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('a manual mute outlives the form, and a form outlives a manual mute', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  await host.override('mute');
  await host.open();
  await host.close();
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  await host.open();
  assert.equal((await host.override('auto')).status.state, 'muted');
  assert.equal(asked(simulator, 'unmute').length, 0);
  await host.close();
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('record over an open form is refused by the default policy, and nothing changes', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  await host.open();
  const { ok, error, status } = await host.override('record');
  assert.deepEqual([ok, error?.code], [false, 'override_refused']);
  assert.match(error?.message ?? '', /policy\.allow_record_override.*Close the form/);
  assert.deepEqual([status.state, status.override, status.problem], ['muted', 'auto', null]);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});

test('record over an open form where the policy allows it, until the agent takes it back', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { policy: { allow_record_override: true } });
  await host.open();
  const { ok, status } = await host.override('record');
  assert.deepEqual([ok, status.state, status.override, status.surfaces], [true, 'recording', 'record', 1]);
  assert.deepEqual(simulator.mutedCalls(), []);
  const back = await host.override('auto');
  assert.deepEqual([back.ok, back.status.state], [true, 'muted']);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});

test('record applies to the open forms only: the next one is muted', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { policy: { allow_record_override: true } });
  await host.open('first');
  await host.override('record');
  const { status } = await host.open('second');
  assert.deepEqual([status.state, status.override], ['muted', 'auto']);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});

test('record ends with the last form', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { policy: { allow_record_override: true } });
  await host.open();
  await host.override('record');
  assert.equal((await host.close()).status.override, 'auto');
  await host.open();
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});
