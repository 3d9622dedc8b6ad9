// The port to the background: one for this document, opened again whenever it falls. Its end closes all
// surfaces of this document in the background.

import { PAGE_PORT } from '../common/page-messages.js';
import { post } from '../common/post.js';
import { api } from '../dom/api.js';

/** The first retry is at once: the usual reason is a restarted worker, which this very call wakes. */
const first_retry_ms = 100;
const last_retry_ms = 5000;

/**
 * The background answers a new connection, and each form that is declared or closed. A port without an answer
 * for this long is dead, although the browser has not closed it: it is replaced, and all that is open is
 * declared on the new one. Each time the wait doubles, because a browser that has just started may be slow.
 */
const answer_ms = 3000;
const longest_answer_ms = 24_000;
const ANSWERED = ['surface.open', 'surface.close'];

/** @typedef {import('./background-status.js').Unread} Unread */

/**
 * @typedef {object} Listener
 * @property {(message: Unread) => void} message
 * @property {() => void} up the port is open: what is open must be declared
 * @property {() => void} down the port has fallen
 * @property {() => void} dead the extension is gone for good, as far as this script is concerned
 */

/** @param {() => void} onLate no answer has come in time */
function createDeadline(onLate) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let unanswered = 0;
  const pause = () => clearTimeout(timer);

  return {
    pause,
    start() {
      pause();
      timer = setTimeout(() => {
        unanswered += 1;
        onLate();
      }, Math.min(answer_ms * 2 ** unanswered, longest_answer_ms));
    },
    /** It has been met. */
    reset() {
      pause();
      unanswered = 0;
    },
  };
}

/** @param {() => void} connect */
function createRetry(connect) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let failures = 0;
  const pause = () => clearTimeout(timer);

  return {
    pause,
    start() {
      const longest = Math.min(first_retry_ms * 2 ** (failures - 1), last_retry_ms);
      const wait_ms = failures === 0 ? 0 : longest * (0.5 + Math.random() / 2);
      failures += 1;
      timer = setTimeout(connect, wait_ms);
    },
    /** The last try was a success. */
    reset() {
      failures = 0;
    },
  };
}

/** @param {chrome.runtime.Port} port */
function hangUp(port) {
  try {
    port.disconnect();
  } catch {
    // The extension is gone, and the port with it.
  }
}

/**
 * @param {chrome.runtime.Port} port
 * @param {() => boolean} isCurrent whether it has not been replaced
 * @param {(message: Unread) => void} heard
 * @param {() => void} fell
 */
function listen(port, isCurrent, heard, fell) {
  port.onMessage.addListener((message) => {
    if (message && isCurrent()) heard(message);
  });
  port.onDisconnect.addListener(() => {
    // The browser reports an error that nobody has read.
    void api.runtime.lastError;
    if (isCurrent()) fell();
  });
}

/** @param {Listener} on */
export function createPort(on) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  const retry = createRetry(connect);
  const deadline = createDeadline(() => {
    drop();
    on.down();
    connect();
  });

  function drop() {
    const old = port;
    port = null;
    if (old) hangUp(old);
  }

  function connect() {
    retry.pause();
    try {
      port = api.runtime.connect({ name: PAGE_PORT });
    } catch {
      // The extension was reloaded, updated or removed.
      on.dead();
      return;
    }
    const fresh = port;
    listen(fresh, () => port === fresh, (message) => {
      retry.reset();
      deadline.reset();
      on.message(message);
    }, () => {
      port = null;
      deadline.pause();
      on.down();
      retry.start();
    });
    deadline.start();
    on.up();
  }

  return {
    connect,
    /**
     * @param {import('../common/page-messages.js').PageMessage} message dropped while the port is down: when
     *   it is up again, all is declared again
     */
    send(message) {
      if (!port) return;
      if (ANSWERED.includes(message.type)) deadline.start();
      post(port, message);
    },
    /** Hangs up and stays so until `connect`. */
    close() {
      retry.pause();
      retry.reset();
      deadline.reset();
      drop();
    },
  };
}
