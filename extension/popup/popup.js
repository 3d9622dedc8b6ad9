// The popup's entry: one port to the background, snapshots in, wishes out.

import { api } from '../common/api.js';
import { createMessages } from '../common/messages.js';
import { controlsOf } from './controls.js';
import { bringPicker } from './pick.js';
import { render, renderPickFailed, renderRefusal, renderUnreachable, renderWords } from './render.js';

// A worker that was just ended starts again with the next connection.
const RECONNECT_ms = 300;
const RECONNECT_MAX = 5;

const messages = createMessages(api.i18n);
/** @type {import('../common/snapshot.js').Snapshot|null} */
let snapshot = null;
/** @type {chrome.runtime.Port|null} */
let port = null;
let failures = 0;

function connect() {
  const opened = api.runtime.connect({ name: 'popup' });
  port = opened;
  opened.onMessage.addListener((/** @type {any} */ message) => {
    failures = 0;
    if (message.type === 'answer') {
      renderRefusal(document, message.problem, messages);
    } else if (message.type === 'snapshot') {
      snapshot = message;
      render(document, message, messages);
    }
  });
  opened.onDisconnect.addListener(() => {
    void api.runtime.lastError; // Chromium complains where it is left unread
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
    port?.postMessage({ type: 'override', mode: controlsOf(snapshot)[id].mode });
  });
}
onClick('retry', () => port?.postMessage({ type: 'retry' }));
// Asked for here, because the browser wants it to follow from a click; the background notices the answer.
onClick('allow', () => {
  api.permissions.request({ origins: snapshot?.hiddenSites ?? [] }).catch(() => {});
});

onClick('pick', async () => {
  if (await bringPicker(api)) window.close();
  else renderPickFailed(document, messages);
});

renderWords(document, messages);
connect();
