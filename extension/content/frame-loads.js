// Reports the frames of this document to the background. When a frame has loaded, the background injects the
// content script where it is missing. It also compares the list of frames with the scripts that have
// connected.

import { addressOf, FRAMES, isFrame } from '../dom/frames.js';
import { allIn, attribute, callNative, rectOf } from '../dom/shadow.js';

const report_every_ms = 500;

/**
 * How often to check whether frames were removed, have another address, or are now shown, because no event
 * reports that.
 */
const look_every_ms = 2000;

/** A smaller frame has no room for a field. */
const least_px = 16;

/** @param {Element} frame */
function isDrawn(frame) {
  const { width, height } = rectOf(frame);
  return width >= least_px && height >= least_px && callNative(frame, 'checkVisibility',
    { visibilityProperty: true });
}

/** @param {Element} frame @returns {string} the origin of its address; without one, this document's origin */
function originOf(frame) {
  const address = attribute(frame, 'srcdoc') === '' ? addressOf(frame) : '';
  return /^https?:/.test(address) && URL.canParse(address) ? new URL(address).origin : location.origin;
}

/** @param {(frames: {origins: string[], drawn: string[]}) => void} report */
export function createFrameLoads(report) {
  /** @type {Set<Element>} the frames that have loaded, including those in shadow roots */
  const loaded = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let looking;
  let more = false;
  let told = '';

  function frames() {
    for (const frame of loaded) if (!frame.isConnected) loaded.delete(frame);
    const all = [...new Set([...[...allIn(document, FRAMES)].filter(isFrame), ...loaded])];
    const drawn = all.filter(isDrawn).map(originOf).filter((origin) => origin !== location.origin);
    return { origins: all.map(originOf), drawn: [...new Set(drawn)] };
  }

  function now(found = frames()) {
    more = false;
    told = JSON.stringify(found);
    report(found);
    resting = setTimeout(() => {
      resting = undefined;
      if (more) now();
    }, report_every_ms);
    clearTimeout(looking);
    if (found.origins.length > 0) looking = setTimeout(look, look_every_ms);
  }

  function look() {
    const found = frames();
    if (JSON.stringify(found) !== told) now(found);
    else looking = setTimeout(look, look_every_ms);
  }

  function soon() {
    if (resting === undefined) now();
    else more = true;
  }

  return {
    /** @param {Element} [frame] the frame that has loaded */
    loaded(frame) {
      if (frame) loaded.add(frame);
      soon();
    },
    /** To be called when the port is open again: the background may not have the earlier reports. */
    portIsUp() {
      if (told !== '') soon();
    },
    stop() {
      clearTimeout(resting);
      clearTimeout(looking);
      resting = undefined;
      more = false;
    },
  };
}
