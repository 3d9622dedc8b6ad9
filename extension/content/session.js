// Connects the watcher, the surfaces, the port and the overlay while this document is shown. A session begins
// with the document, or when it returns from the back-forward cache, and ends when the document goes away.

import { createOverlay } from './overlay-loader.js';
import { createFrameLoads } from './frame-loads.js';
import { createPredictors } from './predictors.js';
import { createBackgroundStatus } from './background-status.js';
import { isProvidersFrame } from './detector-loader.js';
import { createPort } from './port.js';
import { createRules } from './rules-loader.js';
import { createSurfaces } from './surfaces.js';
import { createWatcher } from './watcher.js';

/** @typedef {import('./surfaces.js').Surface} Surface */

/** A frame smaller than this has no room for a banner next to its fields. The top frame shows it instead. */
const least_frame_px = { width: 320, height: 240 };

/** Whether this frame shows a banner of its own. For a provider's frame, the top frame shows the banner. */
function hasRoomForBanner() {
  if (window === window.top) return true;
  if (isProvidersFrame()) return false;
  return window.innerWidth >= least_frame_px.width && window.innerHeight >= least_frame_px.height;
}

/**
 * @param {Surface} surface
 * @param {boolean} banner whether this frame shows the banner for it
 * @returns {import('../common/page-messages.js').Open}
 */
function openMessage(surface, banner) {
  const { id, reason, seenAt } = surface;
  // The age is sent only once: a form that is declared again has been protected in the meantime.
  const age = seenAt === null ? {} : { visible_ms_ago: performance.now() - seenAt };
  surface.seenAt = null;
  return { type: 'surface.open', surface: id, reason, banner, ...age };
}

/** @param {(message: import('../common/page-messages.js').PageMessage) => void} send */
function createDeclarations(send) {
  let bannerHere = false;
  return {
    /** @param {Surface} surface */
    declare(surface) {
      bannerHere = hasRoomForBanner();
      send(openMessage(surface, bannerHere));
    },
    /** Whether the form that was declared last has its banner in this frame. */
    isBannerHere: () => bannerHere,
  };
}

/** @param {Surface[]} all @returns {Surface['group'] | null} the form that the banner is next to */
const groupForBanner = (all) =>
  (all.find(({ settling }) => settling === null) ?? all[0])?.group ?? null;

/**
 * Connects the watcher with the parts that report what it finds.
 * @param {object} parts
 * @param {ReturnType<typeof createOverlay>} parts.overlay
 * @param {ReturnType<typeof createSurfaces>} parts.surfaces
 * @param {ReturnType<typeof createRules>} parts.rules
 * @param {() => void} parts.render
 * @param {(message: import('../common/page-messages.js').PageMessage) => void} parts.send
 * @param {(frame: Element) => void} parts.frame a frame has loaded
 * @param {() => void} parts.replaced
 */
const watch = ({ overlay, surfaces, rules, render, send, frame, replaced }) => createWatcher({
  seen(group, reason) {
    surfaces.seen(group, reason);
    render();
  },
  gone: surfaces.gone,
  looked: overlay.looked,
  changed() {
    overlay.pageChanged();
    rules.here()?.pageChanged();
  },
  rules: rules.here,
  awaitsRules: rules.areAwaited,
  detector: () => send({ type: 'detector' }),
  fields: (kinds) => send({ type: 'fields', kinds }),
  toggle: overlay.first,
  frame,
  replaced,
  isOurs: overlay.isOurs,
});

/**
 * @param {object} on
 * @param {() => void} on.dead the extension is gone
 * @param {() => void} on.replaced `document.open` has removed all listeners
 */
export function startSession(on) {
  /** @param {import('../common/page-messages.js').PageMessage} message */
  const send = (message) => port.send(message);
  const overlay = createOverlay({ send, open: () => surfaces.all() });
  const background = createBackgroundStatus(render);
  const { declare, isBannerHere } = createDeclarations(send);
  const port = createPort({
    message(message) {
      for (const part of [background, watcher, rules]) part.hear(message);
      render();
    },
    up() {
      surfaces.all().forEach(declare);
      for (const part of [overlay, watcher, frames]) part.portIsUp();
      portChanged();
    }, down: portChanged, dead: on.dead,
  });
  const surfaces = createSurfaces(
    (surface) => {
      declare(surface);
      if (surfaces.all().length === 1) background.formOpened();
    }, ({ id }, reason) => {
      send({ type: 'surface.close', surface: id, reason });
      render();
    },
  );
  const predictors = createPredictors((key) => send({ type: 'predictor', key }));
  const frames = createFrameLoads((found) => send({ type: 'frames', ...found }));
  const rules = createRules({ look: () => watcher.look(), lookNow: () => watcher.lookNow(), send });
  const watcher = watch({ overlay, surfaces, rules, render, replaced, send, frame: frames.loaded });

  function replaced() {
    overlay.replaced();
    predictors.start();
    on.replaced();
  }

  function portChanged() {
    background.portChanged();
    render();
  }

  function render() {
    const all = surfaces.all();
    const group = isBannerHere() ? groupForBanner(all) : null;
    overlay.show({ ...background.known(), open: group !== null }, group, all.map((it) => it.group));
  }

  port.connect();
  for (const part of [predictors, watcher, rules]) part.start();
  return {
    stop() {
      for (const part of [rules, watcher, predictors, frames]) part.stop();
      surfaces.clear();
      for (const part of [background, overlay]) part.stop();
      port.close();
    },
  };
}
