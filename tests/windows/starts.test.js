// Tests that every one of many hosts that start at once answers. When a host began its threads by mingw's
// std::thread and detached them, one start in ten hung on a busy computer: see left_thread.hpp.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { HostProcess } from '../host/process/host_process.js';
import { hostIn } from './wine.js';

const ROUNDS = 8;
const AT_ONCE = 8;

test('every host that starts on a busy computer answers and ends', async (t) => {
  const work = mkdtempSync(path.join(os.tmpdir(), 'cardmute-starts-'));
  t.after(() => rmSync(work, { recursive: true, force: true }));
  writeFileSync(path.join(work, 'config.json'), '{ "voicenter": { "extension": "API1API" } }');
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(Array.from({ length: AT_ONCE }, async (_, number) => {
      const host = new HostProcess({ ...hostIn(work, { state: `state-${number}` }),
        redirection: '2>/dev/null' });
      t.after(() => host.exited ?? host.kill());
      assert.equal((await host.hello()).ok, true);
      assert.equal((await host.end()).code, 0);
    }));
  }
});
