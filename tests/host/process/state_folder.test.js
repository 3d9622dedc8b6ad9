// Tests the state folder. If the user cannot use the folder, or others could change it, host and doctor name
// its path, its owner and its mode. A program that root runs leaves no file of root in the folder.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmod, chown, cp, lchown, lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '../../simulator/simulator.js';
import { asUser } from './another_user.js';
import { command, commandInJson } from './commands.js';
import { HostProcess } from './host_process.js';
import { configOf, scene } from './scene.js';

/** @typedef {import('node:test').TestContext} TestContext */

const BUILT = fileURLToPath(new URL('../../../build/host/cardmute-host', import.meta.url));
/** Two user IDs that presumably no user of the machine has. */
const [AGENT, STRANGER] = [54_321, 54_322];
const AS_AGENT = asUser(AGENT);

const skip = (() => {
  if (process.getuid?.() !== 0) return 'only root can be two users';
  try {
    execFileSync(AS_AGENT[0], [...AS_AGENT.slice(1), 'true'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'there is no setpriv here';
  }
})();

/**
 * Makes a home folder of the agent, with a simulated call. The function `host` starts a host there, as the
 * agent or as root. The function `make` makes a folder with a given owner.
 * @param {TestContext} t
 */
async function agentsHome(t) {
  const simulator = await startSimulator();
  simulator.startCall({ extension: 'API1API', answered: true });
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-state-'));
  await chmod(folder, 0o755);
  const program = join(folder, 'cardmute-host');
  await cp(resolve(process.env.CARDMUTE_HOST || BUILT), program);
  const home = join(folder, 'home');
  const config_file = join(home, 'config.json');
  await mkdir(home);
  await writeFile(config_file, JSON.stringify(configOf(simulator, {}, { grace_ms: 100 })));
  for (const each of [home, config_file]) await chown(each, AGENT, AGENT);
  const state_directory = join(home, '.local/state/cardmute');
  const env = { PATH: process.env.PATH ?? '', HOME: home, CARDMUTE_CONFIG: config_file,
    CARDMUTE_STATE_DIR: state_directory };
  /** @type {HostProcess[]} */
  const hosts = [];
  t.after(async () => {
    for (const each of hosts) await each.finish(0);
    await simulator.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const host = (/** @type {string[]} */ under = AS_AGENT) => {
    hosts.push(new HostProcess({ env, under, program }));
    return /** @type {HostProcess} */ (hosts.at(-1));
  };
  const places = { config_file, state_directory, under: AS_AGENT, program };
  /**
   * Makes a folder, which belongs to the agent if no other owner is given.
   * @param {string} path
   * @param {{mode?: number, owner?: number}} [how]
   */
  const make = async (path, { mode = 0o700, owner = AGENT } = {}) => {
    await mkdir(path);
    await chmod(path, mode);
    await chown(path, owner, owner);
  };
  return { simulator, home, state_directory, host, places, make };
}

/** The folders above the state folder. @param {string} home */
const above = (home) => [join(home, '.local'), join(home, '.local/state')];

/** @type {[string, (scene: Awaited<ReturnType<typeof agentsHome>>) => Promise<unknown>, RegExp][]} */
const UNUSABLE = [
  ['a folder on the way is root\'s alone', async ({ home, make }) => {
    const [local] = above(home);
    await make(local, { owner: 0 });
  }, /\.local belongs to root and has mode 0700, so user 54321 cannot enter it; do: sudo chown -R /],
  ['a folder on the way may not be entered', async ({ home, make }) => {
    const [local, state] = above(home);
    await make(local);
    await make(state, { mode: 0o600 });
  }, /\.local\/state belongs to user 54321 and has mode 0600, so .* cannot enter it; do: chmod u\+rwx/],
  ['it is root\'s alone', async ({ home, state_directory, make }) => {
    for (const each of above(home)) await make(each);
    await make(state_directory, { owner: 0 });
  }, /state\/cardmute belongs to root and has mode 0700, so .* cannot enter it; expected: a folder of user/],
  ['it is another user\'s', async ({ home, state_directory, make }) => {
    for (const each of above(home)) await make(each);
    await make(state_directory, { owner: STRANGER, mode: 0o755 });
  }, /state\/cardmute belongs to user 54322 and has mode 0755, so user 54321 cannot write in it/],
  ['it cannot be made', async ({ home, make }) => {
    await make(above(home)[0], { owner: 0, mode: 0o755 });
  }, /cardmute is missing, and user 54321 cannot make it: .*\.local belongs to root and has mode 0755/],
  ['root has left the store there', async ({ home, state_directory, make }) => {
    for (const each of [...above(home), state_directory]) await make(each);
    await writeFile(join(state_directory, 'cardmute.db'), '', { mode: 0o600 });
  }, /cardmute\.db belongs to root and has mode 0600, so .* cannot write it; expected: a file of user 54321/],
];

describe('a state folder that an agent cannot use is reported', { skip }, () => {
  for (const [name, prepare, words] of UNUSABLE) {
    test(`${name}: by the host, which mutes all the same, and by doctor`, async (t) => {
      const home = await agentsHome(t);
      await prepare(home);
      const host = home.host();
      await host.hello();
      const { notices } = await host.waitForStatus((status) =>
        status.notices.some(({ code }) => code === 'store_failed'));
      assert.match(notices.find(({ code }) => code === 'store_failed')?.message ?? '', words);
      assert.equal((await host.open()).status.state, 'muted');
      await host.close();

      const { code, document } = await commandInJson(home.places, 'doctor');
      const check = document.checks.find((/** @type {any} */ { check: of }) => of === 'state folder');
      assert.deepEqual([code, check.code], [40, 'store_failed']);
      assert.match(`${check.text}; do: ${check.remedy}`, words);
    });
  }
});

test('a folder on the way that others may write is warned of by host and doctor, and used', async (t) => {
  const { host, another, directory, state_directory, config_file } = await scene(t);
  await host.kill();
  const loose = join(directory, 'loose');
  await mkdir(loose);
  await chmod(loose, 0o777);
  const places = { config_file, state_directory: join(loose, 'state') };
  const second = another({ env: { CARDMUTE_STATE_DIR: places.state_directory } });
  const { message } = (await second.hello()).status.notices
    .find(({ code }) => code === 'state_folder_unsafe') ?? { message: '' };
  assert.match(message, /\/loose belongs to \S.* and has mode 0777, so others can change what is in it/);
  assert.equal((await second.open()).status.state, 'muted');
  const { out } = await command(places, 'doctor');
  assert.match(out, /^WARNING {2}state folder: .*\/loose belongs to .*\n.*What to do: chmod go-w /m);
  // With the sticky bit, which /tmp has as well, users may remove only their own files.
  await chmod(loose, 0o1777);
  const mended = await command(places, 'doctor');
  assert.match(mended.out, /^OK {7}state folder/m);
  assert.ok(state_directory);
});

test('a link of another user on the way is warned of, and one of one\'s own is not', { skip }, async (t) => {
  const { home, state_directory, places, make } = await agentsHome(t);
  const [local, state] = above(home);
  await make(local);
  await make(join(home, 'elsewhere'));
  await symlink(join(home, 'elsewhere'), state);
  await lchown(state, AGENT, AGENT);
  const own = await command(places, 'doctor');
  assert.match(own.out, /^OK {7}state folder/m);
  await lchown(state, STRANGER, STRANGER);
  const { out } = await command(places, 'doctor');
  const words = /^WARNING {2}state folder: .*\/state belongs to user 54322 .*; expected: user \d+ or root$/m;
  assert.match(out, words);
  assert.equal(dirname(state_directory), state);
});

/**
 * Returns the files below a folder that belong to root. A file that a process deletes after it was listed is
 * not counted: a process that is just ending may do that.
 * @param {string} folder
 */
async function rootsFiles(folder) {
  const found = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const there = await lstat(join(folder, name)).catch((error) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (there?.uid === 0) found.push(name);
  }
  return found;
}

describe('root with an agent\'s home acts as that agent', { skip }, () => {
  test('commands leave nothing of root\'s there, and doctor says as whom it acts', async (t) => {
    const { home, places } = await agentsHome(t);
    const as_root = { ...places, under: [] };
    for (const words of ['install --all', 'status', 'mute', 'ledger', 'unmute', 'settle', 'uninstall']) {
      const { code, err } = await command(as_root, ...words.split(' '));
      assert.deepEqual([words, code, err], [words, 0, '']);
    }
    const { out } = await command(as_root, 'doctor');
    assert.match(out, /^note {5}user: started by root; acts as user 54321/m);
    assert.deepEqual(await rootsFiles(home), []);
    assert.ok((await readdir(home, { recursive: true })).some((name) => name.endsWith('cardmute.db')));
  });

  test('a folder of root in that home: the host says what to do, mutes, and leaves nothing', async (t) => {
    const { home, host, make, places } = await agentsHome(t);
    const [local, state] = above(home);
    await make(local);
    await make(state, { owner: 0, mode: 0o755 });
    const words = /cannot make it: .*\/state belongs to root .*; do: make it: sudo install -d -m 0700 -o /;
    const first = host([]);
    await first.hello();
    const { notices } = await first.waitForStatus((status) =>
      status.notices.some(({ code }) => code === 'store_failed'));
    assert.match(notices.find(({ code }) => code === 'store_failed')?.message ?? '', words);
    assert.equal((await first.open()).status.state, 'muted');
    await first.close();
    const { out } = await command({ ...places, under: [] }, 'doctor');
    assert.match(out, /sudo install -d -m 0700 -o /);
    assert.deepEqual(await rootsFiles(home), ['.local/state']);
  });

  test('the host of a browser and its settler leave nothing of root there either', async (t) => {
    const { home, host, simulator } = await agentsHome(t);
    const first = host([]);
    assert.equal((await first.open()).status.state, 'muted');
    await first.end();
    await simulator.waitFor(() => simulator.mutedCalls().length === 0);
    assert.deepEqual(await rootsFiles(home), []);
  });
});
