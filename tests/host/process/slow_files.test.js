// Tests a configuration whose files are on a disk that does not answer: no mute waits for these files.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { makeCertificates } from '../../simulator/certificates.js';
import { PIN, startRealTime } from '../../simulator/real_time.js';
import { startSimulator } from '../../simulator/simulator.js';
import { SKIP_PRELOADED as skip } from './preloaded.js';
import { asked, configOf, hostFor } from './scene.js';
import { slowDisk } from './slow_disk.js';

const { tls, ca_file, remove } = await makeCertificates();
const pem = await readFile(ca_file, 'utf8');
after(remove);

/**
 * Starts a host whose configuration, CA file and code are on one disk. `freeze` stops that disk, and `thaw`
 * lets it go on.
 * @param {import('node:test').TestContext} t
 * @param {{ frozen?: boolean, active_calls?: boolean, events?: boolean }} [options]
 */
async function slowScene(t, { frozen = false, active_calls = false, events = false } = {}) {
  const simulator = await startSimulator({ tls });
  const realTime = await startRealTime(simulator);
  const { ivrid } = simulator.startCall({ extension: 'API1API', answered: true });
  const idle = await hostFor(t, { config: null }, async () => {
    await realTime.close();
    await simulator.close();
  });
  await idle.host.kill();
  const folder = join(idle.directory, 'slow');
  mkdirSync(folder);
  const files = { ca_file: join(folder, 'ca.pem'), code: join(folder, 'code'), pin: join(folder, 'pin') };
  await writeFile(files.pin, PIN);
  await writeFile(files.ca_file, pem);
  await writeFile(files.code, simulator.settings.code);
  const listed = { url: simulator.activeCallsUrl, code: { file: files.code } };
  const calls = active_calls && { active_calls: listed };
  const realtime = { ...realTime.config, pin: { file: files.pin } };
  const heard = events && { realtime, reassert_ms: NEVER_ms };
  const voicenter = { ca_file: files.ca_file, reassert_ms: 200, ...calls, ...heard };
  const config = join(folder, 'config.json');
  await writeFile(config, JSON.stringify(configOf(simulator, voicenter)));
  const { env, freeze, thaw, untilMet } = slowDisk(t, idle.directory, '/slow/');
  if (frozen) freeze();
  const host = idle.another({ env: { ...env, CARDMUTE_CONFIG: config } });
  return { host, simulator, realTime, ivrid, freeze, thaw, untilMet };
}

/** Longer than any test takes, so that no repeated mute mutes a call. */
const NEVER_ms = 60_000;

describe('a disk that does not answer', { skip }, () => {
  test('while the files are looked at again: mutes, repetitions, unmutes and the end go on', async (t) => {
    const { host, simulator, ivrid, freeze, untilMet } = await slowScene(t);
    await host.hello();
    freeze();
    await untilMet();
    for (let round = 0; round < 3; round += 1) {
      assert.equal((await host.open(`form ${round}`)).status.state, 'muted');
      const before = asked(simulator, 'mute').length;
      await simulator.waitFor(() => asked(simulator, 'mute').length >= before + 5);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
      assert.equal((await host.close(`form ${round}`)).status.state, 'recording');
    }
    assert.equal((await host.end()).code, 0);
  });

  test('a new connection reads no file', async (t) => {
    const { host, simulator, freeze, untilMet } = await slowScene(t);
    await host.hello();
    await host.open('a');
    await host.close('a');
    freeze();
    await untilMet();
    simulator.closeConnections();
    assert.equal((await host.open('b')).status.state, 'muted');
  });

  test('the browser ends while a form is open: the host itself unmutes', async (t) => {
    const { host, simulator, freeze, untilMet } = await slowScene(t);
    await host.hello();
    await host.open('a');
    freeze();
    await untilMet();
    await host.end();
    await simulator.waitFor(() => simulator.mutedCalls().length === 0);
  });

  test('a new call is muted by its event, also after the events were lost and have come back', async (t) => {
    const { host, simulator, realTime, freeze, untilMet } = await slowScene(t, { events: true });
    await host.hello();
    await host.waitForStatus(({ call }) => call?.on === true);
    freeze();
    await untilMet();
    await host.open();
    const first = simulator.startCall({ answered: true }).ivrid;
    const { seq } = await simulator.waitFor({ type: 'call.muted', ivrid: first });
    realTime.kill();
    await simulator.waitFor({ type: 'real_time.joined' }, { after: seq });
    const second = simulator.startCall({ answered: true }).ivrid;
    await simulator.waitFor({ type: 'call.muted', ivrid: second });
    await host.close();
  });

  test('a slow look is reported, and its end', async (t) => {
    const { host, freeze, thaw, untilMet } = await slowScene(t);
    await host.hello();
    freeze();
    await untilMet();
    const isSlow = (/** @type {import('./message_shape.js').Status} */ { notices }) =>
      notices.some(({ code, message }) =>
        code === 'configuration_not_used' && /does not answer/.test(message));
    await host.waitForStatus(isSlow);
    const before = host.messages.length;
    thaw();
    await host.waitForStatus((status) => !isSlow(status), before);
  });

  test('when the host starts: reports the reason, and mutes a form once the files are read', async (t) => {
    const { host, simulator, ivrid, thaw, untilMet } = await slowScene(t, { frozen: true });
    const hello = await host.hello();
    assert.equal(hello.error?.code, 'config_invalid');
    assert.match(hello.error?.message ?? '', /has not been read yet.*does not answer/);
    await untilMet();
    assert.equal((await host.open()).status.state, 'unprotected');
    thaw();
    await host.waitForStatus(({ state }) => state === 'muted');
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  });

  test('with the code for Active Calls: mutes go on', async (t) => {
    const { host, simulator, freeze, untilMet } = await slowScene(t, { active_calls: true });
    await host.hello();
    await host.open('a');
    await host.waitForStatus(({ verified }) => verified === true);
    freeze();
    await untilMet();
    const before = asked(simulator, 'mute').length;
    await simulator.waitFor(() => asked(simulator, 'mute').length >= before + 20);
    assert.equal((await host.close('a')).status.state, 'recording');
    assert.equal((await host.open('b')).status.state, 'muted');
  });
});
