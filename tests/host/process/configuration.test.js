// Tests that without a valid configuration the host says what is wrong, and recovers when the file is
// corrected.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { startSimulator } from '../../simulator/simulator.js';
import { asked, configOf, hostFor, scene } from './scene.js';
import { logFile, untilFile } from './state_files.js';

/** @typedef {import('node:test').TestContext} TestContext */

const MUTE_URL = 'https://voicenter.example.com/api/MuteUnmuteCalls';

/**
 * Starts a host with this configuration, and a simulator to use once the configuration is corrected.
 * @param {TestContext} t
 * @param {string | object | null} config
 */
async function brokenScene(t, config) {
  const simulator = await startSimulator();
  const { ivrid } = simulator.startCall({ answered: true });
  return { simulator, ivrid, ...(await hostFor(t, { config }, () => simulator.close())) };
}

describe('each wrong configuration is answered with its file, key and expectation', () => {
  for (const [name, config, message] of /** @type {[string, string | object | null, RegExp][]} */ ([
    ['no file', null, /no such file\. Expected: the file that CARDMUTE_CONFIG names/],
    ['no JSON', '{"voicenter": ', /line 1.*Expected: JSON/],
    ['no extension', {}, /voicenter\.extension: missing\. Expected: the agent's SIP ID/],
    ['an unknown key', { voicenter: { extension: 'A', mute_uri: 'x' } }, /voicenter\.mute_uri: .*Expected: /],
    [
      'a wrong type',
      { voicenter: { extension: 'A', timeout_ms: '2000' } },
      /voicenter\.timeout_ms: found "2000"\. Expected: /,
    ],
    ['out of range', { voicenter: { extension: 'A', reassert_ms: 1 } }, /voicenter\.reassert_ms: .*100/],
    [
      'plain http to another machine',
      { voicenter: { extension: 'A', mute_url: MUTE_URL.replace('https', 'http') } },
      /voicenter\.mute_url: .*Expected: an https address/,
    ],
    ['a wrong site', { voicenter: { extension: 'A' }, policy: { sites: ['crm'] } }, /policy\.sites.*"crm"/],
  ])) {
    test(name, async (t) => {
      const { host, config_file } = await brokenScene(t, config);
      const { ok, error, policy, status } = await host.hello();
      assert.deepEqual([ok, error?.code, policy], [false, 'config_invalid', undefined]);
      assert.ok(error?.message.startsWith(`${config_file}: `), `${error?.message}`);
      assert.match(error?.message ?? '', message);
      assert.deepEqual([status.state, status.target], ['recording', null]);
      assert.deepEqual(status.problem, error);
    });
  }
});

test('every request is answered with config_invalid, and an open form is unprotected', async (t) => {
  const { host } = await brokenScene(t, {});
  const requests = [
    { type: 'hello', protocol: 1 },
    { type: 'status' },
    { type: 'surface.open', surface: 'form' },
    { type: 'surface.active', surface: 'form' },
    { type: 'override', mode: 'mute' },
    { type: 'override', mode: 'record' },
    { type: 'override', mode: 'auto' },
  ];
  for (const request of requests) {
    assert.equal((await host.request(request)).error?.code, 'config_invalid', JSON.stringify(request));
  }
  const { state, surfaces, problem } = await host.status();
  assert.deepEqual([state, surfaces, problem?.code], ['unprotected', 1, 'config_invalid']);
  const { error, status } = await host.close();
  assert.deepEqual([error?.code, status.state, status.surfaces], ['config_invalid', 'recording', 0]);
});

describe('the file is checked again while the host runs', { concurrency: true }, () => {
  test('corrected: the policy is sent, and the form that was opened meanwhile is muted', async (t) => {
    const { host, configure, simulator, ivrid } = await brokenScene(t, '{');
    await host.hello();
    assert.equal((await host.open()).error?.code, 'config_invalid');
    await configure(configOf(simulator, {}, { grace_ms: 77 }));
    const { type, policy } = await host.waitFor((message) => message.policy);
    assert.deepEqual([type, policy.grace_ms], ['status', 77]);
    const status = await host.waitForStatus(({ state }) => state === 'muted');
    assert.deepEqual([status.problem, status.target], [null, { by: 'extension', value: 'API1API' }]);
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    assert.equal((await host.close()).ok, true);
    assert.deepEqual(simulator.mutedCalls(), []);
  });

  test('changed while nothing is muted: the policy is sent, and the new target is used', async (t) => {
    const { host, configure, simulator } = await scene(t);
    await host.hello();
    const { ivrid } = simulator.startCall({ extension: 'API2API', answered: true });
    await configure(configOf(simulator, { extension: 'API2API' }, { interlock: 'off' }));
    const { policy, status } = await host.waitFor((message) => message.policy?.interlock === 'off');
    assert.deepEqual([policy.grace_ms, status.target?.value], [3000, 'API2API']);
    await host.open();
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  });

  test('changed while a form is open: the mute ends as it began, and then the change applies', async (t) => {
    const { host, configure, simulator, ivrid } = await scene(t, { voicenter: { reassert_ms: 1000 } });
    await host.hello();
    await host.open();
    await configure(configOf(simulator, { extension: 'API2API' }));
    // Five re-assertions take 5 s. In this time the host checks the file at least twice.
    await simulator.waitFor(() => asked(simulator, 'mute').length === 6);
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    await host.close();
    assert.deepEqual(simulator.mutedCalls(), []);
    assert.ok(asked(simulator).every(({ value }) => value === 'API1API'));
    await host.waitForStatus(({ target }) => target?.value === 'API2API');
  });

  test('made invalid while the host runs: the last valid one still applies', async (t) => {
    const { host, config_file, state_directory, configure, simulator, ivrid } = await scene(t);
    await host.hello();
    await configure('{"voicenter": 7}');
    const log = logFile(state_directory);
    await untilFile(log, (text) => /config problem=.*voicenter: found/.test(text));
    assert.equal((await host.hello()).policy.grace_ms, 3000);
    await rm(config_file);
    await untilFile(log, (text) => /config problem=.*no such file/.test(text));
    assert.equal((await host.open()).ok, true);
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  });
});
