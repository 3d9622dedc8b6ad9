// Tests a disk that never answers a sync, and files of the store that are changed while hosts run: no request
// waits, and no host crashes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { command } from './commands.js';
import { IS_OF_STORE, libraryOf, SKIP_PRELOADED as skip } from './preloaded.js';
import { asked, scene } from './scene.js';
import { untilFile } from './state_files.js';

/** How long a sync of the store takes here: far longer than any test waits. */
const FOR_EVER_S = 3600;
/** The limit for work that must not wait for a sync. */
const AT_ONCE_MS = 5000;

/** Makes a sync of the store take forever. */
const library = libraryOf(`
${IS_OF_STORE}
static int wait_for_it(int fd) {
  if (is_of_store(fd)) sleep(${FOR_EVER_S});
  return 0;
}
int fsync(int fd) { return wait_for_it(fd); }
int fdatasync(int fd) { return wait_for_it(fd); }
`);

describe('a sync that never returns', { skip }, () => {
  const env = { LD_PRELOAD: library };

  test('mutes, repetitions and unmutes still work, and the host ends in time', async (t) => {
    const { host, simulator, ivrid } = await scene(t, { env, voicenter: { reassert_ms: 200 } });
    await host.hello();
    for (let round = 0; round < 3; round += 1) {
      const began = performance.now();
      assert.equal((await host.open(`form ${round}`)).status.state, 'muted');
      const before = asked(simulator, 'mute').length;
      await simulator.waitFor(() => asked(simulator, 'mute').length >= before + 10);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
      assert.equal((await host.close(`form ${round}`)).status.state, 'recording');
      assert.deepEqual(simulator.mutedCalls(), []);
      const took_ms = performance.now() - began;
      assert.ok(took_ms < AT_ONCE_MS + 10 * 200, `round ${round} took ${took_ms} ms`);
    }
    await host.open('last');
    const { code, after_ms } = await host.end();
    assert.equal(code, 0);
    assert.ok(after_ms < AT_ONCE_MS, `gone only after ${after_ms} ms`);
    // The settler does not wait for a sync either.
    await simulator.waitFor(() => simulator.mutedCalls().length === 0);
  });

  test('two browsers know of each other', async (t) => {
    const { host, another, simulator } = await scene(t, { env });
    const second = another();
    await host.open('a');
    await second.open('b');
    await host.close('a');
    assert.equal(asked(simulator, 'unmute').length, 0);
    await second.close('b');
    assert.deepEqual(simulator.mutedCalls(), []);
  });

  test('after a while it is reported', async (t) => {
    const { host } = await scene(t, { env, voicenter: { reassert_ms: 500 } });
    await host.open();
    const { notices, state } = await host.waitForStatus((status) =>
      status.notices.some(({ code }) => code === 'store_failed'));
    assert.equal(state, 'muted');
    assert.match(notices.find(({ code }) => code === 'store_failed')?.message ?? '', /disk/);
  });
});

describe('the files next to the store, changed while hosts run', () => {
  for (const [name, change] of /** @type {[string, (file: string) => unknown][]} */ ([
    ['the index is cut to nothing', (file) => truncateSync(`${file}-shm`, 0)],
    ['the index is cut in the middle', (file) => truncateSync(`${file}-shm`, 20_000)],
    ['the index is removed', (file) => rm(`${file}-shm`)],
    ['the log is removed', (file) => rm(`${file}-wal`)],
    ['the log is cut to nothing', (file) => truncateSync(`${file}-wal`, 0)],
    ['the log is cut in the middle', (file) => truncateSync(`${file}-wal`, statSync(`${file}-wal`).size / 2)],
  ])) {
    test(`${name}: no host crashes, and the mute is kept and then ended`, async (t) => {
      const started = await scene(t, { voicenter: { reassert_ms: 200 } });
      const { host, another, state_directory, simulator, ivrid } = started;
      const second = another();
      await host.open('a');
      await second.open('b');
      for (let round = 0; round < 3; round += 1) {
        const file = join(state_directory, 'cardmute.db');
        // The hosts create the deleted files again.
        for (const end of ['-shm', '-wal']) await untilFile(file + end, (text) => text !== '');
        await change(file);
        const before = asked(simulator, 'mute').length;
        await simulator.waitFor(() => asked(simulator, 'mute').length >= before + 5);
        assert.deepEqual(simulator.mutedCalls(), [ivrid]);
        await Promise.all([host.status(), second.status()]);
      }
      assert.equal(asked(simulator, 'unmute').length, 0);
      await host.close('a');
      await second.close('b');
      await simulator.waitFor(() => simulator.mutedCalls().length === 0);
    });
  }
});

test('a store that is a pipe: mutes work, nothing waits for a writer, and doctor names it', async (t) => {
  const { host, another, simulator, state_directory, config_file } = await scene(t);
  await host.hello();
  await host.kill();
  const store = join(state_directory, 'cardmute.db');
  await rm(store);
  execFileSync('mkfifo', [store]);
  const next = another();
  assert.equal((await next.open()).status.state, 'muted');
  assert.equal((await next.close()).status.state, 'recording');
  assert.deepEqual(simulator.mutedCalls(), []);
  const { out } = await command({ config_file, state_directory }, 'doctor');
  assert.match(out, /cardmute\.db cannot be used: it is not a regular file/);
});
