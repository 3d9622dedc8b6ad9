// The place of what is beside a form: banner, interlock, an ear for typing. Most frames never see a form, so
// its code comes as a bundle of its own when it is first needed; until then this keeps what it is to show.
// Used by session.js.

import { BESIDE } from '../common/marks.js';

/** @typedef {import('../beside/main.js').Beside} Beside */
/** @typedef {import('../beside/main.js').make} Make */

/** Between two requests for the bundle: one may have been lost with the line. */
const ask_again_ms = 1000;

const world = /** @type {{[BESIDE]?: (make: Make) => void}} */ (globalThis);

/** @type {Make | null} what the bundle brought; it serves every session of this script */
let brought = null;

/** @param {Parameters<Make>[0]} session */
export function createBeside(session) {
  /** @type {Beside | null} */
  let real = null;
  /** @type {Parameters<Beside['show']> | null} */
  let shown = null;
  /** @type {Parameters<Beside['looked']>[0]} */
  let groups = [];
  let askedAt = -Infinity;

  /** @param {Make} make */
  function arrive(make) {
    brought = make;
    real ??= make(session);
    if (shown) real.show(...shown);
    real.looked(groups);
  }
  world[BESIDE] = arrive;

  function need() {
    if (real) return;
    if (brought) arrive(brought);
    else if (performance.now() - askedAt >= ask_again_ms) {
      askedAt = performance.now();
      session.send({ type: 'beside' });
    }
  }

  return {
    /** @param {typeof groups} now the groups that may be a form, and which of their fields are visible */
    looked(now) {
      groups = now;
      // Better here before it.
      if (now.length > 0) need();
      real?.looked(now);
    },
    lineIsUp: () => real?.lineIsUp(),
    /** @param {Parameters<Beside['show']>} what */
    show(...what) {
      const [{ status }, , forms] = what;
      shown = what;
      if (forms.length > 0 || status?.docked) need();
      real?.show(...what);
    },
    replaced: () => real?.replaced(),
    pageChanged: () => real?.pageChanged(),
    /** @param {Node} node */
    isOurs: (node) => real !== null && real.isOurs(node),
    stop() {
      shown = null;
      world[BESIDE] = undefined;
      real?.stop();
    },
  };
}
