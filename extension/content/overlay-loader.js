// Asks for the overlay: banner, interlock, and the reports of typing. Most frames never have a form, so the
// overlay is a bundle of its own, which the background injects when it is first needed. This file keeps what
// the overlay has to show until the bundle has run.

import { OVERLAY } from '../common/marks.js';

/** @typedef {import('../overlay/main.js').Overlay} Overlay */
/** @typedef {import('../overlay/main.js').make} Make */
/**
 * @typedef {[ReturnType<ReturnType<typeof import('./background-status.js').createBackgroundStatus>['known']>
 *   & {open: boolean}, Group | null, Group[]]} Shown
 * @typedef {import('./groups.js').Group} Group
 */

/** The least time between two requests for the bundle. A request may be lost with the port. */
const ask_again_ms = 1000;

/**
 * Events for which the overlay must be the first listener, because a listener of the page at the window could
 * stop them.
 */
const FIRST = ('click input keydown keypress keyup touchstart touchend DOMActivate toggle '
  + 'pointerover pointerout pointermove pointerdown').split(' ');

const world = /** @type {{[OVERLAY]?: (make: Make) => void}} */ (globalThis);

/** @type {Make | null} the function that the bundle has passed here; every session of this script uses it */
let brought = null;

/** @type {Overlay | null} the active overlay */
let atWork = null;

/** @param {Event} event */
const first = (event) => atWork?.first(event);

/**
 * Listens from the start of the document, before any script of the page, since the overlay is loaded too late
 * to be the first listener. May be called again: the browser does not add the same listener twice.
 */
function listenFirst() {
  for (const type of FIRST) addEventListener(type, first, { capture: true, passive: true });
}

/** @param {Parameters<Make>[0]} session */
export function createOverlay(session) {
  /** @type {Overlay | null} */
  let real = null;
  /** @type {Shown | null} */
  let shown = null;
  /** @type {Parameters<Overlay['looked']>[0]} */
  let groups = [];
  let askedAt = -Infinity;

  /** @param {Make} make */
  function arrive(make) {
    brought = make;
    real ??= make(session);
    atWork = real;
    if (shown) real.show(...shown);
    real.looked(groups);
  }
  world[OVERLAY] = arrive;
  listenFirst();
  function need() {
    if (real) return;
    if (brought) arrive(brought);
    else if (performance.now() - askedAt >= ask_again_ms) {
      askedAt = performance.now();
      session.send({ type: 'overlay' });
    }
  }

  return {
    /** @param {typeof groups} now the candidates for a form, each with its visible fields */
    looked(now) {
      groups = now;
      // The bundle is loaded before a form is visible, so that the banner then appears at once.
      if (now.length > 0) need();
      real?.looked(now);
    },
    first,
    portIsUp: () => real?.portIsUp(),
    /** @param {Shown} what */
    show(...what) {
      const [{ status }, , forms] = what;
      shown = what;
      if (forms.length > 0 || status?.docked) need();
      real?.show(...what);
    },
    replaced() {
      listenFirst();
    },
    pageChanged: () => real?.pageChanged(),
    /** @param {Node} node */
    isOurs: (node) => real !== null && real.isOurs(node),
    stop() {
      shown = null;
      world[OVERLAY] = undefined;
      atWork = null;
      real?.stop();
    },
  };
}
