// Tests two browsers of one user, each with its host: the form that closes last unmutes, the mutes of a
// killed host end, and a mute wins over an unmute.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { libraryOf, SKIP_PRELOADED } from './preloaded.js';
import { asked, scene } from './scene.js';

/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */

const GRACE_MS = 400;
const policy = { grace_ms: GRACE_MS };

const unmuted = (/** @type {Simulator} */ simulator) =>
  simulator.waitFor(() => simulator.mutedCalls().length === 0);

test('only the last form of both browsers unmutes', async (t) => {
  const { host, another, simulator, ivrid } = await scene(t, { policy });
  const second = another();
  await host.open('a');
  await second.open('b');
  const { at_ms } = simulator.mark('both are open');
  const { status } = await host.close('a');
  assert.deepEqual([status.state, status.surfaces, status.elsewhere], ['muted', 0, 1]);
  assert.equal(asked(simulator, 'unmute').length, 0);
  await second.close('b');
  await second.waitForStatus(({ state }) => state === 'recording', second.messages.length - 1);
  const [unmute] = asked(simulator, 'unmute');
  assert.equal(simulator.wasRecordedBetween(ivrid, at_ms, unmute.at_ms), false);
  await host.waitForStatus(({ state, elsewhere }) => state === 'recording' && elsewhere === 0, 1);
});

/** Hides the other processes in /proc, as a /proc that is mounted with hidepid=2 does. */
const hiding = libraryOf(`
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>
static int hidden(const char* path) {
  int pid;
  if (!path || sscanf(path, "/proc/%d/", &pid) != 1 || pid == getpid()) return 0;
  errno = ENOENT;
  return 1;
}
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))
#define OPEN(name) int name(const char* path, int flags, ...) { int mode = 0; va_list list; \\
  va_start(list, flags); if (flags & O_CREAT) mode = va_arg(list, int); va_end(list); \\
  return hidden(path) ? -1 : NEXT(int (*)(const char*, int, int), #name)(path, flags, mode); }
OPEN(open) OPEN(open64)
#define FOPEN(name) FILE* name(const char* path, const char* mode) { \\
  return hidden(path) ? NULL : NEXT(FILE* (*)(const char*, const char*), #name)(path, mode); }
FOPEN(fopen) FOPEN(fopen64)
`);

test('a form of a host that /proc hides counts', { skip: SKIP_PRELOADED }, async (t) => {
  const { host, another, simulator } = await scene(t, { policy, env: { LD_PRELOAD: hiding } });
  const second = another();
  await host.open('a');
  await second.open('b');
  const { status } = await second.close('b');
  assert.deepEqual([status.state, status.elsewhere], ['muted', 1]);
  assert.equal(asked(simulator, 'unmute').length, 0);
  await host.close('a');
  await unmuted(simulator);
});

test('a browser without a form shows another browser\'s mute, and its end', async (t) => {
  const { host, another } = await scene(t, { policy });
  const second = another();
  await second.hello();
  await host.open('a');
  await second.waitForStatus(({ state, elsewhere }) => state === 'muted' && elsewhere === 1);
  const before = second.messages.length;
  await host.close('a');
  await second.waitForStatus(({ state }) => state === 'recording', before);
});

test('a manual mute in one browser also covers the forms of the other', async (t) => {
  const { host, another, simulator } = await scene(t, { policy });
  const second = another();
  await host.override('mute');
  await second.open('b');
  await second.close('b');
  assert.equal(simulator.mutedCalls().length, 1);
  await host.override('auto');
  await unmuted(simulator);
});

test('a mute that overtakes the other browser\'s unmute is repeated, and green only then', async (t) => {
  const { host, another, simulator, ivrid } = await scene(t, { policy });
  const second = another();
  await host.open('a');
  simulator.setFault({ fault: 'delay', only: 'unmute', times: 1, delay_ms: 300 });
  const closing = host.close('a');
  await simulator.waitFor({ type: 'request.received', command: 'unmute' });
  const { ok } = await second.open('b');
  assert.equal(ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid], 'green, and yet recorded');
  await closing;
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});

test('a killed host: the other one unmutes after the grace', async (t) => {
  const { host, another, simulator, ivrid } = await scene(t, { policy });
  const second = another();
  await second.hello();
  await host.open('a');
  const { at_ms } = simulator.mark('acknowledged');
  await host.kill();
  await unmuted(simulator);
  const [unmute] = asked(simulator, 'unmute');
  assert.equal(simulator.wasRecordedBetween(ivrid, at_ms, unmute.at_ms), false);
  await second.waitForStatus(({ state, elsewhere }) => state === 'recording' && elsewhere === 0);
});

test('a killed host: the next one of the same browser takes its form over without a gap', async (t) => {
  const { host, another, simulator, ivrid } = await scene(t, { policy, voicenter: { reassert_ms: 300 } });
  await host.open('a');
  const { at_ms } = simulator.mark('acknowledged');
  await host.kill();
  const next = another();
  assert.equal((await next.open('a')).ok, true);
  await simulator.waitFor(() => asked(simulator, 'mute').length >= 5); // five take far longer than the grace
  assert.equal(asked(simulator, 'unmute').length, 0);
  await next.close('a');
  const [unmute] = asked(simulator, 'unmute');
  assert.equal(simulator.wasRecordedBetween(ivrid, at_ms, unmute.at_ms), false);
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('stay-muted: after the grace the call stays muted, and nobody unmutes it', async (t) => {
  const { host, another, simulator, ivrid } = await scene(t, {
    policy: { ...policy, on_browser_gone: 'stay-muted' },
  });
  const second = another();
  await second.hello();
  await host.open('a');
  await host.kill();
  await second.waitForStatus(({ state, elsewhere }) => state === 'muted' && elsewhere === 1);
  const before = second.messages.length;
  await second.waitForStatus(({ state, elsewhere }) => state === 'recording' && elsewhere === 0, before);
  assert.equal(asked(simulator, 'unmute').length, 0);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.ok((await second.status()).notices.some(({ code }) => code === 'left_muted'));
  await second.open('b');
  await second.close('b');
  assert.ok((await second.status()).notices.every(({ code }) => code !== 'left_muted'));
});

test('the store is deleted while hosts run: both browsers are known again', async (t) => {
  const { host, another, simulator, state_directory } = await scene(t, { policy });
  const second = another();
  await host.open('a');
  for (const end of ['', '-wal', '-shm']) {
    await rm(join(state_directory, `cardmute.db${end}`), { force: true });
  }
  await second.open('b');
  await second.waitForStatus(({ elsewhere }) => elsewhere === 1);
  await second.close('b');
  assert.equal(simulator.mutedCalls().length, 1);
  await host.close('a');
  await unmuted(simulator);
});

test('an unusable store is reported, and nothing else changes', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { env: { CARDMUTE_STATE_DIR: '/dev/null/state' } });
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  const { notices } = await host.status();
  assert.ok(notices.some(({ code, message }) => code === 'store_failed' && message.includes('/dev/null')));
  assert.equal((await host.close()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), []);
});
