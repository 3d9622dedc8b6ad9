// Finds what the page has put into the browser's top layer: popovers, modal dialogs, an element in full
// screen. Our layer is there too. Whatever was opened last is on top.

import { allIn, callNative, nativeProperty, rectOf, rootAround } from '../dom/shadow.js';
import { deepestAt, hasBackdrop, isDrawnIn, isInInert, nearest, partsOf } from './drawn.js';

const IN_TOP_LAYER = ':popover-open, :modal, :fullscreen';

/**
 * At most `roots_per_look` shadow roots are searched in one look; the others follow in the next looks. In
 * addition, each look searches the suspects: the last `most_suspects` roots in which something was open.
 */
const roots_per_look = 500;
const most_suspects = 64;

/** @param {Element} element */
const isInTopLayer = (element) => element.isConnected && callNative(element, 'matches', IN_TOP_LAYER);

/** @param {Element} element */
const isModal = (element) => element.isConnected && callNative(element, 'matches', ':modal');

/** @param {DOMRect} a @param {DOMRect} b */
const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * @typedef {'over' | 'beside' | null} Newcomer whether an element that was opened above ours is over the
 *   banner's box or beside it; null: there is no such element
 */

export class TopLayer {
  #layer;
  #roots;
  #onToggle;
  /** @type {Set<Element>} the elements that were in the top layer at the last look */
  #known = new Set();
  /** @type {Set<Element>} the same for shadow roots, into which no selector of the document reaches */
  #inShadow = new Set();
  /** @type {Element[]} the newcomers of the last look */
  #last = [];
  /** @type {Set<ShadowRoot>} the roots in which something was open, the oldest first */
  #suspects = new Set();
  #nextRoot = 0;
  /** @type {WeakSet<ShadowRoot>} */
  #heard = new WeakSet();
  #listening = new AbortController();
  /** @type {Element | null} */
  #modal = null;

  /**
   * @param {Pick<import('./layer.js').Layer, 'isIn' | 'isOurs'>} layer
   * @param {() => Iterable<ShadowRoot>} roots the shadow roots of the page found so far
   * @param {(event: Event) => void} onToggle called for toggle events in these roots, which do not reach the
   *   window
   */
  constructor(layer, roots, onToggle) {
    this.#layer = layer;
    this.#roots = roots;
    this.#onToggle = onToggle;
  }

  stop() {
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#heard = new WeakSet();
    for (const set of [this.#known, this.#inShadow, this.#suspects]) set.clear();
    this.#modal = null;
  }

  /**
   * To be called when an element was opened or closed.
   * @param {Element} element
   * @param {DOMRect | null} box of the banner
   * @returns {Newcomer} where the element is, if it is open now
   */
  changed(element, box) {
    this.#known.delete(element);
    const root = rootAround(element);
    if ('host' in root) this.#suspect(root, element);
    if (element === this.#modal) return 'beside'; // our element is in the dialog, and may have to leave it
    if (this.#layer.isIn(element) || !isInTopLayer(element)) return null;
    return box !== null && meet(rectOf(element), box) ? 'over' : 'beside';
  }

  /** @param {DOMRect} box of the banner @returns {Newcomer} for what was opened since the last look */
  newcomer(box) {
    this.#searchRoots();
    for (const element of this.#inShadow) if (!isInTopLayer(element)) this.#inShadow.delete(element);
    const now = new Set([...allIn(document, IN_TOP_LAYER), ...this.#inShadow]);
    const fresh = [...now].filter((element) => !this.#known.has(element) && !this.#layer.isIn(element));
    this.#known = now;
    // An element that is opened again and again is above ours each time, and may paint outside its box.
    const isOver = fresh.some((element) => meet(rectOf(element), box) || this.#last.includes(element));
    this.#last = fresh;
    if (isOver) return 'over';
    return fresh.length > 0 ? 'beside' : null;
  }

  /**
   * Makes the elements of the top layer at a box receive the pointer, so that a test of which element is at a
   * point finds them even if the page lets the pointer through them.
   * @param {DOMRect} box
   * @returns {() => void} undoes this
   */
  receivePointer(box) {
    const through = [...this.#known].flatMap((element) => partsOf(element, this.#layer.isOurs))
      .filter((part) => meet(rectOf(part), box) && getComputedStyle(part).pointerEvents === 'none');
    const undo = through.map((part) => {
      const style = nativeProperty(part, 'style');
      const [value, priority] = ['getPropertyValue', 'getPropertyPriority']
        .map((name) => style[name]('pointer-events'));
      const had = callNative(part, 'hasAttribute', 'style');
      style.setProperty('pointer-events', 'auto', 'important');
      return () => {
        if (had) style.setProperty('pointer-events', value, priority);
        else callNative(part, 'removeAttribute', 'style');
      };
    });
    return () => undo.forEach((it) => it());
  }

  /**
   * Whether an element of the top layer may be above ours unnoticed. If the page opens an element in a shadow
   * root again, it can stop the element's events, and the test for the topmost element at a point misses
   * inert elements and backdrops.
   * @param {DOMRect} box of the banner
   * @param {Element[]} fields of the form. Elements around them are not opened again while somebody types, so
   *   they do not count
   */
  isDoubtful(box, fields) {
    const modals = [...this.#known].filter(isModal);
    return [...this.#inShadow].some((element) => {
      if (this.#layer.isIn(element) || fields.some((field) => isDrawnIn(element, field))) return false;
      // A script cannot put an element into full screen again and again.
      if (callNative(element, 'matches', ':fullscreen')) return false;
      if (hasBackdrop(element)) return true;
      const isInert = isInInert(element) || modals.some((modal) => !isDrawnIn(modal, element));
      return isInert && meet(rectOf(element), box);
    });
  }

  /**
   * The modal dialog of the page that our element has to be in: the dialog makes everything outside it inert,
   * and an inert element is not found at any point.
   * @returns {Element | null}
   */
  get modal() {
    const isOpen = this.#modal && isModal(this.#modal) && callNative(this.#modal, 'checkVisibility');
    return isOpen ? this.#modal : null;
  }

  /**
   * To be called when our element was not found at this point, where it should be. Finds out which modal
   * dialog may be the reason, for `modal`.
   * @param {number} x
   * @param {number} y
   */
  missedAt(x, y) {
    const isOutside = (/** @type {Element} */ element) => isModal(element) && !this.#layer.isIn(element);
    const hit = deepestAt(x, y);
    // The dialog may let the pointer through. Then nothing is hit, since everything else is inert.
    const isNothing = hit === null || hit === document.documentElement || hit === document.body;
    const instead = isNothing ? [...this.#known].reverse().find(isOutside) : null;
    this.#modal = (hit && nearest(hit, isOutside)) ?? instead ?? this.modal;
  }

  #searchRoots() {
    const roots = [...this.#roots()];
    const from = this.#nextRoot < roots.length ? this.#nextRoot : 0;
    this.#nextRoot = from + roots_per_look;
    for (const root of new Set([...this.#suspects, ...roots.slice(from, this.#nextRoot)])) {
      this.#listen(root);
      for (const element of allIn(root, IN_TOP_LAYER)) this.#suspect(root, element);
    }
  }

  /** @param {ShadowRoot} root */
  #listen(root) {
    if (this.#heard.has(root)) return;
    this.#heard.add(root);
    callNative(root, 'addEventListener', 'toggle', this.#onToggle,
      { capture: true, passive: true, signal: this.#listening.signal });
  }

  /** @param {ShadowRoot} root @param {Element} element in the root that is or was open */
  #suspect(root, element) {
    this.#inShadow.add(element);
    this.#suspects.delete(root);
    this.#suspects.add(root);
    if (this.#suspects.size > most_suspects) this.#suspects.delete([...this.#suspects][0]);
  }
}
