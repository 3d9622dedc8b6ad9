// Tests that the fuzzer of sessions finds a host that breaks a promise. Each test runs one session with a
// host that broken_host.js breaks in one way.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const HOST = resolve(process.env.CARDMUTE_HOST ??
  fileURLToPath(new URL('../../build/host/cardmute-host', import.meta.url)));
const FUZZER = fileURLToPath(new URL('sessions.js', import.meta.url));
const BROKEN = fileURLToPath(new URL('broken_host.js', import.meta.url));
const PLANS = fileURLToPath(new URL('corpus/sessions/', import.meta.url));
const USUAL = '8.json';
const CALL_BY_CALL = '11.json';
const ACTIVE_CALLS = '12.json';
const KILLED_AND_DAMAGED = '15.json';
const REST_s = '2';

/** @type {[string, RegExp, string?][]} the broken promise, the fuzzer's message, the session's plan */
const PROMISES = [
  ['nothing', /^$/],
  ['a reply is sent twice', /one reply for each request/],
  ['a reply is missing', /one reply for each request/],
  ['muted without an acknowledgement', /no mute of API1API was acknowledged/],
  ['muted behind an old acknowledgement', /muted behind an answer that is \d+/],
  ['a private word is sent', /4580458045804580 got out/],
  ['a private word is stored', /PRIVATE-PATH got out/],
  ['a call stays muted', /session plan: /],
  ['a call stays muted', /session plan: /, KILLED_AND_DAMAGED],
  ['a message cannot be read', /the extension cannot read a message/],
  ['muted without an acknowledgement', /no mute of API1API was acknowledged/, CALL_BY_CALL],
  ['the list is requested too often', /the list was requested too often/, ACTIVE_CALLS],
];

for (const [promise, words, plan = USUAL] of PROMISES) {
  test(`found in session ${plan}: ${promise}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'cardmute-broken-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const program = join(folder, 'host');
    const words_of_shell = [process.execPath, BROKEN, promise, HOST].map((word) => `'${word}'`).join(' ');
    await writeFile(program, `#!/bin/sh\nexec ${words_of_shell} "$@"\n`);
    await chmod(program, 0o755);
    const { status, stderr } = spawnSync(process.execPath,
      [FUZZER, program, '--plan', PLANS + plan, '--rest', REST_s], { cwd: folder, encoding: 'utf8' });
    assert.match(stderr, words);
    assert.equal(status, promise === 'nothing' ? 0 : 1);
  });
}
