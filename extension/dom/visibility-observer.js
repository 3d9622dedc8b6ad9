// Notices what shows and hides the fields of a form: size, place, and where the browser can tell what lies
// in front; any attribute of what is around them, also around their frame in a page of the same origin.
// Used by watcher.js.

import { parentAsDrawn } from './shadow.js';

/** @typedef {import('./groups.js').Group} Group */

/** The attributes that show and hide. */
export const SHOWING = ['class', 'style', 'hidden', 'open', 'inert'];

/** Pages show and hide by attributes of their own, such as data-state. */
const EVERY = { attributes: true };

/** How often a browser that can tell reports an element as covered or transparent; it takes no less. */
const visibility_delay_ms = 100;

/**
 * @param {() => void} onChange
 * @param {() => void} onChangeAround of an attribute of what is around a field
 */
export function createSight(onChange, onChangeAround) {
  /** @type {Set<Element>} */
  const watched = new Set();
  const around = new MutationObserver(onChangeAround);
  const watchers = [
    new ResizeObserver(onChange),
    new IntersectionObserver(onChange, /** @type {IntersectionObserverInit} */ ({
      threshold: [0, 0.5, 1],
      trackVisibility: true,
      delay: visibility_delay_ms,
    })),
  ];

  /** @param {Iterable<Element>} lineage */
  function watchAround(lineage) {
    around.disconnect();
    for (const element of lineage) around.observe(element, EVERY);
    /** @type {Element | null} */
    let at = window.frameElement;
    for (; at; at = parentAsDrawn(at) ?? at.ownerDocument.defaultView?.frameElement ?? null) {
      around.observe(at, EVERY);
    }
  }

  return {
    /**
     * @param {Group[]} groups those of rules among them; others are watched no more
     * @param {Iterable<Element>} lineage the fields and what is around them
     */
    of(groups, lineage) {
      const wanted = new Set(groups.flatMap((group) => [...group.fields.keys()]));
      if (wanted.size > 0) watchAround(lineage);
      for (const element of watched) {
        if (wanted.has(element)) continue;
        watched.delete(element);
        watchers.forEach((watcher) => watcher.unobserve(element));
      }
      for (const element of wanted) {
        if (watched.has(element)) continue;
        watched.add(element);
        watchers.forEach((watcher) => watcher.observe(element));
      }
    },
    stop: () => [around, ...watchers].forEach((watcher) => watcher.disconnect()),
  };
}
