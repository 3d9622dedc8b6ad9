// What the page has put into the browser's top layer, which our layer is in too: popovers, modal dialogs, an
// element in full screen. The one that was opened last is on top. If that element lets the pointer through, a
// test of which element is at a point does not find it. So these elements are tracked here.

import { callNative, rectOf, rootAround } from '../dom/shadow.js';

const IN_TOP_LAYER = ':popover-open, :modal, :fullscreen';

/** @param {Element} element */
const isInTopLayer = (element) => element.isConnected && callNative(element, 'matches', IN_TOP_LAYER);

/** @param {DOMRect} a @param {DOMRect} b */
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** @typedef {'over' | 'beside' | null} Newcomer whether an element that came above ours is over a box */

export class TopLayer {
  #isAround;
  /** @type {Set<Element>} the elements that were in the top layer at the last look */
  #known = new Set();
  /** @type {Set<Element>} the elements that were opened in shadow roots, where no selector finds them */
  #inShadow = new Set();
  /** @type {Element[]} the newcomers of the last look */
  #last = [];

  /** @param {(element: Element) => boolean} isAround whether our element is inside the given one */
  constructor(isAround) {
    this.#isAround = isAround;
  }

  /**
   * To be called when an element was opened or closed.
   * @param {Element} element
   * @param {DOMRect | null} box of the banner
   * @returns {Newcomer} the element, if it is open now
   */
  changed(element, box) {
    this.#known.delete(element);
    if (rootAround(element) !== document) this.#inShadow.add(element);
    if (this.#isAround(element) || !isInTopLayer(element)) return null;
    return box !== null && meet(rectOf(element), box) ? 'over' : 'beside';
  }

  /** @param {DOMRect} box @returns {Newcomer} what was opened since the last look */
  newcomer(box) {
    for (const element of this.#inShadow) if (!isInTopLayer(element)) this.#inShadow.delete(element);
    const now = new Set([...callNative(document, 'querySelectorAll', IN_TOP_LAYER), ...this.#inShadow]);
    const fresh = [...now].filter((element) => !this.#known.has(element) && !this.#isAround(element));
    this.#known = now;
    // An element that is opened again and again gets above ours each time, and may paint outside its box.
    const isOver = fresh.some((element) => meet(rectOf(element), box) || this.#last.includes(element));
    this.#last = fresh;
    if (isOver) return 'over';
    return fresh.length > 0 ? 'beside' : null;
  }

  /**
   * Whether a modal dialog of the page is open. Then everything outside it is inert, and a test of which
   * element is at a point does not find ours, although it is on top.
   */
  get hasModal() {
    return [...this.#known].some((element) =>
      callNative(element, 'matches', ':modal') && !this.#isAround(element));
  }
}
