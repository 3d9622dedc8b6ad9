// Finds the shadow roots of the page while a banner is shown, including a closed root that is attached late
// to a built-in element. No event reports such a root, so all elements are asked for one, some of them at a
// time.

import { guarded } from '../dom/guarded.js';
import { allIn, shadowRootOf } from '../dom/shadow.js';
import { HOSTS } from '../dom/shadow-roots.js';

/**
 * A tree whose elements are asked, beginning at a random one: with a fixed order, a page could put a shadow
 * host where it is asked last.
 * @typedef {{root: Document | ShadowRoot, list: NodeListOf<Element> | null, first: number, asked: number}}
 *   Part
 */

export class RootSweep {
  /**
   * @type {Set<ShadowRoot>} the roots found so far. When a round begins, those whose host has left the page
   *   are dropped
   */
  roots = new Set();
  /** Whether the last step has finished a round, in which every element is asked once. */
  isWhole = false;

  #isOurs;
  /** @type {Part[]} */
  #queue = [];

  /** @param {(node: Node) => boolean} isOurs whether a node is our own element, whose root is not searched */
  constructor(isOurs) {
    this.#isOurs = isOurs;
  }

  /** @param {number} most the number of elements to ask now. If a round has ended, another begins */
  step(most) {
    if (this.#queue.length === 0) this.#begin();
    let left = most;
    while (left > 0 && this.#queue.length > 0) {
      const part = this.#queue[0];
      left -= this.#ask(part, left) + 1;
      if (part.list && part.asked === part.list.length) this.#queue.shift();
    }
    this.isWhole = this.#queue.length === 0;
  }

  reset() {
    this.roots.clear();
    this.#queue = [];
    this.isWhole = false;
  }

  #begin() {
    for (const root of this.roots) if (!root.host.isConnected) this.roots.delete(root);
    for (const root of [document, ...this.roots]) this.#enqueue(root);
  }

  /** @param {Document | ShadowRoot} root */
  #enqueue(root) {
    this.#queue.push({ root, list: null, first: 0, asked: 0 });
  }

  /** @param {Part} part @param {number} most @returns {number} how many were asked for their root */
  #ask(part, most) {
    if (part.list === null) {
      part.list = allIn(part.root, HOSTS);
      part.first = Math.floor(Math.random() * part.list.length);
    }
    const { list, first } = part;
    const end = Math.min(part.asked + most, list.length);
    const before = part.asked;
    for (; part.asked < end; part.asked += 1) {
      guarded(() => this.#visit(list[(first + part.asked) % list.length]));
    }
    return end - before;
  }

  /** @param {Element} element */
  #visit(element) {
    const root = shadowRootOf(element, true);
    if (root === null || this.roots.has(root) || this.#isOurs(element)) return;
    this.roots.add(root);
    this.#enqueue(root);
  }
}
