// Keeps the background's last messages and how far they can be trusted. The rule: a mute that may be over is
// never shown as a mute.

/**
 * @typedef {import('../overlay/banner-view.js').Worth} Worth
 * @typedef {{type?: unknown, docked?: unknown, answers?: unknown, rules?: unknown}} Unread a message of the
 *   background that is not validated. The bundle that needs its fields reads it with
 *   common/background-messages.js
 */

/**
 * How long the background may take to send a status after the first form has opened or the port has changed.
 * If there is no current status by then, the banner says that the state of the call is unknown.
 */
export const silence_ms = 1500;

/**
 * For this long after the first form has opened, the last status counts as `crossing`. If no new one has
 * arrived by then, it counts as current, because the background would have sent a change.
 */
export const crossing_ms = 100;

/** @param {() => void} onChange called when the passing of time changes how far the messages are trusted */
export function createBackgroundStatus(onChange) {
  /** @type {Unread | null} */
  let hello = null;
  /** @type {Unread | null} */
  let status = null;
  /** @type {Worth} */
  let worth = 'none';
  let silent = false;
  /** @type {ReturnType<typeof setTimeout>[]} */
  let timers = [];

  function stop() {
    timers.forEach(clearTimeout);
    timers = [];
  }

  /** @param {Worth} now */
  function waitFrom(now) {
    stop();
    worth = now;
    silent = false;
    timers = [
      setTimeout(() => {
        if (worth === 'crossing') worth = 'current';
        onChange();
      }, crossing_ms),
      setTimeout(() => {
        silent = true;
        onChange();
      }, silence_ms),
    ];
  }

  return {
    /** @param {Unread} message */
    hear(message) {
      if (message.type === 'hello') hello = message;
      if (message.type === 'status') {
        status = message;
        worth = 'current';
      }
    },
    /** The port to the background has closed or opened, so an earlier status no longer counts. */
    portChanged: () => waitFrom('none'),
    /** The first form has opened. */
    formOpened: () => waitFrom(worth === 'none' ? 'none' : 'crossing'),
    known: () => ({ hello, status, worth, silent }),
    stop,
  };
}
