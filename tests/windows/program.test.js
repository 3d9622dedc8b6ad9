// Tests the headers and resources of the two programs for Windows: both are 64-bit and protected, and only
// one has a console. The numbers are those of "PE Format" by Microsoft.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../build/windows/host/', import.meta.url));
const AT_PE_HEADER = 0x3C;
/** The PE signature and the COFF header lie before the optional header. */
const COFF_bytes = 24;
const MACHINE = { offset: 4, x64: 0x8664 };
const OPTIONAL = { magic: 0, subsystem: 68, characteristics: 70 };
const PE32_PLUS = 0x20B;
const SUBSYSTEM = { 'cardmute-hostw.exe': 2, 'cardmute-host.exe': 3 }; // without and with a console
const PROTECTIONS = { HIGH_ENTROPY_VA: 0x20, DYNAMIC_BASE: 0x40, NX_COMPAT: 0x100 };

for (const [name, subsystem] of Object.entries(SUBSYSTEM)) {
  test(`${name} is protected, and starts ${name.includes('hostw') ? 'no' : 'a'} console`, () => {
    const bytes = readFileSync(path.join(FOLDER, name));
    const header = bytes.readUInt32LE(AT_PE_HEADER);
    assert.equal(bytes.toString('latin1', header, header + 4), 'PE\0\0');
    assert.equal(bytes.readUInt16LE(header + MACHINE.offset), MACHINE.x64);
    const optional = header + COFF_bytes;
    assert.equal(bytes.readUInt16LE(optional + OPTIONAL.magic), PE32_PLUS);
    assert.equal(bytes.readUInt16LE(optional + OPTIONAL.subsystem), subsystem);
    const characteristics = bytes.readUInt16LE(optional + OPTIONAL.characteristics);
    for (const [protection, bit] of Object.entries(PROTECTIONS)) {
      assert.ok(characteristics & bit, `${name} lacks ${protection}`);
    }
  });

  test(`${name} asks for UTF-8, long paths and no more rights, and has its version`, () => {
    const bytes = readFileSync(path.join(FOLDER, name));
    const text = bytes.toString('latin1');
    assert.match(text, /<activeCodePage [^>]*>UTF-8</);
    assert.match(text, /<longPathAware [^>]*>true</);
    assert.match(text, /<requestedExecutionLevel level="asInvoker"/);
    const { version } = JSON.parse(readFileSync(path.join(FOLDER, '../../../package.json'), 'utf8'));
    for (const key of ['FileVersion', 'ProductVersion']) {
      const at = bytes.indexOf(Buffer.from(`${key}\0`, 'utf16le'));
      assert.notEqual(at, -1, key);
      const after = bytes.toString('utf16le', at, at + 100).replace(/\0+/g, ' ');
      assert.ok(after.startsWith(`${key} ${version} `), after);
    }
  });
}
