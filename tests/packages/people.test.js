// Tests whom `report --all-users` includes, on a throw-away machine with local users and with users of a
// directory service that does not list them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { libraryOf } from '../host/process/preloaded.js';
import { Machine } from './harness/machine.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCE = fileURLToPath(new URL('harness/directory.c', import.meta.url));
const MODULE = 'libnss_directory.so.2';

/** Simulates home folders on a server that is down: a process that looks at such a folder waits forever. */
const DEAD_HOMES = libraryOf(`
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define LOOK(name, kind) int name(const char* path, struct kind* out) { \\
  if (path && !strncmp(path, "/home/dead", 10)) pause(); \\
  return ((int (*)(const char*, struct kind*))dlsym(RTLD_NEXT, #name))(path, out); }
LOOK(stat, stat) LOOK(stat64, stat64) LOOK(lstat, stat) LOOK(lstat64, stat64)
`);
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

  it('says that it could not look into a home that is there only after the log-in', async () => {
    await machine.must(['sh', '-ec', `for name in away image; do useradd --no-create-home $name; done
      useradd --create-home point
      useradd --create-home crypt
      lastlog --user away --set
      mkdir /home/image.homedir
      find /home/point -mindepth 1 -delete
      touch /home/crypt/Access-Your-Private-Data.desktop`]);
    /** @type {{person: string, why: {code: string, message: string}[]}[]} */
    const persons = JSON.parse(await machine.must(
      ['cardmute-host', 'report', '--json', '--all-users'])).persons;
    for (const name of ['away', 'image', 'point', 'crypt']) {
      const [found, ...more] = persons.filter(({ person }) => person === name);
      assert.deepEqual(Object.keys(found).sort(), ['covered', 'person', 'why'], name);
      assert.match(found.why[0].message, /^\/home\/\w+ is missing or empty now, so it could not be looked/);
      assert.deepEqual(more, []);
    }
    assert.ok(!persons.some(({ person }) => person === 'homeless'), 'has never logged in');
    const text = await machine.must(['cardmute-host', 'report', '--all-users']);
    assert.match(text, /^away: NOT COVERED\n {2}internal: \/home\/away is missing/m);
  });

  it('is not kept from the others by homes that do not answer', async () => {
    const library = path.basename(DEAD_HOMES);
    await machine.bring(path.dirname(DEAD_HOMES), [library], '/usr/lib/cardmute-test');
    const names = ['dead1', 'dead2', 'dead3', 'dead4'];
    for (const name of names) await machine.must(['useradd', '--create-home', name]);
    const out = await machine.must(['env', `LD_PRELOAD=/usr/lib/cardmute-test/${library}`,
      'cardmute-host', 'report', '--json', '--all-users']);
    /** @type {{person: string, why: {message: string}[]}[]} */
    const { persons } = JSON.parse(out);
    const saidOf = (/** @type {string} */ name) =>
      persons.find(({ person }) => person === name)?.why.map(({ message }) => message).join() ?? '';
    assert.match(saidOf('(/home)'), /\/home did not answer within 5 s, so it is not known who else/);
    for (const name of names) {
      const [bound] = name === 'dead4' ? ['0.5 s'] : ['5 s'];
      assert.match(saidOf(name), new RegExp(`failed or took longer than ${bound} `), name);
    }
    assert.doesNotMatch(saidOf('first'), /took longer/);
  });

  it('does not call somebody uncovered because a variable of the environment is not known', async () => {
    await machine.write('/etc/cardmute/config.json', JSON.stringify({
      voicenter: { extension: { env: 'AGENT_EXTENSION' } },
      policy: { sites: ['https://crm.example.com/*'] } }));
    const out = await machine.must(['env', 'AGENT_EXTENSION=ROOTS', 'cardmute-host', 'report', '--json',
      '--all-users']);
    const { extension, why } = JSON.parse(out).persons
      .find((/** @type {{person: string}} */ { person }) => person === 'first');
    assert.deepEqual([extension.value, extension.source], [null, 'env']);
    assert.match(extension.where, /AGENT_EXTENSION of the person, which .*; not known here/);
    assert.deepEqual([...new Set(why.map((/** @type {{code: string}} */ { code }) => code))],
      ['not_installed']);
  });
});
