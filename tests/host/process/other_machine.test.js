// Tests a state folder that other machines or containers share. The mute of a live process there is not
// ended. The mute of an earlier boot of this machine is ended at once. These tests simulate another machine
// by a process that sees another boot_id, another machine-id or another PID namespace.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { command, commandInJson, startCommand } from './commands.js';
import { startSimulator } from '../../simulator/simulator.js';
import { asked, configOf, scene } from './scene.js';
import { settlersOf } from './settlers.js';

/** Why the tests are skipped: they need Linux, and a user who may create namespaces. */
const skip = (() => {
  try {
    execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'no user namespaces here';
  }
})();

const BOOT = '/proc/sys/kernel/random/boot_id';
const MACHINE = '/etc/machine-id';
/** Files with the machine's identity, in the order in which the host reads them. */
const MACHINES = [MACHINE, '/var/lib/dbus/machine-id'].filter((file) => existsSync(file));
/** @param {string} id */
const withIdentity = (id) => Object.fromEntries(MACHINES.map((file) => [file, id]));
const GRACE_MS = 400;
// Together these checks take far longer than a process needs to start.
const LOOKS = 500;
const LOOK_EVERY_MS = 20;
const policy = { grace_ms: GRACE_MS };

/**
 * Returns a command prefix that runs a host for which the given files have other content.
 * @param {string} directory
 * @param {Record<string, string>} contents
 */
async function elsewhere(directory, contents) {
  const mounts = [];
  for (const [index, [file, content]] of Object.entries(contents).entries()) {
    const other = join(directory, `other-${index}`);
    await writeFile(other, content);
    mounts.push(`mount --bind ${other} ${file} &&`);
  }
  return ['unshare', '-rm', 'sh', '-c', `${mounts.join(' ')} exec "$0" "$@"`];
}

const OTHER_BOOT = { [BOOT]: '11111111-2222-3333-4444-555555555555\n' };
const OTHER_MACHINE = { ...OTHER_BOOT, [MACHINE]: '0123456789abcdef0123456789abcdef\n' };

/** @param {import('./message_shape.js').Status} status */
const saysShared = ({ notices }) => notices.some(({ code }) => code === 'store_shared');

/** @type {[string, (directory: string) => Promise<string[]>][]} */
const OTHERS = [
  ['another machine', (directory) => elsewhere(directory, existsSync(MACHINE) ? OTHER_MACHINE : OTHER_BOOT)],
  ['a machine with the same, cloned identity', (directory) => elsewhere(directory, OTHER_BOOT)],
  ['another container', async () => ['unshare', '-rpf', '--mount-proc', '--kill-child']],
];

describe('live processes on another machine are left alone', { skip }, () => {
  for (const [name, words] of OTHERS) {
    test(`${name}: a second browser there unmutes nothing, and both say so`, async (t) => {
      const { host, another, directory, simulator, ivrid } = await scene(t, { policy });
      await host.open();
      const idle = another({ under: await words(directory) });
      await idle.hello();
      const told = await idle.waitForStatus(saysShared);
      assert.equal(told.surfaces, 0);
      await host.waitForStatus(saysShared);
      // While three mutes are sent, each host checks the other processes several times.
      await simulator.waitFor(() => asked(simulator, 'mute').length > 2);
      assert.equal(asked(simulator, 'unmute').length, 0);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
      await host.close();
      assert.deepEqual(simulator.mutedCalls(), []);
    });

    test(`${name}: settle unmutes nothing there`, async (t) => {
      const { host, directory, simulator, ivrid, ...places } = await scene(t, { policy });
      await host.open();
      const under = await words(directory);
      const { code } = await command({ ...places, under }, 'settle');
      assert.equal(code, 0);
      const doctor = await command({ ...places, under }, 'doctor');
      assert.match(doctor.out, /^note {5}shared state folder: another machine or container uses it/m);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
      assert.equal(asked(simulator, 'unmute').length, 0);
    });
  }

  test('a form there keeps the mute when the last one here is closed', async (t) => {
    const { host, another, directory, simulator, ivrid } = await scene(t, { policy });
    const there = another({ under: await elsewhere(directory, OTHER_MACHINE) });
    await there.open('there');
    await host.open('here');
    void host.close('here');
    await host.waitForStatus(({ surfaces, state }) => surfaces === 0 && state === 'muted');
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    assert.equal(asked(simulator, 'unmute').length, 0);
    await there.close('there');
    await simulator.waitFor(() => simulator.mutedCalls().length === 0);
  });
});

/** @param {string} state_directory @param {number} count */
async function untilSettlers(state_directory, count) {
  for (let left = LOOKS; settlersOf(state_directory).length < count; left -= 1) {
    assert.ok(left > 0, `there are no ${count} settlers`);
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * Starts a simulator for another agent, and returns options that start that agent's hosts on another machine.
 * @param {import('node:test').TestContext} t
 * @param {string} directory
 * @param {string[]} under
 */
async function farDesk(t, directory, under) {
  const far = await startSimulator();
  t.after(() => far.close());
  far.startCall({ extension: 'API1API', answered: true });
  const config_file = join(directory, 'there.json');
  await writeFile(config_file, JSON.stringify(configOf(far, {}, { ...policy, allow_record_override: true })));
  return { far, there: { under, env: { CARDMUTE_CONFIG: config_file } } };
}

describe('each machine settles its own mutes', { skip }, () => {
  for (const [name, words] of OTHERS) {
    test(`${name}: its form keeps the mute here after all here have gone, then it ends`, async (t) => {
      const { host, another, directory, simulator, ivrid, state_directory } = await scene(t, { policy });
      const { there } = await farDesk(t, directory, await words(directory));
      const far_host = another(there);
      await far_host.open('there');
      await host.open('here');
      await host.end();
      await untilSettlers(state_directory, 1);
      // Waits much longer than the grace, because the settler here must not end before the form there closes.
      await delay(2 * GRACE_MS);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
      assert.equal(settlersOf(state_directory).length, 1);
      await far_host.close('there');
      await simulator.waitFor(() => simulator.mutedCalls().length === 0);
    });
  }

  // A container's settlers end together with the container, so the container is left out here.
  for (const [name, words] of OTHERS.filter(([other]) => other !== 'another container')) {
    test(`${name}: its settlers are at work, and the call here is unmuted`, async (t) => {
      const { another, directory, config_file, state_directory, ...here } = await scene(t, { policy });
      const { host, simulator } = here;
      const { far, there: desk } = await farDesk(t, directory, await words(directory));
      far.setFault({ fault: 'http_error', http_status: 503, only: 'unmute' });
      const far_host = another(desk);
      await far_host.open('there');
      // With `record`, the far host leaves an unmute outstanding, and no open form that would keep the call
      // here muted.
      await far_host.override('record');
      await far_host.end();
      await untilSettlers(state_directory, 1);
      startCommand({ config_file, state_directory, ...desk }, 'settle', '--detached'); // waits for the first
      await untilSettlers(state_directory, 2);
      await host.open();
      await host.end();
      await simulator.waitFor(() => simulator.mutedCalls().length === 0);
    });
  }
});

describe('mutes of what may be another machine are not ended', { skip }, () => {
  for (const [name, own, other] of /** @type {[string, string, string][]} */ ([
    ['neither has an identity', '', ''],
    ['both have none yet', 'uninitialized\n', 'uninitialized\n'],
    ['only the other has none', '0123456789abcdef0123456789abcdef\n', ''],
  ])) {
    test(name, { skip: !existsSync(MACHINE) && 'no machine-id here' }, async (t) => {
      const { host, another, directory, simulator, ivrid, ...places } = await scene(t, { policy });
      await host.kill();
      const there = another({ under: await elsewhere(directory, { ...OTHER_BOOT, ...withIdentity(other) }) });
      await there.open();
      await there.kill();
      const under = await elsewhere(join(directory, 'state'), withIdentity(own));
      const { document } = await commandInJson({ ...places, under }, 'settle');
      assert.equal(document.unmutes, 0);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    });
  }
});

describe('mutes of an earlier boot of this machine are ended at once', { skip }, () => {
  /** @param {import('node:test').TestContext} t */
  async function powerCut(t) {
    const started = await scene(t, { policy: { grace_ms: 60_000 } });
    const before = started.another({ under: await elsewhere(started.directory, OTHER_BOOT) });
    await before.open();
    await before.kill();
    assert.deepEqual(started.simulator.mutedCalls(), [started.ivrid]);
    return started;
  }

  test('by the next host, without the grace', async (t) => {
    const { host, simulator } = await powerCut(t);
    await host.hello();
    await simulator.waitFor(() => simulator.mutedCalls().length === 0);
  });

  test('by settle', async (t) => {
    const { host, simulator, ...places } = await powerCut(t);
    await host.kill();
    const { document } = await commandInJson(places, 'settle');
    assert.deepEqual(document, { ok: true, mutes: 0, unmutes: 1 });
    assert.deepEqual(simulator.mutedCalls(), []);
  });
});
