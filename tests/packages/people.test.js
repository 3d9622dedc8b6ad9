// Tests whom `report --all-users` includes, on a throw-away machine with local users and with users of a
// directory service that does not list them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Machine } from './harness/machine.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCE = fileURLToPath(new URL('harness/directory.c', import.meta.url));
const MODULE = 'libnss_directory.so.2';

/** @type {Machine} */
let machine;
/** @type {string} */
let folder;

/** @returns {Promise<string[]>} the log-ins, sorted */
async function reported() {
  const { persons } = JSON.parse(await machine.must(['cardmute-host', 'report', '--json', '--all-users']));
  return persons.map((/** @type {{person: string}} */ { person }) => person).sort();
}

describe('report --all-users', { skip: process.getuid?.() !== 0 && 'makes users, so it needs root' }, () => {
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-people-'));
    execFileSync('g++', ['-x', 'c', '-shared', '-fPIC', '-o', path.join(folder, MODULE), SOURCE]);
    machine = await Machine.start();
    // Removes the people of this machine, who are not part of the test.
    await machine.must(['sh', '-ec', `rm -rf /home/*
      awk -F: '$3 < 1000 || $3 == 65534' /etc/passwd >/etc/passwd.new
      mv /etc/passwd.new /etc/passwd
      mkdir -p /run/user`]);
    await machine.bring(path.join(ROOT, 'build/host'), ['cardmute-host'], '/usr/bin');
    await machine.bring(folder, [MODULE], '/usr/lib/x86_64-linux-gnu');
  });
  after(async () => {
    await machine?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has local users whatever their number is, and no services', async () => {
    for (const [name, number, ...more] of [['first', '1000'], ['homed', '60001'], ['between', '61000'],
      ['last', '99999'], ['large', '2000000'], ['service', '61184', '--shell', '/usr/sbin/nologin']]) {
      await machine.must(['useradd', '--create-home', '--uid', number, ...more, name]);
    }
    await machine.must(['useradd', '--no-create-home', 'homeless']);
    assert.deepEqual(await reported(), ['between', 'first', 'homed', 'large', 'last']);
  });

  it('has users of a directory that lists nobody, by their homes and by who is logged in', async () => {
    const local = await reported();
    await machine.must(['sed', '-i', 's/^passwd:.*/passwd: files directory/', '/etc/nsswitch.conf']);
    await machine.must(['getent', 'passwd', 'noa']);
    assert.deepEqual(await reported(), local, 'they have no home here');
    await machine.must(['sh', '-c', `mkdir -p /home/CORP/carmel /home/noa /srv/homes/shira /run/user/1204003
      chown 1204001 /home/CORP/carmel
      chown 1204002 /home/noa
      chown 1204003 /srv/homes/shira /run/user/1204003`]);
    assert.deepEqual(await reported(), [...local, 'carmel', 'noa', 'shira'].sort());
  });
});
