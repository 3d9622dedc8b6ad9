// The line to the background: one port for this document, opened again whenever it falls. Used by session.js.
// The life of the port is the life of all surfaces of this document; the background needs no other farewell.

import { api } from './api.js';

/** The first retry is at once: the usual reason is a restarted worker, which this very call wakes. */
const first_retry_ms = 100;
const last_retry_ms = 5000;

/**
 * @typedef {object} Listener
 * @property {(message: any) => void} message
 * @property {() => void} up the port is open: what is open must be declared
 * @property {() => void} down the port has fallen
 * @property {() => void} dead the extension is gone for good, as far as this script is concerned
 */

/** @param {Listener} on */
export function createPort(on) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let failures = 0;

  function connect() {
    clearTimeout(timer);
    let fresh;
    try {
      fresh = api.runtime.connect({ name: 'surfaces' });
    } catch {
      // The extension was reloaded, updated or removed.
      on.dead();
      return;
    }
    port = fresh;
    fresh.onMessage.addListener((message) => {
      if (port !== fresh) return;
      failures = 0;
      on.message(message);
    });
    fresh.onDisconnect.addListener(() => {
      // Asking for the reason keeps the browser from reporting it as an error nobody looked at.
      void api.runtime.lastError;
      if (port !== fresh) return;
      port = null;
      on.down();
      retry();
    });
    on.up();
  }

  function retry() {
    const longest = Math.min(first_retry_ms * 2 ** (failures - 1), last_retry_ms);
    const wait_ms = failures === 0 ? 0 : longest * (0.5 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(connect, wait_ms);
  }

  return {
    connect,
    /** @param {object} message dropped while the port is down: when it is up again, all is declared anew */
    send(message) {
      try {
        port?.postMessage(message);
      } catch {
        // The port fell and its event is still to come.
      }
    },
    /** Hangs up and stays so until `connect`. */
    close() {
      clearTimeout(timer);
      const old = port;
      port = null;
      failures = 0;
      try {
        old?.disconnect();
      } catch {
        // The extension is gone, and the port with it.
      }
    },
  };
}
