// The place of what stands beside a form, banner and interlock. Most frames never see a form, so its code
// comes as a bundle of its own when it is first needed; until then this keeps what it is to show.
// Used by session.js.

import { BESIDE } from '../common/marks.js';

/** @typedef {import('../beside/main.js').Beside} Beside */
/** @typedef {import('../beside/main.js').make} Make */

/** Between two requests for the bundle: one may have been lost with the line. */
const ask_again_ms = 1000;

const world = /** @type {{[BESIDE]?: (make: Make) => void}} */ (globalThis);

/** @type {Make | null} what the bundle brought; it serves every session of this script */
let brought = null;

/**
 * @param {() => void} ask asks the background for the bundle
 * @param {Parameters<Make>} on what it is to report
 */
export function createBeside(ask, ...on) {
  /** @type {Beside | null} */
  let real = null;
  /** @type {Parameters<Beside['show']> | null} */
  let shown = null;
  let askedAt = -Infinity;

  /** @param {Make} make */
  function arrive(make) {
    brought = make;
    real ??= make(...on);
    if (shown) real.show(...shown);
  }
  world[BESIDE] = arrive;

  function need() {
    if (real) return;
    if (brought) arrive(brought);
    else if (performance.now() - askedAt >= ask_again_ms) {
      askedAt = performance.now();
      ask();
    }
  }

  return {
    /** A form is likely to come: better here before it. */
    need,
    /** @param {Parameters<Beside['show']>} what */
    show(...what) {
      const [{ hello, status, open }, , forms] = what;
      shown = what;
      const interlock = (status ?? hello)?.interlock;
      // Without room for a banner there may be fields to cover.
      const needed = open || status?.docked || forms.length > 0 && interlock === 'block';
      if (hello && interlock !== 'off' && needed) need();
      real?.show(...what);
    },
    pageChanged: () => real?.pageChanged(),
    /** @param {Node} node */
    isOurs: (node) => real !== null && real.isOurs(node),
    stop() {
      shown = null;
      real?.stop();
    },
  };
}
