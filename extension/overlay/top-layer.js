// What the page has put into the browser's top layer, which our layer is in too: popovers, modal dialogs, an
// element in full screen. The one that was opened last is on top. If that element lets the pointer through, a
// test of which element is at a point does not find it. So these elements are tracked here.

import { callNative, rectOf, rootAround } from '../dom/shadow.js';

const IN_TOP_LAYER = ':popover-open, :modal, :fullscreen';

/** @param {Element} element */
const isInTopLayer = (element) => element.isConnected && callNative(element, 'matches', IN_TOP_LAYER);

/** @param {DOMRect} a @param {DOMRect} b */
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export class TopLayer {
  #isAround;
  /** @type {Set<Element>} the elements that were in the top layer at the last look */
  #known = new Set();
  /** @type {Set<Element>} the elements that were opened in shadow roots, where no selector finds them */
  #inShadow = new Set();

  /** @param {(element: Element) => boolean} isAround whether our element is inside the given one */
  constructor(isAround) {
    this.#isAround = isAround;
  }

  /**
   * To be called when an element was opened or closed.
   * @param {Element} element
   * @param {DOMRect | null} box of the banner
   * @returns {boolean} whether the element is now open over the box
   */
  changed(element, box) {
    this.#known.delete(element);
    if (rootAround(element) !== document) this.#inShadow.add(element);
    return box !== null && !this.#isAround(element) && isInTopLayer(element) && meet(rectOf(element), box);
  }

  /** @param {DOMRect} box @returns {boolean} whether something opened since the last look is over the box */
  newcomerOver(box) {
    for (const element of this.#inShadow) if (!isInTopLayer(element)) this.#inShadow.delete(element);
    const now = new Set([...callNative(document, 'querySelectorAll', IN_TOP_LAYER), ...this.#inShadow]);
    const fresh = [...now].filter((element) => !this.#known.has(element) && !this.#isAround(element));
    this.#known = now;
    return fresh.some((element) => meet(rectOf(element), box));
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
