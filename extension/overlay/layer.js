// Keeps our element in the page, complete and on top, as long as there is something to show.

import { callNative } from '../dom/shadow.js';
import { oncePerFrame } from '../dom/frame-scheduler.js';
import { OverlayElement } from './element.js';

/**
 * When the extension is removed, Firefox ends the script without an event, and the element stays in the page.
 * So the layer hides itself after `goes_out_ms` unless the script renews it: no banner is better than an
 * outdated green one.
 */
export const goes_out_ms = 10000;
const renewed_every_ms = 3000;

/**
 * How soon the element is put back after the page has removed it, and the least time between two repairs. The
 * banner follows a moved form within the same time. A cover follows its field in the next animation frame.
 */
export const follow_ms = 100;

/**
 * @typedef {object} Page
 * @property {() => Element | null} home the modal dialog that has to contain our element; null: there is none
 * @property {() => void} place puts the banner and the covers into their places
 * @property {() => void} onRenew called each time the layer is renewed
 * @property {(failed: boolean) => void} onFailure whether the element could not be put into the page
 */

export class Layer {
  #page;
  #element = new OverlayElement();
  #placing;
  #isShown = false;
  /** @type {Animation | undefined} the animation whose end hides the layer */
  #expiry;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #renewal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #following;
  #listening = new AbortController();
  /**
   * Keeps our element last while the page is loading. Otherwise the parser would append elements after it,
   * and a framework that starts before the end of the page would find our element among its own.
   */
  #parsing = new MutationObserver(() => {
    if (document.body) this.#element.keepLast(document.body);
  });

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
    this.#placing = oncePerFrame(() => { if (this.#isShown) page.place(); });
  }

  get element() {
    return this.#element.layer;
  }

  /** Places the banner and the covers in the next animation frame. */
  ask = () => this.#placing.ask();

  unzoom() {
    this.#element.unzoom();
  }

  /** To be called when the page has changed. After follow_ms, puts everything back into its place. */
  follow = () => {
    this.#following ??= setTimeout(() => {
      this.#following = undefined;
      if (this.#isShown) this.#renew();
    }, follow_ms);
  };

  /** To be called when the page has put something above the layer. */
  raise = () => {
    this.#element.bury();
    this.follow();
  };

  /** @param {EventTarget} node */
  isOurs = (node) => this.#element.is(node);

  /** @param {Event} event at the window @returns {boolean} whether it was sent at our element */
  receives = (event) => this.#element.receives(event);

  /** @param {Element} element @returns {boolean} whether our element is inside it */
  isIn = (element) => this.#element.isIn(element);

  /** Whether our element would receive the pointer at this point. @param {number} x @param {number} y */
  isAt = (x, y) => this.#element.isAt(x, y);

  /**
   * @param {boolean} shown whether the layer should be in the page
   * @param {boolean} moved whether the form may now be in another dialog
   */
  set(shown, moved) {
    if (shown && !this.#isShown) this.#enter();
    else if (shown && moved) this.#mend();
    else if (!shown && this.#isShown) this.#leave();
    // Placing is left for later, because it makes the browser compute the layout, which would delay the mute.
    if (shown) this.ask();
  }

  #enter() {
    this.#isShown = true;
    this.#mend();
    this.#expiry = this.element.animate([{ visibility: 'visible' }, { visibility: 'hidden' }], {
      duration: goes_out_ms, easing: 'step-end', fill: 'forwards',
    });
    this.#renewal = setInterval(() => this.#renew(), renewed_every_ms);
    this.#listening = new AbortController();
    const passive = { capture: true, passive: true, signal: this.#listening.signal };
    for (const type of ['scroll', 'resize', 'visibilitychange']) {
      addEventListener(type, () => this.#renew(), passive);
    }
    this.#keepLast();
    document.addEventListener('readystatechange', () => this.#keepLast(), passive);
  }

  #leave() {
    this.#isShown = false;
    this.#placing.cancel();
    clearInterval(this.#renewal);
    this.#parsing.disconnect();
    this.#listening.abort();
    this.#element.remove();
  }

  #renew() {
    if (this.#expiry) this.#expiry.currentTime = 0;
    this.#mend();
    this.#page.onRenew();
    this.ask();
  }

  #mend() {
    try {
      this.#element.mend(this.#home());
      this.#page.onFailure(!this.#element.isConnected);
    } catch {
      this.#page.onFailure(true);
    }
  }

  /**
   * The parent of our element: the modal dialog, or else the body, at whose end a framework that hydrates the
   * page tolerates a foreign element. Without a visible body it is <html>, because some pages hide the body
   * and show the form next to it.
   * @returns {Element}
   */
  #home() {
    const dialog = this.#page.home();
    if (dialog) return dialog;
    const { body, documentElement } = document;
    return body && callNative(body, 'checkVisibility') ? body : documentElement;
  }

  #keepLast() {
    this.#parsing.disconnect();
    if (document.readyState !== 'loading' || !document.body) return;
    this.#parsing.observe(document.body, { childList: true });
  }
}

/** A substitute for a layer that could not be created. It shows nothing. */
export const noLayer = () => ({
  element: document.createElement('div'), ask() {}, unzoom() {}, follow() {}, raise() {}, set() {},
  isOurs: () => false, receives: () => false, isIn: () => false, isAt: () => false,
});
