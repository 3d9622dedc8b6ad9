// The picker's line to the background, which passes on what one frame of the tab says to the others.
// Used by main.js.

import { api } from '../common/api.js';

/** The background may have been ended for having nothing to do; this very call starts it again. */
const reconnect_ms = 100;

/** @param {(message: any) => void} onMessage @param {() => void} onDead the extension is gone */
export function createLine(onMessage, onDead) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function connect() {
    try {
      port = api.runtime.connect({ name: 'picker' });
    } catch {
      onDead();
      return;
    }
    port.onMessage.addListener(onMessage);
    port.onDisconnect.addListener(() => {
      void api.runtime.lastError; // Chromium complains where it is left unread
      port = null;
      timer = setTimeout(connect, reconnect_ms);
    });
  }

  return {
    connect,
    /** @param {object} message */
    send(message) {
      try {
        port?.postMessage(message);
      } catch {
        // The port fell and its event is still to come.
      }
    },
    close() {
      clearTimeout(timer);
      port?.disconnect();
    },
  };
}
