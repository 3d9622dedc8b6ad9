// The content script: sees payment forms in this frame and shows whether the call is muted. The browser may
// inject it more than once, and a new version beside an old one; of all these exactly one is to be at work.

import { HELD_MARK, HOST_MARK } from '../common/marks.js';
import { extensionAlive } from '../dom/api.js';
import { startSession } from './session.js';

/** @typedef {{alive: () => boolean, stop: () => void}} Instance */

const INSTANCE = Symbol.for('cardmute.content');

/** Chromium does not always tell the script of a removed or updated extension that its port has closed. */
const look_for_extension_ms = 1000;

const world = /** @type {{[INSTANCE]?: Instance}} */ (globalThis);

/** @returns {Instance} */
function start() {
  /** @type {ReturnType<typeof startSession> | null} */
  let session = null;
  let stopped = false;
  // A frame's first document gives way to the real one without an event, and its window goes on.
  const ours = document;
  const looking = setInterval(() => {
    if (!extensionAlive()) stop();
  }, look_for_extension_ms);

  function open() {
    session ??= startSession({ dead: stop, replaced: listen });
    // The extension may have gone while it started.
    if (stopped) close();
  }

  function close() {
    session?.stop();
    session = null;
  }

  /** A page can send such an event itself, and its form would count as gone. @param {Event} event */
  function onHide({ isTrusted }) {
    if (isTrusted) close();
  }

  /** @param {PageTransitionEvent} event */
  function onShow({ persisted, isTrusted }) {
    if (isTrusted && persisted) open();
  }

  function listen() {
    addEventListener('pagehide', onHide);
    addEventListener('pageshow', onShow);
  }

  function stop() {
    stopped = true;
    clearInterval(looking);
    close();
    removeEventListener('pagehide', close);
    removeEventListener('pageshow', onShow);
    document.removeEventListener('prerenderingchange', open);
  }

  // What an older version had to leave behind.
  for (const left of document.querySelectorAll(`[${HOST_MARK}]`)) left.remove();
  for (const held of document.querySelectorAll(`[${HELD_MARK}]`)) {
    held.removeAttribute('inert');
    held.removeAttribute(HELD_MARK);
  }
  listen();
  // Nobody sees a page that is only prepared: its form is looked for when the agent comes to it.
  const { prerendering } = /** @type {Document & {prerendering?: boolean}} */ (document);
  if (prerendering) document.addEventListener('prerenderingchange', open, { once: true });
  else open();

  return { alive: () => !stopped && ours === document && extensionAlive(), stop };
}

if (!world[INSTANCE]?.alive()) {
  world[INSTANCE]?.stop();
  world[INSTANCE] = start();
}
