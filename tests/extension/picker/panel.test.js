// Tests the picker's panel: its texts, what it copies, and that axe finds no violation. Also tests that no
// part of the picker reads typed text.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { JSDOM } from 'jsdom';
import { createMessages, pickerTexts } from '../../../extension/common/messages.js';
import { createPanel } from '../../../extension/picker/panel.js';
import { i18nOf } from '../support/background.js';
import { CONTENTS, readsOf } from '../support/typed-text-check.js';

const PICKER = fileURLToPath(new URL('../../../extension/picker/', import.meta.url));
const PICK = {
  selector: '#pay', count: 1, isWeak: false, detected: /** @type {const} */ ('unseen'),
  rule: { name: 'crm: #pay', match: 'https://crm.example.com/*', open: '#pay' },
};

/** @param {object} [changes] @param {string} [language] */
function open(changes = {}, language = 'en') {
  const { translate, dir, lang } = createMessages(i18nOf(language));
  const { window } = new JSDOM(`<html lang="${lang}" dir="${dir}"><title>x</title><main></main>`,
    { runScripts: 'outside-only' });
  globalThis.document = window.document;
  let closed = 0;
  const texts = pickerTexts(translate);
  const { panel, focus } = createPanel({ ...PICK, ...changes }, texts, () => { closed += 1; });
  window.document.querySelector('main').append(panel);
  return { window, panel, focus, texts, closed: () => closed };
}

for (const language of ['en', 'he']) {
  test(`in ${language} every text is there, and axe finds no violation`, async () => {
    const { window, panel, texts } = open({ isWeak: true, count: 3 }, language);
    for (const text of [texts.heading, texts.weak, texts.unseen, texts.where]) {
      assert.ok(panel.textContent.includes(text));
    }
    assert.doesNotMatch(panel.textContent, /undefined|\{count\}/);
    window.eval(axe.source);
    const rules = { 'color-contrast': { enabled: false }, 'page-has-heading-one': { enabled: false } };
    const { violations } = await window.axe.run(window.document, { rules });
    assert.deepEqual(Array.from(violations, ({ id, help }) => `${id}: ${help}`), []);
  });
}

test('the rule is JSON in a read-only area, and the heading gets the focus', () => {
  const { window, panel, focus } = open();
  const area = panel.querySelector('textarea');
  assert.deepEqual(JSON.parse(area.textContent), PICK.rule);
  assert.equal(area.readOnly, true);
  focus();
  assert.equal(window.document.activeElement, panel.querySelector('h2'));
});

test('several matches, a weak selector and a page that is not watched are warnings', () => {
  assert.equal(open().panel.querySelectorAll('.warning').length, 0);
  const { panel } = open({ count: 2, isWeak: true, detected: 'unwatched' });
  assert.equal(panel.querySelectorAll('.warning').length, 3);
});

test('the panel says whether the rule was copied, and its second button closes it', async () => {
  const { window, panel, texts, closed } = open();
  let copied = '';
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: {
    clipboard: { writeText: async (/** @type {string} */ text) => { copied = text; } } } });
  const [copy, close] = panel.querySelectorAll('button');
  const press = async (button) => {
    button.click();
    await new Promise((done) => { setTimeout(done); });
    return panel.querySelector('.said').textContent;
  };
  assert.equal(await press(copy), texts.copied);
  assert.deepEqual(JSON.parse(copied), PICK.rule);
  globalThis.navigator.clipboard.writeText = () => Promise.reject(new Error('not here'));
  window.document.execCommand = () => false;
  assert.equal(await press(copy), texts.not_copied);
  window.document.execCommand = () => true;
  assert.equal(await press(copy), texts.copied);
  close.click();
  assert.equal(closed(), 1);
});

test('extension/picker reads no field, and of the clipboard it only writes', () => {
  const found = readdirSync(PICKER).flatMap((file) =>
    readsOf(readFileSync(PICKER + file, 'utf8'), CONTENTS).map(({ name }) => `${file} ${name}`));
  assert.deepEqual(found, ['panel.js clipboard', 'panel.js execCommand']);
});
