// Our single element in the page. Its closed shadow root contains the layer with the banner and the covers.
// Styles and scripts of the page cannot reach into the shadow root. The layer is a popover, so it is above
// the page. The popover's events do not leave the shadow root, so the page cannot cancel its opening.

import { HOST_MARK } from '../common/marks.js';
import { callNative, hostAround, isReportedAt, nativeProperty, rootAround } from '../dom/shadow.js';
import { HOST_STYLE, STYLE } from './banner-style.js';

/**
 * Events in the layer that the page must not get. A page may close its dialog on a press outside, and take a
 * press in the layer for one.
 */
const OWN_EVENTS = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend', 'click',
  'focusin', 'keydown', 'keyup'];

/** The attributes of our element. Any other, such as inert, aria-hidden or popover, was set by the page. */
const OWN_ATTRIBUTES = [HOST_MARK, 'style'];

/**
 * @param {Event} event
 * @returns {{clientX: number, clientY: number} | null} its position; null: it was not caused by a pointer
 */
function pointOf(event) {
  const { changedTouches } = /** @type {TouchEvent} */ (event);
  if (changedTouches) return changedTouches[0] ?? null;
  // A click by keyboard has a point too, but the point is not always at the button.
  return event.type === 'click' && /** @type {MouseEvent} */ (event).detail > 0
    ? /** @type {MouseEvent} */ (event) : null;
}

/** A div, because the page could define any element with a hyphen in its name as a custom element. */
const plain = () =>
  /** @type {HTMLElement} */ (document.createElementNS('http://www.w3.org/1999/xhtml', 'div'));

export class OverlayElement {
  layer = plain();

  #element = plain();
  #sheet = new window.CSSStyleSheet();
  #root;
  /** The element's style attribute as the browser serialises it, to notice a change by the page. */
  #style = '';
  /** Whether the page has put something above the layer. */
  #buried = false;

  /** Throws if the page has overwritten a browser function that is needed here. */
  constructor() {
    this.#element.setAttribute(HOST_MARK, '');
    this.#root = this.#element.attachShadow({ mode: 'closed' });
    this.#sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [this.#sheet];
    this.layer.className = 'layer';
    this.layer.popover = 'manual';
    this.#root.append(this.layer);
    for (const type of OWN_EVENTS) this.#root.addEventListener(type, (event) => event.stopPropagation());
  }

  get isConnected() {
    return this.#element.isConnected;
  }

  /** @param {EventTarget} node */
  is(node) {
    return node === this.#element;
  }

  /**
   * Whether the target of an event at the window is our element. If our element is in a closed shadow root of
   * the page, the event tells only that its target is in that root. Then our element has to be at the event's
   * point or, for an event without a point, to have the focus.
   * @param {Event} event
   * @returns {boolean}
   */
  receives(event) {
    const path = event.composedPath();
    if (path.includes(this.#element)) return true;
    if (!isReportedAt(this.#element, /** @type {Element} */ (path[0]))) return false;
    const point = pointOf(event);
    return point ? this.isAt(point.clientX, point.clientY)
      : nativeProperty(rootAround(this.#element), 'activeElement') === this.#element;
  }

  /** @param {Element} element @returns {boolean} whether it contains our element, also in a shadow root */
  isIn(element) {
    /** @type {Element | null} */
    let at = this.#element;
    while (at && !callNative(element, 'contains', at)) at = hostAround(at);
    return at !== null;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {boolean} whether our element would receive the pointer at this point
   */
  isAt(x, y) {
    // If our element is in a shadow root of the page, the document finds only the root's host. So each root
    // around our element is asked.
    /** @type {Element | null} */
    let at = this.#element;
    while (at && callNative(rootAround(at), 'elementFromPoint', x, y) === at) at = hostAround(at);
    return at === null;
  }

  /**
   * Undoes what the page has changed: the element's place, its attributes and styles, and the layer's place
   * on top.
   * @param {Element} parent
   */
  mend(parent) {
    const element = this.#element;
    for (const name of element.getAttributeNames()) {
      if (!OWN_ATTRIBUTES.includes(name)) element.removeAttribute(name);
    }
    if (!element.hasAttribute(HOST_MARK)) element.setAttribute(HOST_MARK, '');
    if (element.parentNode !== parent) this.#moveTo(parent);
    if (element.style.cssText !== this.#style || this.#style === '') {
      element.style.cssText = HOST_STYLE;
      this.#style = element.style.cssText;
    }
    // If the page moves the element to another document and back, its style sheets are lost.
    if (this.#root.adoptedStyleSheets[0] !== this.#sheet) this.#root.adoptedStyleSheets = [this.#sheet];
    this.show();
  }

  /**
   * To be called when the page has put something above the layer. The next show() brings the layer to the
   * top.
   */
  bury() {
    this.#buried = true;
  }

  show() {
    if (this.#buried && this.layer.matches(':popover-open')) this.layer.hidePopover();
    this.#buried = false;
    if (this.layer.matches(':popover-open')) return;
    try {
      this.layer.showPopover();
    } catch {
      // The layer is no popover now. Its z-index still puts it above the page, but not above popovers.
    }
  }

  /** If the element is a child of the parent, makes it the last child again. @param {Element} parent */
  keepLast(parent) {
    if (this.#element.parentNode === parent && this.#element.nextSibling) this.#moveTo(parent);
    this.show();
  }

  /** Uses `moveBefore` if the browser has it, because that keeps the layer open. @param {Element} parent */
  #moveTo(parent) {
    const element = this.#element;
    const move = nativeProperty(parent, 'moveBefore');
    if (element.isConnected && element.ownerDocument === document && move) move.call(parent, element, null);
    else callNative(parent, 'append', element);
  }

  /** Undoes the page's CSS zoom in the layer, because it would change the banner's size. */
  unzoom() {
    const { currentCSSZoom: zoom = 1 } = /** @type {Element & {currentCSSZoom?: number}} */ (
      nativeProperty(this.#element, 'parentElement') ?? this.#element);
    const wanted = zoom > 0 && zoom !== 1 ? String(1 / zoom) : '';
    if (this.layer.style.zoom !== wanted) this.layer.style.zoom = wanted;
  }

  remove() {
    this.#element.remove();
  }
}
