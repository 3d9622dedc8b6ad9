// Tests the templates for Group Policy: they have each text and form that the policies name, and the host
// reads each key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { templateOf } from '../../scripts/packages/policy-templates.mjs';

const ID = 'gdbpaifghphnalcleahapkpgepppfeai';
const ADD_ON = '{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}';

const read = (/** @type {string} */ file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const policies = read('manifests/windows/policies/cardmute.admx');
const texts = read('manifests/windows/policies/en-US/cardmute.adml');
/** @param {string} text @param {RegExp} pattern @returns {string[]} */
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

test('the texts are exactly those that the policies name', () => {
  assert.deepEqual(all(texts, /<string id="(\w+)"/g), all(policies, /\$\(string\.(\w+)\)/g));
  assert.deepEqual(all(texts, /<presentation id="(\w+)"/g), all(policies, /\$\(presentation\.(\w+)\)/g));
  assert.deepEqual(all(texts, /refId="(\w+)"/g), all(policies, /<(?:text|list) id="(\w+)"/g));
});

test('the host reads the key and the value that the policy writes', () => {
  const source = read('host/config/load.cpp') + read('host/config/sources.cpp');
  assert.match(policies, /key="Software\\Policies\\CardMute"/);
  assert.ok(source.includes('R"(Software\\Policies\\CardMute)"'));
  assert.ok(all(policies, /valueName="(\w+)"/g).every((name) => source.includes(`"${name}"`)));
});

test('the policies of the extension write what it reads, where its browsers look', () => {
  const lists = all(policies, / key="([^"]+\\sites)"/g);
  assert.deepEqual(lists, [
    `Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\${ID}\\policy\\sites`,
    `Software\\Policies\\Microsoft\\Edge\\3rdparty\\extensions\\${ID}\\policy\\sites`,
    `Software\\Policies\\Mozilla\\Firefox\\3rdparty\\Extensions\\${ADD_ON}\\sites`,
  ]);
  assert.deepEqual(Object.keys(JSON.parse(read('extension/managed-schema.json')).properties), ['sites']);
});

test('the packaged templates name the package\'s own extension', () => {
  const own = 'abcdefghijklmnopabcdefghijklmnop';
  const text = templateOf(policies, own);
  assert.ok(text.includes(`${own}\\policy`));
  assert.ok(!text.includes(ID));
});

test('the example in the text is a configuration in JSON', () => {
  const [, example = ''] = /Example: (\{.*\})<\/string>/.exec(texts) ?? [];
  assert.deepEqual(Object.keys(JSON.parse(example)), ['voicenter', 'policy']);
});
