// Tests the reader of the content script's messages: whatever comes, it returns a known message with fields
// of the right types, or null.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_KINDS, readPageMessage } from '../../../extension/common/page-messages.js';
import { MAX_AGO_ms } from '../../../extension/common/protocol.js';

const MESSAGES = [
  { type: 'surface.open', surface: 's', reason: 'card number', banner: true, visible_ms_ago: 12, number: 1 },
  { type: 'surface.close', surface: 's', reason: 'hidden', number: 2 },
  { type: 'surface.active', surface: 's', card: true, ms_ago: 3 },
  { type: 'predictor', key: 'p1' },
  { type: 'hidden', hosts: ['js.stripe.com'] },
  { type: 'rule', event: 'matched', rule: 'Pay' },
  { type: 'result', rule: 'Pay', outcome: 'approved', again: false },
  { type: 'fields', kinds: ['number'] },
  { type: 'corrected', ids: ['1x'] },
  { type: 'described', forms: [{ selectors: ['#pay'], shape: '2y' }] },
  { type: 'frames', origins: ['https://pay.example.com', 'https://a.example'], drawn: ['https://a.example'] },
  { type: 'overlay' },
  { type: 'continue', painted: true },
  { type: 'banner', painted: true },
  { type: 'overlay_failed', failed: true },
];

for (const message of MESSAGES) {
  test(`${message.type} is read unchanged`, () => assert.deepEqual(readPageMessage(message), message));

  test(`${message.type} with fields of wrong types is read with the right types, or refused`, () => {
    for (const wrong of [null, 7, -1, 'x', {}, [], true, [7], NaN]) {
      const fields = Object.keys(message).filter((name) => name !== 'type');
      const read = readPageMessage({ ...Object.fromEntries(fields.map((name) => [name, wrong])),
        type: message.type });
      if (read === null) continue;
      for (const [name, it] of Object.entries(read)) {
        const usual = typeof message[name];
        const mayLack = ['visible_ms_ago', 'ms_ago', 'outcome', 'painted'].includes(name)
          && (it ?? null) === null;
        assert.ok(mayLack || typeof it === usual, `${name} is ${JSON.stringify(it)} where it was ${wrong}`);
      }
    }
  });
}

test('anything that is no message, or lacks its surface, is refused', () => {
  for (const raw of [undefined, null, 7, 'frames', [], {}, { type: 7 }, { type: 'toString' },
    { type: '__proto__' }, { type: 'surface.open', reason: 'x' }, { type: 'surface.close', surface: '' },
    { type: 'surface.active', surface: 7 }]) {
    assert.equal(readPageMessage(raw), null, JSON.stringify(raw));
  }
});

test('a banner report is true, false or null; any other is refused', () => {
  assert.deepEqual(readPageMessage({ type: 'banner', painted: null }), { type: 'banner', painted: null });
  for (const painted of [undefined, 'true', 1, {}]) {
    assert.equal(readPageMessage({ type: 'banner', painted }), null);
  }
});

test('more kinds of fields than there are, are left out', () => {
  const kinds = Array.from({ length: 2 * MAX_KINDS }, (_, number) => `k${number}`);
  assert.equal(readPageMessage({ type: 'fields', kinds }).kinds.length, MAX_KINDS);
});

test('an age outside the limits is left out', () => {
  const ageOf = (visible_ms_ago) =>
    readPageMessage({ type: 'surface.open', surface: 's', reason: '', visible_ms_ago }).visible_ms_ago;
  assert.equal(ageOf(MAX_AGO_ms), MAX_AGO_ms);
  for (const wrong of [-1, MAX_AGO_ms + 1, NaN, Infinity, '7']) assert.equal(ageOf(wrong), undefined);
});

test('an older script names its frames without saying which are drawn: all count', () => {
  const origins = ['https://pay.example.com'];
  assert.deepEqual(readPageMessage({ type: 'frames', origins }).drawn, origins);
});
