// Tests that typed text is never read: checks the source of the whole extension, and tests the check itself.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONTENTS, EVENT_CONTENTS, readsOf } from './support/typed-text-check.js';

const EXTENSION = fileURLToPath(new URL('../../extension/', import.meta.url));
const FOLDERS = ['background', 'common', 'content', 'detect', 'dom', 'overlay', 'picker', 'popup', 'rules',
  'selector', 'why'];

/**
 * The picker's panel puts the rule that it shows into the clipboard: the panel writes there and reads
 * nothing.
 */
const KNOWN = { picker: ['picker/panel.js reads clipboard', 'picker/panel.js reads execCommand'] };

/**
 * The known reads of texts: labels of fields, the text that a rule's `text` is compared with, and the address
 * of an <object>, which is called `data` like the text of an event.
 */
const TEXTS = {
  content: ['content/field-selector.js reads data'],
  detect: ['detect/labels.js reads nodeValue'],
  dom: ['dom/frames.js reads data'],
  rules: ['rules/text.js reads nodeValue'],
};

/** @param {string} finding @returns {string} without the number of the line, which may change */
const place = (finding) => finding.replace(/:\d+/, '');

/** @param {string} folder @param {readonly string[]} names */
function findingsIn(folder, names) {
  const files = readdirSync(EXTENSION + folder, { recursive: true }).map(String)
    .filter((file) => file.endsWith('.js'));
  assert.ok(files.length > 0, `extension/${folder} has sources`);
  return files.flatMap((file) => readsOf(readFileSync(`${EXTENSION}${folder}/${file}`, 'utf8'), names)
    .map(({ name, line }) => `${folder}/${file}:${line} reads ${name}`));
}

test('every folder of the extension with sources is checked', () => {
  const folders = readdirSync(EXTENSION, { recursive: true }).map(String)
    .filter((file) => file.endsWith('.js')).map((file) => file.split('/')[0]);
  assert.deepEqual([...new Set(folders)].sort(), FOLDERS);
});

for (const folder of FOLDERS) {
  test(`extension/${folder} reads the contents of no field, form, selection or clipboard`, () => {
    assert.deepEqual(findingsIn(folder, CONTENTS).map(place), KNOWN[folder] ?? []);
  });
}

for (const folder of ['content', 'detect', 'dom', 'overlay', 'rules', 'why']) {
  test(`extension/${folder} reads no contents of events, and only the known texts`, () => {
    assert.deepEqual(findingsIn(folder, EVENT_CONTENTS).map(place), TEXTS[folder] ?? []);
  });
}

const PLANTED = {
  'a property': 'send(field.value);',
  'one behind a question mark': 'send(field?.value);',
  'one in brackets': 'send(field["value"]);',
  'one in a template': 'send(field[`value`]);',
  'one called by a name': 'const what = "value"; send(field[what]);',
  'an attribute': 'send(field.getAttribute("value"));',
  'a destructured one': 'const { value } = field;',
  'a renamed one': 'const { value: harmless } = field;',
  'one in a parameter': 'addEventListener("input", ({ target: { value } }) => send(value));',
  'one in an assignment': '({ value: it.harmless } = field);',
  'one that is also written': 'field.value += "1";',
  'a form as a whole': 'send([...new FormData(form)]);',
  'the selection': 'send(window.getSelection().toString());',
  'the clipboard': 'navigator.clipboard.readText().then(send);',
  'a key code': 'addEventListener("keydown", (event) => send(event.keyCode));',
};

for (const [name, source] of Object.entries(PLANTED)) {
  test(`the check finds ${name}`, () => assert.notDeepEqual(readsOf(source, CONTENTS), []));
}

test('the check finds a key, a code, and the text of an input event', () => {
  const source = 'on((event) => event.key);\non(({ code }) => code);\non((event) => event.data);';
  assert.deepEqual(readsOf(source, EVENT_CONTENTS),
    [{ name: 'key', line: 1 }, { name: 'code', line: 2 }, { name: 'data', line: 3 }]);
});

test('the check finds nothing in comments, in strings, or where a text is only written', () => {
  const source = '// field.value\nconst words = "the value of it";\npart.textContent = words;';
  assert.deepEqual(readsOf(source, [...CONTENTS, ...EVENT_CONTENTS]), []);
});
