// Tests what scripts/build makes: the hardening of the host's binary, and the bills of materials.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const HOST = path.join(ROOT, 'build/host/cardmute-host');
const DEBUG = `${HOST}.debug`;
/**
 * The bytes of the instruction endbr64. With control-flow protection an indirect jump may lead only to such
 * an instruction.
 */
const ENDBR64 = 'f3 0f 1e fa';
const NOTE_OF_PROTECTION = 'x86 feature: IBT, SHSTK';
/** What is linked statically and is not compiled by us. */
const SYSTEM_OBJECTS = ['Scrt1.o', 'libcurl.a', 'libstdc++.a', 'libgcc.a'];
const MAX_OUTPUT_bytes = 64 * 1024 * 1024;
const linux = process.platform === 'linux';

/** @param {string} program @param {string[]} args */
const output = (program, ...args) =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT_bytes });
const readelf = (/** @type {string[]} */ ...args) => output('readelf', '-W', ...args);

describe('the host as shipped', { skip: !linux && 'reads ELF' }, () => {
  test('is position independent', () => assert.match(readelf('-h', HOST), /Type: +DYN/));

  test('binds every symbol at start and then makes the table read-only', () => {
    assert.match(readelf('-l', HOST), /GNU_RELRO/);
    assert.match(readelf('-d', HOST), /BIND_NOW|FLAGS_1.*\bNOW\b/);
  });

  test('has no executable stack and no segment that is both writable and executable', () => {
    const segments = readelf('-l', HOST).split('\n').filter((line) => /^ +(LOAD|GNU_STACK) /.test(line));
    assert.ok(segments.length > 1);
    for (const segment of segments) assert.doesNotMatch(segment, /\b(RWE|WE)\b/);
  });

  test('has stack protection and checked copy functions', () => {
    const symbols = readelf('--dyn-syms', HOST);
    assert.match(symbols, /__stack_chk_fail/);
    assert.match(symbols, /__(mem|str|snprintf|vsnprintf|read|realpath|fprintf)\w*_chk/);
  });

  const not_x64 = process.arch !== 'x64' && 'x86-64 only';

  test('has marks for control-flow protection', { skip: not_x64 }, () => {
    const code = output('objdump', '-d', '-j', '.text', HOST);
    assert.ok(code.split(ENDBR64).length > 100);
  });

  test('has the note of it, as far as the system\'s objects allow that', { skip: not_x64 }, () => {
    const hasNote = (/** @type {string} */ file) => readelf('-n', file).split(/^File: /m)
      .filter((part) => part.trim() !== '').every((part) => part.includes(NOTE_OF_PROTECTION));
    const own = readdirSync(path.dirname(HOST)).filter((name) => name.endsWith('.a'));
    assert.ok(own.length > 0);
    for (const name of own) assert.ok(hasNote(path.join(path.dirname(HOST), name)), name);
    // The linker keeps the note only if every object has it. Debian 12 builds these without.
    const system = SYSTEM_OBJECTS.map((name) => output('c++', `-print-file-name=${name}`).trim());
    assert.equal(readelf('-n', HOST).includes(NOTE_OF_PROTECTION), system.every(hasNote));
  });

  test('has no symbols; they are in a separate file', () => {
    assert.doesNotMatch(readelf('-S', HOST), /\.symtab|\.debug_info/);
    assert.match(readelf('-S', DEBUG), /\.symtab/);
    assert.match(readelf('-p', '.gnu_debuglink', HOST), /cardmute-host\.debug/);
    const idOf = (/** @type {string} */ file) => /Build ID: (\w+)/.exec(readelf('-n', file))?.[1];
    assert.ok(idOf(HOST));
    assert.equal(idOf(HOST), idOf(DEBUG));
  });

  test('searches for libraries only where the system does', () => {
    assert.doesNotMatch(readelf('-d', HOST), /RPATH|RUNPATH/);
  });
});

/** @param {string} name @returns {any[]} */
function materialsOf(name) {
  const bill = JSON.parse(readFileSync(path.join(ROOT, `build/sbom/${name}.spdx.json`), 'utf8'));
  assert.equal(bill.spdxVersion, 'SPDX-2.3');
  const ids = bill.packages.map((/** @type {any} */ { SPDXID }) => SPDXID);
  assert.equal(new Set(ids).size, ids.length);
  for (const { relatedSpdxElement } of bill.relationships) assert.ok(ids.includes(relatedSpdxElement));
  return bill.packages;
}

describe('the bills of materials', () => {
  test('the host\'s has every library that it links or compiles in', () => {
    const names = materialsOf('cardmute-host').map(({ name }) => name);
    const linked = [...output('ldd', HOST).matchAll(/(\S+) => (\/\S+)/g)]
      .map(([, so, file]) => ({ so, file }));
    const needed = [...readelf('-d', HOST).matchAll(/NEEDED.*\[(.*)\]/g)].map(([, so]) => so);
    for (const { file } of linked.filter(({ so }) => needed.includes(so))) {
      const real = execFileSync('realpath', [file], { encoding: 'utf8' }).trim();
      const owner = [real, real.replace(/^\/usr/, '')].map((each) => {
        try {
          return output('dpkg-query', '-S', each).split(':')[0];
        } catch {
          return undefined;
        }
      }).find(Boolean);
      assert.ok(owner && names.includes(owner), `${file} (${owner})`);
    }
    for (const compiled of ['nlohmann-json3-dev', 'libcli11-dev', 'libspdlog-dev', 'libstdc++-12-dev']) {
      assert.ok(names.includes(compiled), compiled);
    }
  });

  test('every package has a licence and a version', () => {
    for (const bill of ['cardmute-host', 'cardmute-extension']) {
      for (const { name, versionInfo, licenseDeclared } of materialsOf(bill)) {
        assert.ok(versionInfo && licenseDeclared && licenseDeclared !== 'NOASSERTION', name);
      }
    }
  });

  test('the extension\'s has every npm package that is in a bundle', () => {
    const names = materialsOf('cardmute-extension').map(({ name }) => name);
    const shipped = readdirSync(path.join(ROOT, 'build/extension/chromium'), { recursive: true })
      .filter((file) => String(file).endsWith('.js'))
      .map((file) => readFileSync(path.join(ROOT, 'build/extension/chromium', String(file)), 'utf8'));
    const PACKAGE = /\/\/ node_modules\/((?:@[^/]+\/)?[^/\n]+)/g;
    const taken = shipped.flatMap((source) => [...source.matchAll(PACKAGE)])
      .map(([, name]) => name);
    for (const name of taken) assert.ok(names.includes(name), name);
  });
});
