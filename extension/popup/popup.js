// The popup's entry: one port to the background, snapshots in, requests out.

import { api } from '../common/api.js';
import { createMessages } from '../common/messages.js';
import { POPUP_PORT, readPopupMessage } from '../common/popup-messages.js';
import { controlsOf } from './controls.js';
import { bringPicker } from './pick.js';
import {
  render, renderPickFailed, renderPrivate, renderRefusal, renderUnreachable, renderWords,
} from './render.js';

// A worker that was just ended starts again with the next connection.
const RECONNECT_ms = 300;
const RECONNECT_MAX = 5;
// Chromium never starts an extension's worker again that was ended while it was being registered, and keeps
// connections to it waiting. Longer than any worker's start.
const ANSWER_ms = 5000;

/** @typedef {import('../common/popup-messages.js').PopupMessage} PopupMessage */

const messages = createMessages(api.i18n);
/** @type {import('../common/popup-messages.js').Snapshot|null} */
let snapshot = null;
/** @type {chrome.runtime.Port|null} */
let port = null;
let failures = 0;

/** @type {{[T in PopupMessage['type']]: (message: Extract<PopupMessage, {type: T}>) => void}} */
const HANDLERS = {
  answer: ({ problem }) => renderRefusal(document, problem, messages),
  snapshot: (message) => {
    snapshot = message;
    render(document, message, messages);
  },
};

/** @param {import('../common/popup-messages.js').PopupRequest} request */
const send = (request) => port?.postMessage(request);

function connect() {
  const opened = api.runtime.connect({ name: POPUP_PORT });
  port = opened;
  const unanswered = setTimeout(() => renderUnreachable(document, messages), ANSWER_ms);
  opened.onMessage.addListener((/** @type {unknown} */ raw) => {
    const message = readPopupMessage(raw);
    if (message === null) return;
    failures = 0;
    clearTimeout(unanswered);
    HANDLERS[message.type](/** @type {any} */ (message));
  });
  opened.onDisconnect.addListener(() => {
    void api.runtime.lastError; // Chromium complains where it is left unread
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
  const button = document.getElementById(id);
  button?.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') run();
  });
}

for (const id of /** @type {const} */ (['mute', 'record', 'auto'])) {
  onClick(id, () => {
    renderRefusal(document, null, messages);
    send({ type: 'override', mode: controlsOf(snapshot)[id].mode });
  });
}
// The browser then registers the background anew; pages that are open are reached again by it.
onClick('restart', () => api.runtime.reload());
onClick('retry', () => send({ type: 'retry' }));
onClick('go-on', () => send({ type: 'continue' }));
// Asked for here, because the browser wants it to follow from a click; the background notices the answer.
onClick('allow', () => {
  api.permissions.request({ origins: snapshot?.hiddenSites ?? [] }).catch(() => {});
});

onClick('pick', async () => {
  if (await bringPicker(api)) window.close();
  else renderPickFailed(document, messages);
});

renderWords(document, messages);
api.extension.isAllowedIncognitoAccess().then((allowed) => renderPrivate(document, allowed), () => {});
connect();
