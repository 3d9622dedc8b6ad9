// Notices what shows and hides the fields of a form without a change in their document: size, place, and
// where the browser can tell what lies in front; of a frame, what the page of the same origin around it
// does. Used by watcher.js.

import { parentAsDrawn } from './shadow.js';

/** @typedef {import('./groups.js').Group} Group */

/** The attributes that show and hide. */
export const SHOWING = ['class', 'style', 'hidden', 'open', 'inert'];

/** How often a browser that can tell reports an element as covered or transparent; it takes no less. */
const visibility_delay_ms = 100;

/**
 * @param {() => void} onChange
 * @param {() => void} onChangeAround in the page around this frame
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

  function watchAround() {
    /** @type {Element | null} */
    let at = window.frameElement;
    for (; at; at = parentAsDrawn(at) ?? at.ownerDocument.defaultView?.frameElement ?? null) {
      around.observe(at, { attributes: true, attributeFilter: SHOWING });
    }
  }

  return {
    /** @param {Group[]} groups those of rules among them; others are watched no more */
    of(groups) {
      const wanted = new Set(groups.flatMap((group) => [...group.fields.keys()]));
      if (wanted.size > 0) watchAround();
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
