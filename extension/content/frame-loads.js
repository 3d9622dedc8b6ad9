// Reports that frames have loaded, so that the background injects this script where it is missing.

import { allIn, nativeProperty } from '../dom/shadow.js';

/** The least time between two reports. */
const report_every_ms = 500;

/** @returns {string[]} the other origins that frames of this document name, each once */
export const frameOrigins = () => [...new Set([...allIn(document, 'iframe')]
  .map((frame) => /^https?:\/\/[^/]+/.exec(nativeProperty(frame, 'src'))?.[0] ?? location.origin))]
  .filter((origin) => origin !== location.origin);

/** @param {() => void} report */
export function createFrameLoads(report) {
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  let more = false;

  function now() {
    more = false;
    report();
    timer = setTimeout(() => {
      timer = null;
      if (more) now();
    }, report_every_ms);
  }

  return {
    loaded() {
      if (timer === null) now();
      else more = true;
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      more = false;
    },
  };
}
