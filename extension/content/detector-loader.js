// Loads the detector, which judges what fields are for. Most frames have no field, so its code comes as a
// bundle of its own when a frame has the first one; until then this keeps the fields.

import { DETECTOR } from '../common/marks.js';

/** @typedef {typeof import('../detect/main.js').detector} Judging */

/** Between two requests for the bundle: one may have been lost with the port. */
const ask_again_ms = 1000;

const world = /** @type {{[DETECTOR]?: (judging: Judging) => void}} */ (globalThis);

/** @type {Judging | null} what the bundle brought; it serves every session of this script */
let brought = null;

/**
 * Whether this document is a card frame of a known payment provider. The list is in the bundle: a frame that
 * shows a card field has it.
 */
export const isProvidersFrame = () => Boolean(brought?.cardFrameHost(location.href));

/** @param {() => void} ask the background for the bundle */
export function createDetector(ask) {
  /** @type {Set<Element>} fields that nobody has judged yet */
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
    /** The detector; null before it has come. */
    here: () => brought,
    /** @param {Element} field to be judged when the detector has come */
    keep(field) {
      if (waiting.size === 0) need();
      waiting.add(field);
    },
    /** The port is open again: a request may have been lost with the one before. */
    portIsUp() {
      if (waiting.size > 0) need();
    },
    /** @param {(fields: Element[]) => void} ready is given the fields that waited */
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
