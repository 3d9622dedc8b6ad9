// Tests that what an administrator must see goes to Windows' event log, although the log goes to a file. Wine
// has no event log, but with this value of WINEDEBUG it prints what a program writes there.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { HostProcess } from '../host/process/host_process.js';
import { hostIn } from './wine.js';

/**
 * Runs a host with this configuration, and returns what it wrote to the event log.
 * @param {import('node:test').TestContext} t @param {string} text
 */
async function ranWith(t, text) {
  const work = mkdtempSync(path.join(os.tmpdir(), 'cardmute-events-'));
  t.after(() => rmSync(work, { recursive: true, force: true }));
  writeFileSync(path.join(work, 'config.json'), text);
  const env = { ...process.env, WINEDEBUG: '-all,+eventlog' };
  const host = new HostProcess(hostIn(work, { env }));
  await host.hello();
  assert.equal((await host.end()).code, 0);
  return host.stderr.split('\n').filter((line) => line.includes('ReportEventW L"'));
}

test('a configuration that cannot be used is a warning in the event log', async (t) => {
  const events = await ranWith(t, '{ "voicenter": 7 }');
  assert.ok(events.some((event) => /warn:.*config problem=.*voicenter: found a number/.test(event)),
    events.join('\n'));
});

test('what is no problem is not in the event log', async (t) => {
  const events = await ranWith(t, '{ "voicenter": { "extension": "API1API" } }');
  // Under Wine everybody may change a file in the folder for temporary files, which is a problem.
  assert.deepEqual(events.filter((event) => !event.includes('others could change it')), []);
});
