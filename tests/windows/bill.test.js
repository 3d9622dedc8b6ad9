// Tests that the bill of materials of the host for Windows has every library that the program links.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The link names these libraries by path. The compiler adds its own libraries. */
const SOURCES = [['libcurl.a', 'curl'], ['libnghttp2.a', 'nghttp2'], ['libsqlite3.a', 'sqlite3'],
  ['libz.a', 'libz-mingw-w64-dev']];

test('the bill has every static library, with a licence and a version', () => {
  const bill_file = path.join(ROOT, 'build/sbom-windows/cardmute-host-windows.spdx.json');
  const bill = JSON.parse(readFileSync(bill_file, 'utf8'));
  const command = execFileSync('ninja', ['-C', 'build/windows', '-t', 'commands', 'host/cardmute-host.exe'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const linked = command.trim().split('\n').at(-1)?.split(' ')
    .filter((word) => word.startsWith('/') && word.endsWith('.a')).map((file) => path.basename(file));
  assert.deepEqual(linked?.toSorted(), SOURCES.map(([library]) => library).toSorted());
  const packages = new Map(bill.packages.map((/** @type {any} */ each) => [each.name, each]));
  const compilers = ['g++-mingw-w64-x86-64-posix', 'mingw-w64-x86-64-dev'];
  for (const name of [...SOURCES.map(([, source]) => source), ...compilers, 'nlohmann-json3-dev']) {
    const { versionInfo, licenseConcluded } = packages.get(name) ?? {};
    assert.match(String(versionInfo), /^[0-9]/, name);
    assert.ok(licenseConcluded, name);
  }
});
