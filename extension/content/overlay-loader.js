// Loads the overlay: banner, interlock, and the report of typing. Most frames never see a form, so its code
// comes as a bundle of its own when it is first needed; until then this keeps what it is to show.

import { OVERLAY } from '../common/marks.js';

/** @typedef {import('../overlay/main.js').Overlay} Overlay */
/** @typedef {import('../overlay/main.js').make} Make */
/**
 * @typedef {[ReturnType<ReturnType<typeof import('./background-status.js').createBackgroundStatus>['known']>
 *   & {open: boolean}, Group | null, Group[]]} Shown
 * @typedef {import('../detect/groups.js').Group} Group
 */

/** Between two requests for the bundle: one may have been lost with the port. */
const ask_again_ms = 1000;

/** What a page could stop at its window before a listener that comes later. */
const FIRST = 'click keydown keypress keyup touchstart touchend DOMActivate toggle'.split(' ');

const world = /** @type {{[OVERLAY]?: (make: Make) => void}} */ (globalThis);

/** @type {Make | null} what the bundle brought; it serves every session of this script */
let brought = null;

/** @type {Overlay | null} the one at work */
let atWork = null;

/** @param {Event} event */
const first = (event) => atWork?.first(event);

/**
 * From the start of the document, before any script of the page, and for good: the overlay comes too late to
 * be the first that hears of an event. A listener that is there already is not added twice.
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
    /** @param {typeof groups} now the groups that may be a form, and which of their fields are visible */
    looked(now) {
      groups = now;
      // Loaded before a form is visible, so that the banner comes at once.
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
      real?.replaced();
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
