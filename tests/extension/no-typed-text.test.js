// What is typed is never read: a check of the source of the whole extension, and a check of that check.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONTENTS, EVENT_CONTENTS, readsOf } from './typed-text-check.js';

const EXTENSION = fileURLToPath(new URL('../../../extension/', import.meta.url));
const ROOMS = ['content', 'background', 'popup', 'common', 'picker'];

/** The picker's panel puts the rule that it shows into the clipboard: it writes there and reads nothing. */
const KNOWN = { picker: ['picker/panel.js reads clipboard', 'picker/panel.js reads execCommand'] };

/** @param {string} finding @returns {string} without the line, which moves */
const place = (finding) => finding.replace(/:\d+/, '');

/** @param {string} room @param {readonly string[]} names */
function findingsIn(room, names) {
  const files = readdirSync(EXTENSION + room).filter((file) => file.endsWith('.js'));
  assert.ok(files.length > 0, `extension/${room} has sources`);
  return files.flatMap((file) => readsOf(readFileSync(`${EXTENSION}${room}/${file}`, 'utf8'), names)
    .map(({ name, line }) => `${room}/${file}:${line} reads ${name}`));
}

for (const room of ROOMS) {
  test(`extension/${room} reads the contents of no field, form, selection or clipboard`, () => {
    assert.deepEqual(findingsIn(room, CONTENTS).map(place), KNOWN[room] ?? []);
  });
}

test('extension/content reads no more of an event than that it happened, no text but of labels', () => {
  const found = findingsIn('content', EVENT_CONTENTS).map(place);
  assert.deepEqual(found, ['content/labels.js reads nodeValue', 'content/labels.js reads nodeValue',
    'content/rules-text.js reads nodeValue']);
});

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

test('the check finds nothing in a comment, in words about it, or in what is only written', () => {
  const source = '// field.value\nconst words = "the value of it";\npart.textContent = words;';
  assert.deepEqual(readsOf(source, [...CONTENTS, ...EVENT_CONTENTS]), []);
});
