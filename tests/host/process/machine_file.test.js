// Tests that the machine's file overrides the environment, and that mistakes in the user's file do not
// invalidate the machine's file. Each host runs in a mount namespace with its own /etc. The namespace
// shares everything else.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, lchown, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startSimulator } from '../../simulator/simulator.js';
import { HostProcess } from './host_process.js';
import { SKIP_PRELOADED } from './preloaded.js';
import { configOf } from './scene.js';
import { slowDisk } from './slow_disk.js';
import { logFile, untilFile } from './state_files.js';

/** @typedef {import('node:test').TestContext} TestContext */

const NAMESPACE = ['--user', '--map-root-user', '--mount'];
const can_unshare = spawnSync('unshare', [...NAMESPACE, 'true']).status === 0;
const skip = can_unshare ? false : 'user namespaces are off on this machine';

/**
 * @param {TestContext} t
 * @param {{machine: (simulator: any) => object, user?: string, environment?: boolean,
 *   homes?: (folder: string) => Record<string, string>, args?: string[], exit_code?: number,
 *   prepare?: (etc: string, folder: string) => Promise<unknown>}} files
 */
async function machineScene(t, { machine, user, environment = false, homes, prepare, args, exit_code = 0 }) {
  const simulator = await startSimulator();
  simulator.startCall({ extension: 'API1API', answered: true });
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-machine-'));
  const [etc, real] = [join(folder, 'etc'), join(folder, 'real')];
  await mkdir(join(etc, 'cardmute'), { recursive: true });
  await mkdir(real);
  await mkdir(join(folder, '.config/cardmute'), { recursive: true });
  for (const name of await readdir('/etc')) await symlink(join(real, name), join(etc, name)).catch(() => {});
  await rm(join(etc, 'passwd'), { force: true });
  await writeFile(join(etc, 'passwd'), `root:x:0:0::${folder}:/bin/sh\n`);
  await writeFile(join(etc, 'cardmute/config.json'), JSON.stringify(machine(simulator)));
  await prepare?.(etc, folder);
  if (user !== undefined) await writeFile(join(folder, '.config/cardmute/config.json'), user);
  const only = join(folder, 'only.json');
  await writeFile(only, JSON.stringify(configOf(simulator, { extension: 'OTHER' })));
  const chosen = join(folder, 'chosen');
  const places = environment ? { CARDMUTE_CONFIG: only, CARDMUTE_STATE_DIR: chosen } : {};
  const host = new HostProcess({
    args,
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...places, ...homes?.(folder) },
    under: ['unshare', ...NAMESPACE, 'sh', '-c',
      `mount --rbind /etc ${real} && mount --bind ${etc} /etc && exec "$0" "$@"`],
  });
  t.after(async () => {
    await host.finish(exit_code);
    await simulator.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return { simulator, host, folder, state: join(folder, '.local/state/cardmute'), chosen };
}

const codes = (/** @type {any} */ status) => status.notices.map((/** @type {any} */ { code }) => code);

describe('where a machine file exists', { skip }, () => {
  test('the environment is ignored, and popup and log say so', async (t) => {
    const { host, state } = await machineScene(t, { machine: configOf, environment: true });
    const { ok, status } = await host.hello();
    assert.deepEqual([ok, status.target?.value], [true, 'API1API']);
    const notice = status.notices.find(({ code }) => code === 'environment_ignored');
    assert.match(notice?.message ?? '', /^CARDMUTE_CONFIG and CARDMUTE_STATE_DIR are set and ignored/);
    await untilFile(logFile(state), (text) => /config .*CARDMUTE_CONFIG is set and ignored/.test(text));
  });

  test('the environment counts if the machine\'s file allows it', async (t) => {
    const machine = (/** @type {any} */ simulator) => ({ ...configOf(simulator), environment_may: true });
    const { host, chosen } = await machineScene(t, { machine, environment: true });
    const { status } = await host.hello();
    assert.equal(status.target?.value, 'OTHER');
    assert.ok(!codes(status).includes('environment_ignored'));
    await untilFile(logFile(chosen), (text) => text.includes('hello'));
  });

  const astray = (/** @type {string} */ folder) => ({
    HOME: join(folder, 'astray'), XDG_CONFIG_HOME: join(folder, 'c'), XDG_STATE_HOME: join(folder, 's'),
  });

  test('HOME and XDG_ do not lead away from the store that all browsers share', async (t) => {
    const user = '{"voicenter": {"extension": "OWN"}}';
    const { host, state } = await machineScene(t, { machine: configOf, user, homes: astray });
    const { status } = await host.hello();
    assert.equal(status.target?.value, 'OWN');
    const notice = status.notices.find(({ code }) => code === 'environment_ignored');
    assert.match(notice?.message ?? '', /^HOME and XDG_CONFIG_HOME and XDG_STATE_HOME are set and ignored/);
    await untilFile(logFile(state), (text) => /config .*XDG_STATE_HOME is set and ignored/.test(text));
  });

  test('HOME and XDG_ count if the machine\'s file allows it', async (t) => {
    const machine = (/** @type {any} */ simulator) => ({ ...configOf(simulator), environment_may: true });
    const { host, folder } = await machineScene(t, { machine, homes: astray });
    const { status } = await host.hello();
    assert.ok(!codes(status).includes('environment_ignored'));
    await untilFile(logFile(join(folder, 's/cardmute')), (text) => text.includes('hello'));
  });

  test('a mistake in the user\'s file does not affect the machine\'s, and the popup says so', async (t) => {
    const { host, simulator } = await machineScene(t, { machine: configOf, user: '{' });
    const { ok, status, policy } = await host.hello();
    assert.deepEqual([ok, policy.sites.length], [true, 1]);
    const notice = status.notices.find(({ code }) => code === 'user_settings_ignored');
    assert.match(notice?.message ?? '', /config\.json: ignored: line 1/);
    assert.equal((await host.open()).ok, true);
    assert.equal(simulator.mutedCalls().length, 1);
    await host.close();
  });

  /** @type {[string, (etc: string, folder: string) => Promise<unknown>, RegExp][]} */
  const UNSAFE = [
    ['in a folder that all may write', (etc) => chmod(join(etc, 'cardmute'), 0o777),
      /\/etc\/cardmute belongs to root and has mode 0777, .*; do: sudo chmod go-w \/etc\/cardmute/],
    ['below a folder that all may write', (etc) => chmod(etc, 0o777),
      /: \/etc belongs to root and has mode 0777/],
    ['behind a link, in a folder that all may write', async (etc, folder) => {
      await rename(join(etc, 'cardmute'), join(folder, 'linked'));
      await symlink(join(folder, 'linked'), join(etc, 'cardmute'));
      await chmod(join(folder, 'linked'), 0o777);
    }, /\/linked belongs to root and has mode 0777/],
  ];
  for (const [name, prepare, words] of UNSAFE) {
    test(`${name} it is refused, and the user's own does not replace it`, async (t) => {
      const user = '{"voicenter": {"extension": "U"}}';
      const { host } = await machineScene(t, { machine: configOf, user, prepare });
      const { ok, error } = await host.hello();
      assert.deepEqual([ok, error?.code], [false, 'config_invalid']);
      assert.match(error?.message ?? '', words);
    });
  }

  const only_root = process.getuid?.() === 0 ? false : 'only root can give files away';
  test('below a folder or behind a link of somebody else it is refused', { skip: only_root }, async (t) => {
    const prepare = async (/** @type {string} */ etc, /** @type {string} */ folder) => {
      await rename(join(etc, 'cardmute'), join(folder, 'linked'));
      await symlink(join(folder, 'linked'), join(etc, 'cardmute'));
      await lchown(join(etc, 'cardmute'), 54_321, 54_321);
    };
    const { host } = await machineScene(t, { machine: configOf, prepare });
    assert.match((await host.hello()).error?.message ?? '', /\/etc\/cardmute belongs to .* expected: root/);
  });

  test('without an extension the policy is still sent, so that forms are found', async (t) => {
    const machine = () => ({ policy: { sites: ['https://crm.example.com/*'] } });
    const { host } = await machineScene(t, { machine, user: '{' });
    const { ok, error, policy } = await host.hello();
    assert.deepEqual([ok, error?.code], [false, 'config_invalid']);
    assert.deepEqual(policy.sites, ['https://crm.example.com/*']);
    const { status } = await host.open();
    assert.equal(status.state, 'unprotected');
    await host.close();
  });
});

describe('the machine\'s files or the user database do not answer', { skip: skip || SKIP_PRELOADED }, () => {
  const STRANGER = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/';
  /**
   * Starts a host while the paths that contain `part` are on a disk that does not answer.
   * @param {TestContext} t
   * @param {string} part
   * @param {Partial<Parameters<typeof machineScene>[1]>} [files]
   */
  const frozenScene = (t, part, files) => {
    const homes = (/** @type {string} */ folder) => {
      const { env, freeze } = slowDisk(t, folder, part);
      freeze();
      return env;
    };
    return machineScene(t, { machine: configOf, homes, ...files });
  };

  test('the machine\'s file: the popup gets the reason', async (t) => {
    const { host } = await frozenScene(t, '/etc/cardmute');
    const { ok, error } = await host.hello();
    assert.deepEqual([ok, error?.code], [false, 'config_invalid']);
    assert.match(error?.message ?? '', /has not been read yet.*does not answer/);
    assert.equal((await host.open()).status.state, 'unprotected');
  });

  test('the machine\'s file, for an extension that it may allow: refused with the reason', async (t) => {
    const { host } = await frozenScene(t, '/etc/cardmute', { args: [STRANGER], exit_code: 77 });
    assert.equal((await host.exit).code, 77);
    assert.match(host.messages[0].error?.message ?? '', /extensions may use CardMute's host do not answer/);
  });

  test('a file that the configuration names: an extension that the machine allows is served', async (t) => {
    const machine = (/** @type {any} */ simulator) =>
      ({ ...configOf(simulator, { ca_file: '/slow/ca.pem' }), allowed_callers: [STRANGER] });
    const { host } = await frozenScene(t, '/slow/', { args: [STRANGER], machine });
    const { error } = await host.hello();
    assert.match(error?.message ?? '', /has not been read yet.*does not answer/);
  });

  test('the user database: HOME says where the state is, and an open form is muted', async (t) => {
    // Others may write in the folder, so the host has to name its owner, whom only the user database knows.
    const prepare = (/** @type {string} */ _etc, /** @type {string} */ folder) =>
      mkdir(join(folder, '.local/state/cardmute'), { recursive: true })
        .then(() => chmod(join(folder, '.local/state/cardmute'), 0o777));
    const { host, state, simulator } = await frozenScene(t, 'user database', { prepare });
    assert.equal((await host.hello()).ok, true);
    assert.equal((await host.open()).status.state, 'muted');
    await host.close();
    assert.deepEqual(simulator.mutedCalls(), []);
    await untilFile(logFile(state), (text) => text.includes('hello'));
  });

  test('the user database, and a table of extensions: nobody\'s calls are muted', async (t) => {
    const machine = (/** @type {any} */ simulator) =>
      configOf(simulator, { extension: 'OTHER', extensions: { root: 'API1API' } });
    const { host, simulator } = await frozenScene(t, 'user database', { machine });
    await host.hello();
    const { problem } = await host.waitForStatus((status) =>
      /log-in name, does not answer/.test(status.problem?.message ?? ''));
    assert.equal(problem?.code, 'config_invalid');
    assert.equal((await host.open()).status.state, 'unprotected');
    assert.deepEqual(simulator.requests, []);
  });

  test('a user database without this user: HOME counts, and the log says so', async (t) => {
    const prepare = async (/** @type {string} */ etc) => {
      await writeFile(join(etc, 'passwd'), 'daemon:x:1:1::/:/bin/sh\n');
      // Users are looked up only in this file, because another source may know root without it.
      await rm(join(etc, 'nsswitch.conf'), { force: true });
      await writeFile(join(etc, 'nsswitch.conf'), 'passwd: files\n');
    };
    const { host, state } = await machineScene(t, { machine: configOf, prepare });
    assert.equal((await host.hello()).ok, true);
    await untilFile(logFile(state), (text) => /config .*HOME and XDG_… say where the state is/.test(text));
  });
});
