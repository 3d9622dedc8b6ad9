// Asks for the detector, which judges what fields are for. Most frames have no field, so the detector is a
// bundle of its own, which the background injects when a frame has its first field. This file keeps the
// fields until the bundle has run.

import { DETECTOR } from '../common/marks.js';

/** @typedef {typeof import('../detect/main.js').detector} Judging */

/** How often the request for the bundle is repeated, because it may be lost with the port. */
const ask_again_ms = 1000;

const world = /** @type {{[DETECTOR]?: (judging: Judging) => void}} */ (globalThis);

/**
 * @type {Judging | null} the detector that the bundle has passed here; every session of this script uses it
 */
let brought = null;

/**
 * Whether this document is a card frame of a known payment provider. The list of providers is in the
 * detector's bundle, so the answer is false until that has run. No detected form is declared before then.
 */
export const isProvidersFrame = () => Boolean(brought?.cardFrameHost(location.href));

/** @param {() => void} ask asks the background for the bundle */
export function createDetector(ask) {
  /** @type {Set<Element>} the fields to judge once the bundle has run */
  const waiting = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let asking;
  /** @type {(fields: Element[]) => void} */
  let onReady = () => {};

  function need() {
    clearTimeout(asking);
    asking = setTimeout(need, ask_again_ms);
    ask();
  }

  /** @param {Judging} judging */
  function arrive(judging) {
    brought = judging;
    clearTimeout(asking);
    const fields = [...waiting];
    waiting.clear();
    onReady(fields);
  }
  world[DETECTOR] = arrive;

  return {
    /** The detector; null until its bundle has run. */
    here: () => brought,
    /** @param {Element} field to be judged once the bundle has run */
    keep(field) {
      if (waiting.size === 0) need();
      waiting.add(field);
    },
    /** To be called when the port is open again: a request may have been lost with the previous port. */
    portIsUp() {
      if (waiting.size > 0) need();
    },
    /** @param {(fields: Element[]) => void} ready called with the kept fields once the bundle has run */
    start(ready) {
      onReady = ready;
    },
    stop() {
      clearTimeout(asking);
      waiting.clear();
      world[DETECTOR] = undefined;
    },
  };
}
