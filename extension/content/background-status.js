// What the background has said, and how much of it still holds. The rule: a mute that may no longer be true
// is never shown as one.

/**
 * @typedef {import('../overlay/banner-view.js').Worth} Worth
 * @typedef {{type?: unknown, docked?: unknown}} Unread a message of the background's. The bundle that needs
 *   its fields reads them, with common/background-messages.js
 */

/** How long the background may be silent before the banner says that nothing is known. */
export const silence_ms = 1500;

/** How long a status may have been on its way while a form opened. */
export const crossing_ms = 100;

/** @param {() => void} onChange time has changed what holds */
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
    /** The port to the background has fallen, or is there again: what it said before counts no more. */
    portChanged: () => waitFrom('none'),
    /** The first form has opened. */
    formOpened: () => waitFrom(worth === 'none' ? 'none' : 'crossing'),
    known: () => ({ hello, status, worth, silent }),
    stop,
  };
}
