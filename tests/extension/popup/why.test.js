// Tests the popup's group "why": when the popup asks the background for the reasons, and how it shows them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { createMessages } from '../../../extension/common/messages.js';
import { readPopupMessage, readPopupRequest } from '../../../extension/common/popup-messages.js';
import { askWhyOnOpening, renderWhy } from '../../../extension/popup/why.js';
import { i18nOf } from '../support/background.js';

const html = readFileSync(new URL('../../../extension/popup/popup.html', import.meta.url), 'utf8');
const messages = createMessages(i18nOf('en'));

/** @param {any[]} frames as the background sends them */
function shown(frames) {
  const page = new JSDOM(html).window.document;
  renderWhy(page, /** @type {any} */ (readPopupMessage({ type: 'because', frames })).frames, messages);
  return [...page.querySelectorAll('#why-lines > *')].map(({ textContent }) => textContent);
}

test('each frame is shown with its reasons and what its words say', () => {
  const frames = [
    { origin: 'https://crm.example.com', reasons: ['named as card csc'], lines: ['form: <b>payment</b>'] },
    { origin: 'https://pay.example.net', reasons: [], lines: ['  input: expiry'] },
  ];
  assert.deepEqual(shown(frames), ['https://crm.example.com: named as card csc', 'form: <b>payment</b>',
    'https://pay.example.net: no payment form', '  input: expiry']);
});

test('a page without a card field, or an answer that cannot be read, has a text', () => {
  const nothing = [messages.translate('popup_why_nothing')];
  assert.deepEqual(shown([]), nothing);
  assert.deepEqual(shown(/** @type {any} */ ('x')), nothing);
});

test('the words are asked for when the part is opened, and not when it is closed', () => {
  const { document: page, Event } = new JSDOM(html).window;
  const sent = [];
  askWhyOnOpening(page, (request) => sent.push(readPopupRequest(request)));
  const part = page.getElementById('why');
  for (const open of [true, false]) {
    part.open = open;
    part.dispatchEvent(new Event('toggle'));
  }
  assert.deepEqual(sent.filter(Boolean), [{ type: 'why' }]);
});
