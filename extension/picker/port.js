// The picker's port to the background. The background passes the messages of each frame on to the tab's other
// frames.

import { api } from '../common/api.js';
import { PICKER_PORT, readPickerMessage } from '../common/picker-messages.js';

/** @typedef {import('../common/picker-messages.js').PassedOn} PassedOn */

/** The wait before a new connection, which starts the worker again if the browser has ended it. */
const reconnect_ms = 100;

/**
 * @param {(message: import('../common/picker-messages.js').PickerMessage) => void} onMessage
 * @param {() => void} onDead the extension is gone
 */
export function createPort(onMessage, onDead) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function connect() {
    try {
      port = api.runtime.connect({ name: PICKER_PORT });
    } catch {
      onDead();
      return;
    }
    port.onMessage.addListener((/** @type {unknown} */ raw) => {
      const message = readPickerMessage(raw);
      if (message) onMessage(message);
    });
    port.onDisconnect.addListener(() => {
      void api.runtime.lastError; // Chromium logs an error if it is not read
      port = null;
      timer = setTimeout(connect, reconnect_ms);
    });
  }

  return {
    connect,
    /** @param {import('../common/picker-messages.js').Chosen | PassedOn} message */
    send(message) {
      try {
        port?.postMessage(message);
      } catch {
        // The port has closed, and its disconnect event is still to come.
      }
    },
    close() {
      clearTimeout(timer);
      port?.disconnect();
    },
  };
}
