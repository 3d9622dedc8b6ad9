// Tests two browsers of one person whose disk becomes full while a form is open in both.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../../browser/harness/until.js';
import { IS_OF_STORE, libraryOf, SKIP_PRELOADED as skip } from './preloaded.js';
import { asked, scene } from './scene.js';
import { settlersOf } from './settlers.js';

/** Longer than a host keeps the forms of other hosts while its store fails (kLeasesKept_ms, 60 s). */
const KEPT_timeout_ms = 90_000;
const ROUNDS = 10;

/** While the file FULL_DISK exists, every write to a file of the store fails as on a full disk. */
const library = libraryOf(`
${IS_OF_STORE}
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
static int is_full(int fd) {
  if (access(getenv("FULL_DISK"), F_OK) != 0 || !is_of_store(fd)) return 0;
  errno = ENOSPC;
  return 1;
}
#define WRITE(name, offset) \\
  ssize_t name(int fd, const void* bytes, size_t size, offset at) { \\
    ssize_t (*next)(int, const void*, size_t, offset) = dlsym(RTLD_NEXT, #name); \\
    return is_full(fd) ? -1 : next(fd, bytes, size, at); }
WRITE(pwrite, off_t)
WRITE(pwrite64, off64_t)
ssize_t write(int fd, const void* bytes, size_t size) {
  ssize_t (*next)(int, const void*, size_t) = dlsym(RTLD_NEXT, "write");
  return is_full(fd) ? -1 : next(fd, bytes, size);
}
`);

/**
 * Starts two hosts with a form open in each, which know of each other, and then fills the disk.
 * @param {import('node:test').TestContext} t
 */
async function twoOnAFullDisk(t) {
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-full-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const flag = join(folder, 'full');
  const started = await scene(t, { env: { LD_PRELOAD: library, FULL_DISK: flag },
    voicenter: { reassert_ms: 200 } });
  const { host, another, simulator } = started;
  const second = another();
  await host.open('a');
  await second.open('b');
  await Promise.all([host, second].map((each) => each.waitForStatus(({ elsewhere }) => elsewhere === 1)));
  writeFileSync(flag, '');
  const storeFailed = (/** @type {any} */ { notices }) =>
    notices.some((/** @type {any} */ { code }) => code === 'store_failed');
  await Promise.all([host, second].map((each) => each.waitForStatus(storeFailed)));
  /** Waits until ROUNDS more mutes have been sent. */
  const rounds = async () => {
    const before = asked(simulator, 'mute').length;
    await simulator.waitFor(() => asked(simulator, 'mute').length >= before + ROUNDS);
  };
  return { ...started, second, rounds, makeRoom: () => rmSync(flag) };
}

test('on a full disk nobody unmutes another\'s form; with room again both end', { skip }, async (t) => {
  const { host, second, simulator, ivrid, rounds, makeRoom } = await twoOnAFullDisk(t);
  const { status } = await host.close('a');
  assert.equal(status.state, 'muted');
  await rounds();
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal(asked(simulator, 'unmute').length, 0);
  makeRoom();
  await rounds();
  assert.equal(asked(simulator, 'unmute').length, 0);
  await second.close('b');
  await simulator.waitFor(() => simulator.mutedCalls().length === 0);
});

test('on a full disk a browser that ends does not unmute the other\'s form', { skip }, async (t) => {
  const { host, second, simulator, ivrid, rounds, makeRoom } = await twoOnAFullDisk(t);
  await host.end();
  await rounds();
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal(asked(simulator, 'unmute').length, 0);
  makeRoom();
  await second.close('b');
  await simulator.waitFor(() => simulator.mutedCalls().length === 0);
});

test('the disk stays full: the call is unmuted all the same after both forms', { skip }, async (t) => {
  const { host, second, simulator } = await twoOnAFullDisk(t);
  await host.close('a');
  await second.close('b');
  await simulator.waitFor(() => simulator.mutedCalls().length === 0, { timeout_ms: KEPT_timeout_ms });
});

test('both browsers end on a full disk: unmuted as soon as there is room', { skip }, async (t) => {
  const { host, second, simulator, state_directory, makeRoom } = await twoOnAFullDisk(t);
  await Promise.all([host.end(), second.end()]);
  await until('a settler waits', async () => settlersOf(state_directory).length > 0);
  makeRoom();
  await simulator.waitFor(() => simulator.mutedCalls().length === 0);
});
