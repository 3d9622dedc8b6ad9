// Tests that only a telephone provider's own folder contains the provider's name. The rest of the host gets
// its name and terms from the account (host/telephony/account.hpp), and the extension from the host's status.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CMAKE = readFileSync(`${ROOT}/host/CMakeLists.txt`, 'utf8');
const PROVIDERS = /^set\(CARDMUTE_PROVIDERS ([\w ]+?) CACHE/m.exec(CMAKE)?.[1].split(' ') ?? [];

/** "ivrid" is Voicenter's term for the ID of a call. */
const NAMES = new RegExp([...PROVIDERS, 'ivrid'].join('|'), 'i');

/** The lines that may name a provider, each with the reason. */
const EXCEPTIONS = [
  // The name of a target on the wire and in the ledger. It is published, so it cannot change.
  { file: 'host/base/target_by.cpp', line: /TargetBy::call, "ivrid"|Voicenter's word for a call's ID/ },
  // The older name of the option --call.
  { file: 'host/cli/mute_command.cpp', line: /--ivrid/ },
  // Examples for the author of another provider.
  { file: 'host/telephony/account.hpp', line: /\/\/ / },
  // The list of providers.
  { file: 'host/CMakeLists.txt', line: /^set\(CARDMUTE_PROVIDERS / },
];

test('the list of providers is found', () => assert.ok(PROVIDERS.includes('voicenter'), String(PROVIDERS)));

test('no file outside a telephone provider\'s folder names the provider', () => {
  const own = new RegExp(`^host/(${PROVIDERS.join('|')})/`);
  const files = execFileSync('git', ['ls-files', 'host', 'extension'], { cwd: ROOT, encoding: 'utf8' }).trim()
    .split('\n').filter((file) => !own.test(file) && !/\.(png|md)$/.test(file));
  assert.ok(files.length > 250, 'the files are found');
  const named = files.flatMap((file) => readFileSync(`${ROOT}/${file}`, 'utf8').split('\n')
    .map((line, index) => ({ file, line, place: `${file}:${index + 1}` }))
    .filter(({ line }) => NAMES.test(line)));
  const covers = (/** @type {typeof EXCEPTIONS[0]} */ one, /** @type {typeof named[0]} */ { file, line }) =>
    one.file === file && one.line.test(line);
  const wrong = named.filter((place) => !EXCEPTIONS.some((one) => covers(one, place)));
  assert.deepEqual(wrong.map(({ place, line }) => `${place}: ${line.trim()}`), []);
  const unused = EXCEPTIONS.filter((one) => !named.some((place) => covers(one, place)));
  assert.deepEqual(unused, []);
});
