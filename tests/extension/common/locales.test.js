// Tests the texts that people read: both languages have them, each is used, and their placeholders agree.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createMessages, pageTexts, spoken } from '../../../extension/common/messages.js';
import { NOTICES, OWN_NOTICES } from '../../../extension/common/notices.js';
import { ERROR_CODES, OVERRIDES, SOURCES } from '../../../extension/common/protocol.js';
import { OWN_PROBLEMS, VIEWS } from '../../../extension/common/view.js';
import { fakeI18n, i18nOf } from '../support/background.js';

const ROOT = new URL('../../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');
const en = JSON.parse(read('extension/_locales/en/messages.json'));
const he = JSON.parse(read('extension/_locales/he/messages.json'));
const LANGUAGES = readdirSync(new URL('extension/_locales', ROOT))
  .map((name) => JSON.parse(read(`extension/_locales/${name}/messages.json`)));

const FILES = ['manifests/extension/manifest.json', 'extension/popup/popup.html',
  ...readdirSync(new URL('extension', ROOT), { recursive: true }).map(String)
    .filter((file) => file.endsWith('.js')).map((file) => `extension/${file}`)];
const source = FILES.map(read).join('\n');

/** Keys that the source puts together from a list of codes. */
const families = [
  ...[...ERROR_CODES, ...OWN_PROBLEMS, 'other']
    .flatMap((code) => [`problem_${code}_meaning`, `problem_${code}_action`]),
  ...VIEWS.flatMap((view) => [`view_${view}_title`, `view_${view}_detail`]),
  ...OVERRIDES.map((mode) => `popup_mode_${mode}`),
  ...SOURCES.map((from) => `popup_source_${from}`),
  ...[...NOTICES, ...OWN_NOTICES].flatMap((code) => [`notice_${code}_meaning`, `notice_${code}_action`]),
];
const ROOMS = 'alert|view|provider|problem|popup|picker|page|toolbar|reminder|extension';
const literal = [...source.matchAll(new RegExp(`['"\`>(]((?:${ROOMS})_[a-z_]+)['"\`<)]`, 'g'))]
  .map(([, key]) => key).filter((key) => !ERROR_CODES.includes(key))
  .concat([...source.matchAll(/__MSG_(\w+?)__/g)].map(([, key]) => key), ['lang', 'dir']);

test('all languages have the same keys', () => {
  assert.ok(LANGUAGES.length > 1);
  for (const each of LANGUAGES) assert.deepEqual(Object.keys(each).sort(), Object.keys(en).sort());
});

test('every key that the source uses exists', () => {
  const unknown = [...literal, ...families].filter((key) => !(key in en));
  assert.deepEqual(unknown, []);
});

test('every key is used', () => {
  const used = new Set([...literal, ...families]);
  assert.deepEqual(Object.keys(en).filter((key) => !used.has(key)), []);
});

test('placeholders agree, and each is used in every language', () => {
  for (const key of Object.keys(en)) {
    for (const each of LANGUAGES) assert.deepEqual(each[key].placeholders, en[key].placeholders, key);
    const names = Object.keys(en[key].placeholders ?? {}).sort();
    for (const { message } of LANGUAGES.map((each) => each[key])) {
      const inMessage = [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase());
      assert.deepEqual([...new Set(inMessage)].sort(), names, key);
      assert.notEqual(message.trim(), '', key);
    }
  }
});

test('Hebrew is written in Hebrew', () => {
  const same = ['extension_name', 'lang', 'dir', 'toolbar_tooltip', 'popup_last_action_id'];
  for (const [key, { message }] of Object.entries(he)) {
    if (!same.includes(key)) assert.match(message, /[א-ת]/, key);
  }
});

test('nothing promises what an agent must not rely on', () => {
  for (const { message } of Object.values(en)) assert.doesNotMatch(message, /complian|PCI/i);
});

test('a code that is newer than the extension gets words too', () => {
  const { translate } = createMessages(fakeI18n);
  assert.equal(translate('problem_from_the_future_meaning'), en.problem_other_meaning.message);
});

test('the telephone provider is called by the name that the host gives, or else described', () => {
  for (const [language, unnamed, named] of /** @type {const} */ ([
    ['en', /^The telephone provider cannot be reached/, /^Parley cannot be reached/],
    ['he', /אל ספק הטלפוניה/, /אל Parley/],
  ])) {
    const { translate, nameProvider } = createMessages(i18nOf(language));
    const said = () => translate('problem_unreachable_meaning');
    assert.match(said(), unnamed);
    nameProvider('Parley');
    assert.match(said(), named);
    nameProvider(null);
    assert.match(said(), unnamed);
  }
});

test('no text names a telephone provider', () => {
  for (const words of [en, he]) assert.doesNotMatch(JSON.stringify(words), /voicenter|ivrid/i);
});

test('the texts for pages are complete', () => {
  const { translate, lang, dir } = createMessages(fakeI18n);
  assert.deepEqual([lang, dir], ['en', 'ltr']);
  const { muting, lost } = pageTexts(translate);
  assert.deepEqual([muting.length, lost.length], [2, 3]);
  for (const line of [...muting, ...lost]) assert.notEqual(line, '');
  const words = { title: 'view_muted_title', detail: 'view_muted_detail', action: null };
  assert.deepEqual(spoken(words, translate), {
    title: 'Muted – go ahead', detail: 'The recording is muted. You can ask for the card.', action: null,
  });
});
