// Tests the picker's ports: messages of a frame are passed on to the other frames of its tab, and to no other
// tab.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { PickerPorts } from '../../../../extension/background/ui/picker-ports.js';
import { createMessages } from '../../../../extension/common/messages.js';
import { fakeI18n, FakePort } from '../../support/background.js';

let pickers;
let heard;
const correcting = {
  isPointing: (tabId) => tabId === 7,
  chosen: (tabId, { frameId }, selector) => heard.push(['chosen', tabId, frameId, selector]),
  left: (tabId) => heard.push(['left', tabId]),
};

beforeEach(() => {
  heard = [];
  pickers = new PickerPorts('own-id', createMessages(fakeI18n),
    (tabId, frameId) => (tabId === 5 && frameId === 2 ? 'seen' : 'unwatched'), correcting);
});

/** @param {number} tabId @param {number} frameId @param {string} [id] */
function frame(tabId, frameId, id = 'own-id') {
  const port = new FakePort('picker', { id, frameId, tab: { id: tabId } });
  pickers.accept(port);
  return port;
}

test('a frame gets the texts', () => {
  const { type, texts, dir } = frame(5, 0).sent[0];
  assert.deepEqual([type, dir], ['words', 'ltr']);
  assert.match(texts.heading, /Rule/);
});

test('a port from outside the extension gets nothing', () => {
  const port = frame(5, 0, 'another-id');
  assert.equal(port.connected, false);
  assert.deepEqual(port.sent, []);
});

test('a pick goes to all frames of the tab, with the detection; the end goes to the others', () => {
  const top = frame(5, 0);
  const inner = frame(5, 2);
  const elsewhere = frame(6, 0);
  const pick = { selector: '#pay', count: 1, isWeak: false, rule: { name: 'Pay' }, detected: 'unwatched' };
  inner.receive({ type: 'picked', pick });
  assert.deepEqual(top.last('picked'), { type: 'picked', pick: { ...pick, detected: 'seen' }, own: false });
  assert.equal(inner.last('picked').own, true);
  top.receive({ type: 'end' });
  assert.deepEqual(inner.last('end'), { type: 'end' });
  assert.equal(top.last('end'), undefined);
  assert.equal(elsewhere.sent.length, 1);
});

test('a frame that is gone gets nothing, and unknown messages are not passed on', () => {
  const top = frame(5, 0);
  const inner = frame(5, 2);
  inner.drop();
  top.receive({ type: 'here' });
  assert.equal(inner.last('here'), undefined);
  const other = frame(5, 3);
  top.receive({ type: 'anything', text: 'typed' });
  assert.equal(other.sent.length, 1);
});

test('a choice goes to the corrections, and ends the picker in all frames of the tab', () => {
  const top = frame(7, 0);
  const inner = frame(7, 2);
  assert.equal(inner.sent[0].corrects, true);
  assert.equal(frame(5, 0).sent[0].corrects, false);
  inner.receive({ type: 'chosen', selector: '#card' });
  assert.deepEqual(heard, [['chosen', 7, 2, '#card']]);
  for (const port of [top, inner]) assert.deepEqual(port.last('end'), { type: 'end' });
  top.receive({ type: 'end' });
  assert.deepEqual(heard.at(-1), ['left', 7]);
});
