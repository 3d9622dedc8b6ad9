// Tests the answer that the popup gets when the agent has named a telephone extension, and its snapshots.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PopupPorts } from '../../../../extension/background/ui/popup-ports.js';
import { popupPort, settle } from '../../support/background.js';

const OWN = 'chrome-extension://abc/';

/** @param {() => Promise<any>} reply of the host @returns {Promise<any>} the popup's answer */
async function answerTo(reply) {
  /** @type {any[]} */
  const requests = [];
  const ports = new PopupPorts(/** @type {any} */ ({
    ownPages: OWN, snapshot: () => ({ type: 'snapshot' }), onOpened() {},
    request: (/** @type {any[]} */ ...args) => { requests.push(args); return reply(); },
  }));
  const popup = popupPort();
  popup.sender = { url: `${OWN}popup/popup.html` };
  ports.accept(/** @type {any} */ (popup));
  popup.receive({ type: 'set_extension', extension: 'TYPO' });
  await settle();
  assert.deepEqual(requests, [['extension.set', { extension: 'TYPO' }]]);
  return popup.last('answer').problem;
}

test('an extension that the provider does not know is refused in words about the answer', async () => {
  const error = { code: 'extension_not_found', message: 'it does not name "TYPO"' };
  assert.deepEqual(await answerTo(async () => ({ error })),
    { code: 'unknown_extension', message: error.message });
});

test('other answers are passed on', async () => {
  const error = { code: 'store_failed', message: 'the disk is full' };
  assert.deepEqual(await answerTo(async () => ({ error })), error);
  assert.equal(await answerTo(async () => ({ error: null })), null);
  const lost = await answerTo(() => Promise.reject(new Error('gone')));
  assert.deepEqual(lost, { code: 'host_lost', message: '' });
});

test('a popup is sent no snapshot twice in a row, and each popup gets its own', () => {
  let view = 'recording';
  const ports = new PopupPorts(/** @type {any} */ ({
    ownPages: OWN, snapshot: () => ({ type: 'snapshot', view }), onOpened() {},
  }));
  const popups = [popupPort(), popupPort()];
  for (const popup of popups) {
    popup.sender = { url: `${OWN}popup/popup.html` };
    ports.accept(/** @type {any} */ (popup));
  }
  ports.tell();
  view = 'muted';
  ports.tell();
  ports.tell();
  view = 'recording';
  ports.tell();
  for (const { sent } of popups) {
    assert.deepEqual(sent.map((message) => message.view), ['recording', 'muted', 'recording']);
  }
});

test('after a correction the popup is sent its snapshot, even if that is the same', () => {
  const ports = new PopupPorts(/** @type {any} */ ({
    ownPages: OWN, snapshot: () => ({ type: 'snapshot', view: 'recording' }), onOpened() {},
    corrector: { say: () => ports.tell() },
  }));
  const popup = popupPort();
  popup.sender = { url: `${OWN}popup/popup.html` };
  ports.accept(/** @type {any} */ (popup));
  popup.receive({ type: 'tab', tab: 5 });
  assert.equal(popup.sent.length, 1);
  popup.receive({ type: 'correct', direction: 'mute' });
  assert.equal(popup.sent.length, 2);
});
