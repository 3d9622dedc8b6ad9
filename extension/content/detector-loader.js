// Loads the detector, which judges what fields are for. Most frames have no field, so the detector is a
// bundle of its own, which is loaded when a frame has its first field. Until then this file keeps the fields.

import { DETECTOR } from '../common/marks.js';

/** @typedef {typeof import('../detect/main.js').detector} Judging */

/** The time between two requests for the bundle. A request may be lost with the port, so it is repeated. */
const ask_again_ms = 1000;

const world = /** @type {{[DETECTOR]?: (judging: Judging) => void}} */ (globalThis);

/**
 * @type {Judging | null} the detector that the bundle has handed over; every session of this script uses it
 */
let brought = null;

/**
 * Whether this document is a card frame of a known payment provider. False until the detector's bundle, which
 * contains the list of providers, has loaded. That is early enough: no detected form is declared before that.
 */
export const isProvidersFrame = () => Boolean(brought?.cardFrameHost(location.href));

/** @param {() => void} ask the background for the bundle */
export function createDetector(ask) {
  /** @type {Set<Element>} fields that are judged once the bundle has run */
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
    /** @param {Element} field is judged once the bundle has run */
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
