// Compares the host's table of invisible characters with Unicode's own tables, which Node.js has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const SOURCE = new URL('../host/config/hidden_characters.cpp', import.meta.url);
const LAST = 0x10ffff;
const BLANK = 0x20;

const INVISIBLE = new RegExp('[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Zs}\\p{Cs}\\p{Co}' +
  '\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}]', 'u');
/** Characters of other categories whose glyph is blank. */
const BLANK_GLYPHS = [0x2800, 0xfffc, 0x13441, 0x13442, 0x16fe4, 0x1d159];

const ranges = [...readFileSync(SOURCE, 'utf8').matchAll(/Range\{0x(\w+), 0x(\w+)\}/g)]
  .map(([, first, last]) => [parseInt(first, 16), parseInt(last, 16)]);
const inHost = (/** @type {number} */ code) => ranges.some(([first, last]) => code >= first && code <= last);
const inUnicode = (/** @type {number} */ code) =>
  code !== BLANK && (BLANK_GLYPHS.includes(code) || INVISIBLE.test(String.fromCodePoint(code)));

test(`the host knows the invisible characters of Unicode ${process.versions.unicode}, and no others`, () => {
  assert.ok(ranges.length > 0);
  const different = [];
  for (let code = 0; code <= LAST; code += 1) {
    if (inHost(code) !== inUnicode(code)) different.push(code.toString(16));
  }
  assert.deepEqual(different, []);
});
