// The templates for Group Policy: each text and form that the policies name is there, and the host reads the
// key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (/** @type {string} */ file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const policies = read('manifests/windows/policies/cardmute.admx');
const texts = read('manifests/windows/policies/en-US/cardmute.adml');
/** @param {string} text @param {RegExp} pattern @returns {string[]} */
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

test('the texts are exactly those that the policies name', () => {
  assert.deepEqual(all(texts, /<string id="(\w+)"/g), all(policies, /\$\(string\.(\w+)\)/g));
  assert.deepEqual(all(texts, /<presentation id="(\w+)"/g), all(policies, /\$\(presentation\.(\w+)\)/g));
  assert.deepEqual(all(texts, /refId="(\w+)"/g), all(policies, /<text id="(\w+)"/g));
});

test('the host reads the key and the value that the policy writes', () => {
  const source = read('host/config/load.cpp');
  assert.ok(all(policies, / key="([^"]+)"/g).every((key) => source.includes(`R"(${key})"`)));
  assert.ok(all(policies, /valueName="(\w+)"/g).every((name) => source.includes(`"${name}"`)));
});

test('the example in the text is a configuration in JSON', () => {
  const [, example = ''] = /Example: (\{.*\})<\/string>/.exec(texts) ?? [];
  assert.deepEqual(Object.keys(JSON.parse(example)), ['voicenter', 'policy']);
});
