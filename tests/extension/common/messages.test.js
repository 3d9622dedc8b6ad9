// Tests the readers of messages between the background and content script, popup and picker: whatever comes,
// a reader returns a known message with fields of the right types, or null.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readBackgroundMessage } from '../../../extension/common/background-messages.js';
import { readPickerMessage } from '../../../extension/common/picker-messages.js';
import { readPopupMessage, readPopupRequest } from '../../../extension/common/popup-messages.js';
import { pageTexts } from '../../../extension/common/messages.js';
import { readStatus } from '../../../extension/common/protocol.js';
import { statusOf } from '../support/background.js';

const manner = { dir: 'rtl', lang: 'he', interlock: 'block' };
const status = readStatus(statusOf());
const model = {
  view: 'recording', needed: false, notResumed: false, problems: [], notices: [],
  words: { title: 't', detail: 'd', action: null },
};

const READERS = [
  ['a page', readBackgroundMessage, [
    { type: 'hello', ...manner, texts: pageTexts((key) => key), interlock_timeout_ms: 700, sound: true,
      rules: [] },
    { type: 'status', ...manner, view: 'muted', lines: ['Muted'], docked: true, released: true },
    { type: 'ended', outcome: 'approved', rule: 'Pay' },
    { type: 'ended', outcome: null, rule: '' },
    { type: 'describe' },
  ]],
  ['the popup', readPopupMessage, [
    { type: 'snapshot', model, status, connection: 'ready', surfaces: 1, muteByHand: true,
      hiddenSites: ['https://a.test/*'], mayRecordOverForm: true, mayGoOn: true, hostVersion: '1.0.0',
      extensionVersion: '1.0.0',
      correctable: { site: 'crm', may: ['unmute'], said: ['mute'], isPointing: true, isNameless: false } },
    { type: 'because', frames: [{ origin: 'https://a.test', reasons: ['csc'], lines: ['form'] }] },
    { type: 'answer', problem: { code: 'timeout', message: '' } },
    { type: 'answer', problem: null },
  ]],
  ['the background from the popup', readPopupRequest,
    [{ type: 'override', mode: 'mute' }, { type: 'set_extension', extension: 'A1' },
      { type: 'continue' }, { type: 'retry' }, { type: 'tab', tab: 5 }, { type: 'why' },
      { type: 'correct', direction: 'mute' }, { type: 'take_back', direction: 'unmute' }]],
  ['the picker', readPickerMessage, [
    { type: 'words', texts: { hint: 'h' }, dir: 'ltr', lang: 'en', corrects: true },
    { type: 'chosen', selector: '#pay' },
    { type: 'here' }, { type: 'key', key: 'Enter' }, { type: 'end' },
    { type: 'picked', own: true,
      pick: { selector: '#pay', count: 1, isWeak: false, rule: { name: 'Pay' }, detected: 'seen' } },
  ]],
];

const WRONG = [undefined, null, 7, -1, NaN, 'x', {}, [], [7], true];

for (const [who, read, messages] of READERS) {
  describe(`messages to ${who}`, () => {
    for (const message of messages) {
      test(`${JSON.stringify(message).slice(0, 60)} is read unchanged`, () =>
        assert.deepEqual(read(structuredClone(message)), message));

      test(`${message.type} with a field of a wrong type is read with the right types`, () => {
        for (const name of Object.keys(message).filter((key) => key !== 'type')) {
          for (const wrong of WRONG) {
            const it = read({ ...message, [name]: wrong });
            if (it === null || message[name] === null || it[name] === null) continue;
            assert.equal(typeof it[name], typeof message[name], `${name} of ${JSON.stringify(wrong)}`);
            assert.equal(Array.isArray(it[name]), Array.isArray(message[name]));
          }
        }
      });
    }

    test('anything that is no message is refused', () => {
      const types = [7, 'toString', '__proto__', 'new'];
      for (const raw of [...WRONG, ...types.map((type) => ({ type }))]) {
        assert.equal(read(raw), null, JSON.stringify(raw));
      }
    });
  });
}

test('an unknown view, a snapshot without a model and an unknown override are refused', () => {
  assert.equal(readBackgroundMessage({ type: 'status', ...manner, view: 'safe', lines: [] }), null);
  assert.equal(readPopupMessage({ type: 'snapshot', connection: 'ready', model: { view: 'safe' } }), null);
  assert.equal(readPopupRequest({ type: 'override', mode: 'off' }), null);
});
