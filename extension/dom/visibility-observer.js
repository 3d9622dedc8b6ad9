// Notices changes that may show or hide elements: of their size and place, of what covers them (if the
// browser reports that), and of any attribute of their ancestors. The ancestors of their frame count too, as
// far as the pages have the same origin.

import { parentAsDrawn } from './shadow.js';

/** The common attributes that show and hide elements. */
export const SHOWING = ['class', 'style', 'hidden', 'open', 'inert'];

/**
 * For ancestors every attribute counts, because pages also hide elements by attributes such as data-state.
 */
const EVERY = { attributes: true };

/** The interval at which Chromium reports an element as covered or transparent; the shortest it allows. */
const visibility_delay_ms = 100;

/**
 * @param {() => void} onChange called when the size, place or visibility of an observed element has changed
 * @param {() => void} onChangeAround called when an attribute of an observed element or of an ancestor of one
 *   has changed
 */
export function createVisibilityObserver(onChange, onChangeAround) {
  /** @type {Set<Element>} */
  const watched = new Set();
  const around = new MutationObserver(onChangeAround);
  /**
   * @type {Iterable<Element> | null} the lineage that is observed now, see `observe`. When it changes, the
   *   caller passes a new object
   */
  let known = null;
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
    if (lineage === known) return;
    known = lineage;
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
     * Observes these elements instead of the earlier ones.
     * @param {Iterable<Element>} elements
     * @param {Iterable<Element>} lineage the elements and all their ancestors
     */
    observe(elements, lineage) {
      const wanted = new Set(elements);
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
