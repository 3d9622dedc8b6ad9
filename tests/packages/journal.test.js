// Tests with a real journald on a throw-away machine that the host's lines go to the journal if the
// configuration has `"log": "syslog"`.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from '../browser/harness/until.js';
import { Machine } from './harness/machine.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STRANGER = `chrome-extension://${'a'.repeat(32)}/`;

/** @type {Machine} */
let machine;

describe('the journal', { skip: process.getuid?.() !== 0 && 'starts journald, so it needs root' }, () => {
  before(async () => {
    machine = await Machine.start();
    await machine.lend('/sys/fs/cgroup', '/sys/fs/cgroup'); // journald looks there for each sender's unit
    await machine.bring(path.join(ROOT, 'build/host'), ['cardmute-host'], '/usr/bin');
    await machine.must(['useradd', '--create-home', 'agent1']);
    machine.spawn(['/lib/systemd/systemd-journald']);
    await until('journald', async () =>
      (await machine.run(['test', '-S', '/run/systemd/journal/dev-log'])).code === 0);
  });
  after(() => machine?.close());

  it('has the lines of the log, and the file has none', async () => {
    await machine.write('/etc/cardmute/config.json',
      JSON.stringify({ voicenter: { extension: 'API1API' }, log: 'syslog' }));
    const { code } = await machine.run(['cardmute-host', STRANGER], { user: 'agent1', input: '' });
    assert.equal(code, 77);
    await until('the line', async () => {
      const lines = await machine.must(['journalctl', '--identifier', 'cardmute-host', '--output', 'cat']);
      return lines.includes(`caller=${STRANGER}\n`) && lines.includes('ended exit_code=77\n');
    });
    const log = '/home/agent1/.local/state/cardmute/log';
    assert.notEqual((await machine.run(['test', '-e', log])).code, 0);
  });
});
