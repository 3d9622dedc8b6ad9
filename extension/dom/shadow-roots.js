// Finds shadow roots, also those that are attached late, for which there is no event. Used by watcher.js and
// rules-main.js.

import { allIn, isCustom, isElement, shadowRootOf } from './shadow.js';

/** As many elements are looked at in one go, the rest in later frames of animation. */
const elements_per_turn = 2000;

/** Custom elements without a shadow root that are kept in mind; the oldest are forgotten first. */
const most_waiting = 300;

/**
 * @param {(root: ShadowRoot) => void} onRoot told of each root once
 */
export function createRootFinder(onRoot) {
  /** @type {WeakSet<ShadowRoot>} */
  const known = new WeakSet();
  /** @type {Set<Element>} */
  const waiting = new Set();
  /** @type {{list: ArrayLike<Element>, next: number}[]} */
  let queue = [];
  let frame = 0;

  // A root that is attached and filled changes the size of its host, or, where that is an inline element,
  // of what is around it. That is how a late one is noticed without asking again and again.
  const sizes = new ResizeObserver(revisit);

  /** Looks again at the custom elements that had no root yet. */
  function revisit() {
    for (const element of waiting) {
      if (element.isConnected) visit(element);
      else forget(element);
    }
  }

  /** @param {Element} element */
  function forget(element) {
    if (waiting.delete(element)) sizes.unobserve(element);
  }

  /** @param {Element} element @param {boolean} [reason] to look for a root in any case */
  function visit(element, reason) {
    const root = shadowRootOf(element, reason);
    if (!root) {
      if (isCustom(element)) wait(element);
      return;
    }
    forget(element);
    if (known.has(root)) return;
    known.add(root);
    onRoot(root);
    search(root);
  }

  /** @param {Element} element */
  function wait(element) {
    if (waiting.has(element)) return;
    if (waiting.size >= most_waiting) forget([...waiting][0]);
    waiting.add(element);
    sizes.observe(element);
    if (element.parentElement) sizes.observe(element.parentElement);
  }

  function turn() {
    frame = 0;
    let left = elements_per_turn;
    while (queue.length > 0 && left > 0) {
      const part = queue[0];
      while (part.next < part.list.length && left > 0) {
        visit(part.list[part.next]);
        part.next += 1;
        left -= 1;
      }
      if (part.next >= part.list.length) queue.shift();
    }
    if (queue.length > 0) frame = requestAnimationFrame(turn);
  }

  /**
   * Looks for roots at and below a node: at once in what is small, as most additions are, else in turns.
   * @param {Node} node
   * @param {boolean} [reason] to look for a root at the node in any case
   */
  function search(node, reason) {
    if (isElement(node)) visit(node, reason);
    const list = allIn(node, '*');
    if (list.length <= elements_per_turn) {
      for (const element of list) visit(element);
      return;
    }
    queue.push({ list, next: 0 });
    if (frame === 0) frame = requestAnimationFrame(turn);
  }

  return {
    search,
    revisit,
    stop() {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      waiting.clear();
      queue = [];
    },
  };
}
