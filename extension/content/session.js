// One showing of this document, from its coming to its going away or into the back-forward cache: joins the
// watcher, the surfaces, the port and the banner. Used by main.js.

import { createBeside } from './beside.js';
import { createFrameNews } from './frames.js';
import { createLeads } from './leads.js';
import { createNews } from './news.js';
import { createPort } from './port.js';
import { cardFrameHost } from './providers.js';
import { createRules } from './rules.js';
import { createSurfaces } from './surfaces.js';
import { createWatcher } from './watcher.js';

/** @typedef {import('./surfaces.js').Surface} Surface */

/** A frame smaller than this has no room for a banner beside its fields; the top frame shows it then. */
const least_frame_px = { width: 320, height: 240 };

/** Whether this frame shows a banner of its own. A provider's frame has one beside it, in the page around. */
function hasRoomForBanner() {
  if (window === window.top) return true;
  if (cardFrameHost(location.href)) return false;
  return window.innerWidth >= least_frame_px.width && window.innerHeight >= least_frame_px.height;
}

/**
 * @param {object} on
 * @param {() => void} on.dead the extension is gone
 * @param {() => void} on.replaced the document was written anew and has lost its listeners
 */
export function startSession(on) {
  let bannerHere = false;
  const beside = createBeside({ send: (message) => port.send(message), open: () => surfaces.all() });
  const news = createNews(render);
  const port = createPort({
    message(message) {
      news.hear(message);
      rules.hear(message);
      render();
    },
    up() {
      surfaces.all().forEach(declare);
      beside.lineIsUp();
      lineChanged();
    },
    down: lineChanged,
    dead: on.dead,
  });
  const surfaces = createSurfaces(
    (surface) => {
      declare(surface);
      if (surfaces.all().length === 1) news.formOpened();
    },
    ({ id }, reason) => {
      port.send({ type: 'surface.close', surface: id, reason });
      render();
    },
  );
  const leads = createLeads((key) => port.send({ type: 'lead', key }));
  const frames = createFrameNews(() => port.send({ type: 'frames' }));
  const rules = createRules({ look: () => watcher.look(), send: port.send });
  const watcher = createWatcher({
    seen(group, reason) {
      surfaces.seen(group, reason);
      render();
    },
    gone: surfaces.gone,
    looked: beside.looked,
    changed() {
      beside.pageChanged();
      rules.here()?.pageChanged();
    },
    rules: rules.here,
    frame: frames.loaded,
    replaced() {
      beside.replaced();
      leads.start();
      on.replaced();
    },
    isOurs: beside.isOurs,
  });

  /** @param {Surface} surface */
  function declare(surface) {
    const { id, reason, seenAt } = surface;
    bannerHere = hasRoomForBanner();
    // Once only: declared again, after a fallen line, the form has been protected meanwhile.
    const age = seenAt === null ? {} : { visible_ms_ago: performance.now() - seenAt };
    surface.seenAt = null;
    port.send({ type: 'surface.open', surface: id, reason, banner: bannerHere, ...age });
  }

  function lineChanged() {
    news.lineChanged();
    render();
  }

  function render() {
    const all = surfaces.all();
    const surface = all.find(({ settling }) => settling === null) ?? all[0];
    const open = all.length > 0 && bannerHere;
    beside.show({ ...news.known(), open }, open ? surface.group : null, all.map(({ group }) => group));
  }

  port.connect();
  leads.start();
  watcher.start();
  rules.start();

  return {
    stop() {
      rules.stop();
      watcher.stop();
      leads.stop();
      frames.stop();
      surfaces.clear();
      news.stop();
      beside.stop();
      port.close();
    },
  };
}
