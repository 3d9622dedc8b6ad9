// Tests that the organisation's code for Active Calls is in a host's memory only during a request. It is read
// from its file for each request, and wiped afterwards everywhere, also in libcurl's buffers.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { scene } from './scene.js';

// malloc() overwrites the beginning of freed memory, so the test searches for a later part of the code.
const CODE = 'Code-that-only-this-test-has-0123456789-abcdefghijklmnopqrstuvwxyz';
const PART = Buffer.from(CODE.slice(20));
// Only this much of a region is read: the address sanitizer reserves terabytes that are nearly all empty.
const LARGEST_REGION_bytes = 2 ** 28;

/** @param {number} pid @returns {Generator<Buffer>} the contents of its writable memory, by regions */
function* memoryOf(pid) {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const [, from, to] of readFileSync(`/proc/${pid}/maps`, 'latin1').matchAll(/^(\w+)-(\w+) rw/gm)) {
      const start = parseInt(from, 16);
      const bytes = Buffer.alloc(Math.min(parseInt(to, 16) - start, LARGEST_REGION_bytes));
      try {
        yield bytes.subarray(0, readSync(memory, bytes, 0, bytes.length, start));
      } catch {
        // The region has gone, or is one that cannot be read.
      }
    }
  } finally {
    closeSync(memory);
  }
}

/** @param {number} pid @param {Buffer} text */
const holds = (pid, text) => [...memoryOf(pid)].some((bytes) => bytes.includes(text));

/** @returns {string | false} why this test cannot read a host's memory; false: it can */
function whyNot() {
  if (process.platform !== 'linux') return 'memory is read from /proc';
  // A host forbids it to all but root, see core_dumps.test.js.
  return process.getuid?.() === 0 ? false : 'needs root';
}

test('the code of Active Calls is in no memory after its request', { skip: whyNot() }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-code-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'code');
  await writeFile(file, CODE, { mode: 0o600 });
  const { host, simulator, configure, config } = await scene(t, { simulator: { code: CODE } });
  const active_calls = { url: simulator.activeCallsUrl, code: { file } };
  await configure({ ...config, voicenter: { ...config.voicenter, active_calls } });
  await host.open();
  await host.waitForStatus(({ verified }) => verified === true);
  // This address is certainly in memory. Finding it shows that the search works.
  assert.ok(holds(host.pid, Buffer.from(simulator.activeCallsUrl)), 'the address of the list is in memory');
  assert.ok(!holds(host.pid, PART), 'the code is still in memory');
  await host.close();
});
