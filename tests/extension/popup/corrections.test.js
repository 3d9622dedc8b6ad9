// Tests the popup's part for corrections: what it offers, and what its buttons request.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { createMessages } from '../../../extension/common/messages.js';
import { correctionButtons, renderCorrections } from '../../../extension/popup/corrections.js';
import { renderWords } from '../../../extension/popup/render.js';
import { i18nOf } from '../support/background.js';

const html = readFileSync(new URL('../../../extension/popup/popup.html', import.meta.url), 'utf8');

function popup(language = 'en') {
  const page = new JSDOM(html).window.document;
  const messages = createMessages(i18nOf(language));
  const sent = [];
  const buttons = correctionButtons(page, (request) => sent.push(request));
  renderWords(page, messages);
  const show = (may, said = []) => renderCorrections(page, /** @type {any} */ ({
    correctable: { site: 'crm.example.com', may, said, isPointing: false },
  }), messages);
  const isShown = (id) => page.getElementById(id).closest('[hidden]') === null;
  return { page, messages, sent, buttons, show, isShown };
}

const BUTTONS = ['say-mute', 'say-unmute', 'take-back-mute', 'take-back-unmute'];

test('without a watched page, or without anything to say, nothing is shown', () => {
  const { page, messages, show, isShown } = popup();
  renderCorrections(page, /** @type {any} */ ({ correctable: null }), messages);
  assert.equal(isShown('correct'), false);
  show([]);
  assert.equal(isShown('correct'), false);
});

test('each button is there if there is something for it', () => {
  const { show, isShown } = popup();
  const shown = () => BUTTONS.filter(isShown);
  show(['mute']);
  assert.deepEqual(shown(), ['say-mute']);
  show(['unmute'], ['mute']);
  assert.deepEqual(shown(), ['say-unmute', 'take-back-mute']);
  show([], ['unmute']);
  assert.deepEqual(shown(), ['take-back-unmute']);
});

test('what was said is shown at once; what could be said is in a closed group', () => {
  const { page, show } = popup();
  const group = page.getElementById('correct');
  show(['mute']);
  assert.equal(group.open, false);
  show([], ['unmute']);
  assert.equal(group.open, true);
  group.open = false;
  show([], ['unmute']);
  assert.equal(group.open, false, 'a person has closed it');
});

test('that it is a payment form is requested at once, and so is taking back', () => {
  const { sent, buttons } = popup();
  for (const id of ['say-mute', 'take-back-mute', 'take-back-unmute']) buttons[id]();
  assert.deepEqual(sent, [{ type: 'correct', direction: 'mute' }, { type: 'take_back', direction: 'mute' },
    { type: 'take_back', direction: 'unmute' }]);
});

for (const language of ['en', 'he']) {
  test(`"not a payment form" is requested after a second press, which names the site, ${language}`, () => {
    const { page, sent, buttons, show, isShown } = popup(language);
    show(['unmute']);
    buttons['say-unmute']();
    assert.deepEqual(sent, []);
    assert.equal(isShown('say-unmute'), false);
    assert.match(page.getElementById('confirm').textContent, /crm\.example\.com/);
    assert.equal(page.activeElement.id, 'confirm-yes');
    buttons['confirm-no']();
    assert.equal(isShown('confirm'), false);
    assert.equal(page.activeElement.id, 'say-unmute');
    buttons['say-unmute']();
    buttons['confirm-yes']();
    assert.deepEqual(sent, [{ type: 'correct', direction: 'unmute' }]);
    assert.equal(isShown('confirm'), false);
  });
}

test('why a form cannot be corrected is shown', () => {
  const { page, messages, show, isShown } = popup();
  show(['unmute']);
  assert.equal(isShown('nameless'), false);
  renderCorrections(page, /** @type {any} */ ({
    correctable: { site: 'crm.example.com', may: ['unmute'], said: [], isNameless: true },
  }), messages);
  assert.equal(isShown('nameless'), true);
});

test('the question is withdrawn when its form is gone', () => {
  const { buttons, show, isShown } = popup();
  show(['unmute']);
  buttons['say-unmute']();
  show(['mute']);
  show(['unmute']);
  assert.equal(isShown('confirm'), false);
  assert.equal(isShown('say-unmute'), true);
});
