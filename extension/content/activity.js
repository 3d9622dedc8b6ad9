// Notices that someone is typing in a payment form: that it happens, never what. Used by session.js.
// Of an event only its target is read.

import { isCardField, isTypedIn } from './groups.js';
import { isElement } from './shadow.js';

/** @typedef {import('./surfaces.js').Surface} Surface */

/** Between two reports about one surface. */
const report_every_ms = 5000;

/**
 * @param {() => Surface[]} open the surfaces that are open
 * @param {(surface: Surface, where: {card?: true, ms_ago?: number}) => void} onActive card: in a card field,
 *   for the first time
 */
export function createActivity(open, onActive) {
  /** @type {WeakMap<Surface, number>} */
  const reportedAt = new WeakMap();
  /** @type {WeakSet<Surface>} */
  const typedIn = new WeakSet();

  /** @param {Event} event */
  function onTyping({ target, timeStamp }) {
    if (!isElement(/** @type {Node} */ (target))) return;
    const now = performance.now();
    for (const surface of open()) {
      if (!typedIn.has(surface) && isCardField(surface.group, /** @type {Element} */ (target))) {
        typedIn.add(surface);
        reportedAt.set(surface, now);
        onActive(surface, { card: true, ms_ago: Math.max(0, now - timeStamp) });
        continue;
      }
      if (now - (reportedAt.get(surface) ?? -Infinity) < report_every_ms) continue;
      if (!isTypedIn(surface.group, /** @type {Element} */ (target))) continue;
      reportedAt.set(surface, now);
      onActive(surface, {});
    }
  }

  const listening = new AbortController();
  const passive = { capture: true, passive: true, signal: listening.signal };

  return {
    /** May be called again: a listener that is there already is not added twice. */
    start() {
      for (const type of ['input', 'keydown']) addEventListener(type, onTyping, passive);
    },
    stop: () => listening.abort(),
  };
}
