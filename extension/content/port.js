// This document's port to the background. It is opened again whenever it closes, because its end closes the
// document's surfaces.

import { PAGE_PORT } from '../common/page-messages.js';
import { post } from '../common/post.js';
import { api } from '../dom/api.js';

/**
 * The shortest and the longest wait from the second retry on. The first retry is immediate: usually the
 * worker was ended, and connecting starts it again.
 */
const first_retry_ms = 100;
const last_retry_ms = 5000;

/**
 * The background answers each new connection, and each form that is declared or closed. If no answer comes
 * for this long, the port counts as dead although the browser has not closed it. It is replaced, and all open
 * forms are declared on the new one. The wait doubles each time, because a browser that has just started is
 * slow.
 *
 * The messages that need an answer are numbered, and the background sends back the last number that it has
 * received. Nothing else that the background sends counts as an answer: it may have been sent before a close
 * that was lost, and the close would never be repeated.
 */
const answer_ms = 3000;
const longest_answer_ms = 24_000;
const ANSWERED = ['surface.open', 'surface.close'];

/** @typedef {import('./background-status.js').Unread} Unread */

/**
 * @typedef {object} Listener
 * @property {(message: Unread) => void} message
 * @property {() => void} up the port is open: the open forms must be declared
 * @property {() => void} down the port has closed, or counts as dead
 * @property {() => void} dead the extension that injected this script is gone
 */

/** @param {() => void} onLate called when no answer has come in time */
function createAnswers(onLate) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let failures = 0;
  /** The number of the last message on this port that needs an answer; 0: the connection itself. */
  let asked = 0;
  /** The highest number that was answered on this port; -1: no message has come yet. */
  let answered = -1;
  const pause = () => clearTimeout(timer);

  function wait() {
    pause();
    timer = setTimeout(() => {
      failures += 1;
      onLate();
    }, Math.min(answer_ms * 2 ** failures, longest_answer_ms));
  }

  return {
    pause,
    /** To be called when a new port was opened. */
    connected() {
      asked = 0;
      answered = -1;
      wait();
    },
    /** @returns {number} the number for the next message */
    next() {
      // While an earlier message is unanswered, its timer runs on: a new message must not extend it.
      if (answered === asked) wait();
      asked += 1;
      return asked;
    },
    /** @param {Unread} message */
    heard({ answers }) {
      const number = typeof answers === 'number' ? answers : 0;
      if (number <= answered) return;
      answered = number;
      failures = 0;
      if (answered < asked) wait();
      else pause();
    },
    reset() {
      pause();
      failures = 0;
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
    /** To be called when the background has answered a connection. */
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
 * @param {() => boolean} isCurrent whether the port has not been replaced
 * @param {(message: Unread) => void} heard
 * @param {() => void} fell called when the port has closed
 */
function listen(port, isCurrent, heard, fell) {
  port.onMessage.addListener((message) => {
    if (message && isCurrent()) heard(message);
  });
  port.onDisconnect.addListener(() => {
    // Reading lastError keeps Chromium from logging an error.
    void api.runtime.lastError;
    if (isCurrent()) fell();
  });
}

/** @param {Listener} on */
export function createPort(on) {
  /** @type {chrome.runtime.Port | null} */
  let port = null;
  const retry = createRetry(connect);
  const answers = createAnswers(() => {
    const old = port;
    port = null;
    on.down();
    connect();
    // The old port is closed last. By now the open forms are declared on the new one, so a background that
    // was merely slow does not end the mute.
    if (old) hangUp(old);
  });

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
      answers.heard(message);
      on.message(message);
    }, () => {
      port = null;
      answers.pause();
      on.down();
      retry.start();
    });
    answers.connected();
    on.up();
  }

  return {
    connect,
    /**
     * @param {import('../common/page-messages.js').PageMessage} message lost while the port is closed. When a
     *   port opens, all open forms are declared again
     */
    send(message) {
      if (!port) return;
      post(port, ANSWERED.includes(message.type) ? { ...message, number: answers.next() } : message);
    },
    /** Closes the port until `connect` is called. */
    close() {
      retry.pause();
      retry.reset();
      answers.reset();
      if (port) hangUp(port);
      port = null;
    },
  };
}
