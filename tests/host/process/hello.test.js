// Tests the reply to hello: the host's version, the policy, and which side to update.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { scene, SITES } from './scene.js';

const PACKAGE = new URL('../../../package.json', import.meta.url);

test('the reply to hello has the host\'s version, protocol, policy and status', async (t) => {
  const changes = { grace_ms: 1234, interlock: 'off', on_browser_gone: 'stay-muted' };
  const { host } = await scene(t, { policy: changes });
  const reply = await host.hello();
  const { version } = JSON.parse(await readFile(PACKAGE, 'utf8'));
  assert.deepEqual([reply.ok, reply.host_version, reply.protocol], [true, version, 1]);
  assert.deepEqual(reply.policy, {
    sites: SITES,
    rules: [],
    interlock_timeout_ms: 1500,
    premute: true,
    allow_record_override: false,
    idle_minutes: 10,
    on_idle: 'alert',
    manual_mute_minutes: 30,
    form_mute_minutes: 10,
    agent_may_correct: 'mute',
    alert_sound: false,
    ...changes,
  });
  const { since, ...status } = reply.status;
  assert.ok(Math.abs(Date.now() - Date.parse(since)) < 60_000, since);
  assert.deepEqual(status, {
    ...{ state: 'recording', verified: null, target: { by: 'extension', value: 'API1API' } },
    ...{ provider: 'Voicenter', agent: null, call: null, surfaces: 0, elsewhere: 0, override: 'auto' },
    extension: { sip_id: 'API1API', source: 'machine', may_set: false },
    ...{ last: null, problem: null, notices: [] },
  });
});

test('nothing of the configuration but the policy reaches the browser', async (t) => {
  const secret = 'ORGANISATION-SECRET';
  const active_calls = { url: 'https://calls.example.com/GetExtensionsCalls', code: secret };
  const { host, simulator } = await scene(t, { voicenter: { active_calls } });
  await host.hello();
  await host.open();
  await host.close();
  const told = JSON.stringify(host.messages);
  for (const hidden of [secret, 'calls.example.com', simulator.muteUrl]) {
    assert.ok(!told.includes(hidden), hidden);
  }
});

for (const [protocol, side] of /** @type {[number, string][]} */ ([
  [2, 'host'],
  [0, 'extension'],
  [-1, 'extension'],
])) {
  test(`protocol ${protocol}: protocol_mismatch, update the ${side}, and the host continues`, async (t) => {
    const { host } = await scene(t);
    const { ok, error, protocol: own } = await host.hello({ protocol });
    assert.deepEqual([ok, error?.code, own], [false, 'protocol_mismatch', 1]);
    assert.match(error?.message ?? '', new RegExp(`Update the ${side}\\.`));
    assert.equal((await host.hello()).ok, true);
  });
}

test('hello twice, and hello without `client`', async (t) => {
  const { host } = await scene(t);
  for (const fields of [{}, { client: undefined }, { client: {} }]) {
    const { ok, policy } = await host.hello(fields);
    assert.deepEqual([ok, policy.sites], [true, SITES]);
  }
});

test('a form that opens before hello is also muted', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  assert.equal((await host.open()).status.state, 'muted');
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});
