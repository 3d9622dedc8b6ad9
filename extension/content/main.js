// The content script: detects payment forms in this frame and shows whether the call is muted. It may be
// injected several times, and in a new version while an old one runs. Exactly one of them must be active.

import { HELD_MARK, HOST_MARK } from '../common/marks.js';
import { extensionAlive } from '../dom/api.js';
import { startSession } from './session.js';

/** @typedef {{alive: () => boolean, stop: () => void}} Instance */

const INSTANCE = Symbol.for('cardmute.content');

/**
 * How often to check whether the extension still exists. When it is removed or updated, Chromium does not
 * always report to the script that its port has closed.
 */
const look_for_extension_ms = 1000;

const world = /** @type {{[INSTANCE]?: Instance}} */ (globalThis);

/** @returns {Instance} */
function start() {
  /** @type {ReturnType<typeof startSession> | null} */
  let session = null;
  let stopped = false;
  // When a frame's first blank document is replaced by the loaded one, there is no event and the window stays
  // the same. So alive() compares the document.
  const ours = document;
  const looking = setInterval(() => {
    if (!extensionAlive()) stop();
  }, look_for_extension_ms);

  function open() {
    session ??= startSession({ dead: stop, replaced: listen });
    // The extension may have gone while the session started.
    if (stopped) close();
  }

  function close() {
    session?.stop();
    session = null;
  }

  /** Ignores events that the page makes, because they would close an open form. @param {Event} event */
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
    removeEventListener('pagehide', onHide);
    removeEventListener('pageshow', onShow);
    document.removeEventListener('prerenderingchange', open);
  }

  // Removes what an older version could not remove itself.
  for (const left of document.querySelectorAll(`[${HOST_MARK}]`)) left.remove();
  for (const held of document.querySelectorAll(`[${HELD_MARK}]`)) {
    held.removeAttribute('inert');
    held.removeAttribute(HELD_MARK);
  }
  listen();
  // Nobody sees a prerendered page, so the session starts when the page is shown.
  const { prerendering } = /** @type {Document & {prerendering?: boolean}} */ (document);
  if (prerendering) document.addEventListener('prerenderingchange', open, { once: true });
  else open();

  return { alive: () => !stopped && ours === document && extensionAlive(), stop };
}

if (!world[INSTANCE]?.alive()) {
  world[INSTANCE]?.stop();
  world[INSTANCE] = start();
}
