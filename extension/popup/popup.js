// The popup's entry point. It receives snapshots from the background, and sends requests, over one port.

import { api } from '../common/api.js';
import { createMessages } from '../common/messages.js';
import { MUTE_COMMAND, POPUP_PORT, readPopupMessage } from '../common/popup-messages.js';
import { controlsOf } from './controls.js';
import { correctionButtons } from './corrections.js';
import { answerIn, renderOwn } from './own-extension.js';
import { bringPicker, tabBelow } from './pick.js';
import {
  render, renderKey, renderPickFailed, renderPrivate, renderRefusal, renderUnreachable, renderWords,
} from './render.js';
import { askWhyOnOpening, renderWhy } from './why.js';

// How soon, and how many times in a row, the popup connects again after the port has closed. That starts a
// worker that has ended.
const RECONNECT_ms = 300;
const RECONNECT_MAX = 5;
// If a worker is ended while it is being registered, Chromium never starts it again, and connections to it
// wait forever. After this time, in which a worker should have started, the popup says that the extension
// does not answer.
const ANSWER_ms = 5000;

/** @typedef {import('../common/popup-messages.js').PopupMessage} PopupMessage */

const messages = createMessages(api.i18n);
/** @type {import('../common/popup-messages.js').Snapshot|null} */
let snapshot = null;
/** @type {chrome.runtime.Port|null} */
let port = null;
let failures = 0;
/** The telephone extension that the agent has just given. */
const answer = answerIn(location);
let isAnswerSent = false;
/** Whether the agent wants to give another telephone extension. */
let wantsChange = false;
/** Whether the agent is to click the field on the page, so that this popup is in the way. */
let isToPoint = false;

/** @type {{[T in PopupMessage['type']]: (message: Extract<PopupMessage, {type: T}>) => void}} */
const HANDLERS = {
  answer: ({ problem }) => renderRefusal(document, problem, messages),
  because: ({ frames }) => renderWhy(document, frames, messages),
  snapshot: (message) => {
    // The popup closes only after the background's answer, which shows that the request has arrived.
    if (isToPoint && message.correctable?.isPointing) window.close();
    snapshot = message;
    render(document, message, messages, wantsChange);
    if (answer !== null) renderOwn(document, message, answer, messages);
    sendAnswer();
  },
};

/** @param {import('../common/popup-messages.js').PopupRequest} request */
const send = (request) => port?.postMessage(request);

/** Sends the agent's answer once, when a host is connected. */
function sendAnswer() {
  if (answer === null || isAnswerSent || snapshot?.connection !== 'ready') return;
  isAnswerSent = true;
  send({ type: 'set_extension', extension: answer });
}

/**
 * Sends the background the tab that the popup is about. A popup that is open in a tab of its own sends it
 * again when another tab becomes active.
 */
async function tellTab() {
  const tab = await tabBelow(api);
  if (tab !== undefined) send({ type: 'tab', tab });
}

function connect() {
  const opened = api.runtime.connect({ name: POPUP_PORT });
  port = opened;
  tellTab();
  const unanswered = setTimeout(() => renderUnreachable(document, messages), ANSWER_ms);
  opened.onMessage.addListener((/** @type {unknown} */ raw) => {
    const message = readPopupMessage(raw);
    if (message === null) return;
    failures = 0;
    clearTimeout(unanswered);
    HANDLERS[message.type](/** @type {any} */ (message));
  });
  opened.onDisconnect.addListener(() => {
    void api.runtime.lastError; // Chromium logs an error if it is not read
    clearTimeout(unanswered);
    port = null;
    snapshot = null;
    failures += 1;
    if (failures > 1) renderUnreachable(document, messages);
    if (failures <= RECONNECT_MAX) setTimeout(connect, RECONNECT_ms);
  });
}

/** @param {string} id @param {() => void} run */
function onClick(id, run) {
  document.getElementById(id)?.addEventListener('click', run);
}

for (const id of /** @type {const} */ (['mute', 'record', 'auto'])) {
  onClick(id, () => {
    renderRefusal(document, null, messages);
    send({ type: 'override', mode: controlsOf(snapshot)[id].mode });
  });
}
// After a reload of the extension, the background is registered again and injects the script into open pages.
onClick('restart', () => api.runtime.reload());
onClick('retry', () => send({ type: 'retry' }));
onClick('change', () => {
  wantsChange = true;
  if (snapshot !== null) render(document, snapshot, messages, wantsChange);
  document.getElementById('own-extension')?.focus();
});
onClick('go-on', () => send({ type: 'continue' }));
// Requested here, because browsers allow that only after a click. The background notices the result.
onClick('allow', () => {
  api.permissions.request({ origins: snapshot?.hiddenSites ?? [] }).catch(() => {});
});

api.tabs.onActivated.addListener(tellTab);
for (const [id, run] of Object.entries(correctionButtons(document, (request) => {
  isToPoint = request.type === 'correct' && request.direction === 'mute';
  send(request);
}))) onClick(id, run);

askWhyOnOpening(document, send);
onClick('pick', async () => {
  if (await bringPicker(api)) window.close();
  else renderPickFailed(document, messages);
});

renderWords(document, messages);
// Removes the answer from the address, so that it is not sent again after a reload.
if (answer !== null) history.replaceState(null, '', location.pathname);
api.commands.getAll().then((commands) => {
  renderKey(document, commands.find(({ name }) => name === MUTE_COMMAND)?.shortcut ?? '', messages);
}, () => {});
api.extension.isAllowedIncognitoAccess().then((allowed) => renderPrivate(document, allowed), () => {});
connect();
