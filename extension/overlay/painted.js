// Determines whether a person can see the banner. In Chromium an IntersectionObserver with trackVisibility
// reports whether an element is covered, transparent or filtered. In other browsers we test whether the
// banner is the topmost element at some of its points, and search the page for covers that this test does not
// find.

import { hostAround, rectOf } from '../dom/shadow.js';
import { TopLayer } from './top-layer.js';
import { Verdict } from './verdict.js';
import { isInViewTransition } from './view-transition.js';
import { WindowStillness } from './window-stillness.js';

/** The average time between two looks. The actual time is random, so that no page can know the moment. */
export const look_ms = 250;

/** How long the banner must have been visible and unmoved before a press with the pointer counts. */
export const steady_ms = 500;

/** A banner smaller than this cannot be read. */
const least_px = { width: 80, height: 16 };

/** The interval at which Chromium reports whether an element is covered; the shortest it allows. */
const visibility_delay_ms = 100;

/** How many elements are asked for a shadow root in one look. This takes about 4 ms in Firefox. */
export const asked_per_look = 4000;

/** Nine points are tested: the middle of the banner, and eight that are this far inside corners and edges. */
const inset_px = 6;

/** @param {DOMRect} box @returns {boolean} whether it is large enough to read and wholly inside the window */
const isReadable = ({ left, top, right, bottom, width, height }) =>
  width >= least_px.width && height >= least_px.height
  && left >= -1 && top >= -1 && right <= window.innerWidth + 1 && bottom <= window.innerHeight + 1;

/** @param {DOMRect} box @returns {number[][]} the points to test in it */
const pointsIn = ({ left, top, right, bottom }) => [left + inset_px, (left + right) / 2, right - inset_px]
  .flatMap((x) => [top + inset_px, (top + bottom) / 2, bottom - inset_px].map((y) => [x, y]));

/** The least share of the banner that must be visible: almost all of it, because of rounding. */
const least_share = 0.98;

/**
 * For this long after a person has used the form, the banner must be visible, even if the form's fields seem
 * to be out of view.
 */
const in_use_ms = 8000;

const canTell = () => 'isVisible' in (window.IntersectionObserverEntry?.prototype ?? {});

/**
 * @returns {boolean} whether this document can find out that a person sees the banner. If the browser does
 *   not report it, a frame cannot find out whether the page around it covers or scales the frame
 */
export const canKnow = () => window === window.top || canTell();

/** @typedef {Pick<import('./layer.js').Layer, 'isAt' | 'isIn' | 'isOurs' | 'raise'>} Layer */

export class Painted {
  #layer;
  #roots;
  #topLayer;
  #verdict;
  #window = new WindowStillness(steady_ms);
  /** @type {HTMLElement | null} */
  #box = null;
  /** @type {Element[]} */
  #fields = [];
  /** @type {boolean | undefined} the browser's last report; undefined: there is none */
  #uncovered;
  /** Whether the page has put something over the banner since the last look, even if it is gone by now. */
  #wasCovered = false;
  /** @type {Map<Element, boolean>} which of the form's fields are on the screen */
  #onScreen = new Map();
  #usedAt = -Infinity;
  /** Whether a press on our element has begun and not ended. The press itself may focus the window. */
  #isPressed = false;
  /** @type {number | null} since when the banner has been visible and has not moved */
  #since = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} for the next look; undefined: there is no banner */
  #nextLook;
  #listening = new AbortController();
  #observer = new IntersectionObserver((entries) => this.#observed(entries),
    /** @type {IntersectionObserverInit} */ ({
      threshold: [0, least_share, 1], trackVisibility: true, delay: visibility_delay_ms,
    }));

  /**
   * @param {Layer} layer
   * @param {import('./root-sweep.js').RootSweep} roots
   * @param {(seen: boolean | null) => void} report called at each change; null: nobody can see this frame now
   */
  constructor(layer, roots, report) {
    this.#layer = layer;
    this.#roots = roots;
    this.#topLayer = new TopLayer(layer, () => roots.roots, (event) => this.topLayerChanged(event));
    this.#verdict = new Verdict(layer.raise, report);
  }

  /**
   * The modal dialog of the page in which our element has to be in order not to be inert; null: there is
   * none.
   */
  get modal() {
    return this.#topLayer.modal;
  }

  /** To be called when the banner has moved. */
  moved = () => {
    if (this.#since !== null) this.#since = performance.now();
  };

  /** To be called for each pointer event, before the page can stop it. @param {PointerEvent} event */
  pointer(event) {
    this.#window.pointer(event);
    const { type, buttons, isTrusted, clientX, clientY } = event;
    if (!isTrusted) return;
    if (type === 'pointerdown') this.#isPressed = this.#layer.isAt(clientX, clientY);
    else if (type === 'pointermove' && buttons === 0) this.#isPressed = false;
  }

  /** To be called for a person's click with a pointer on our element. @param {MouseEvent} click */
  pressed(click) {
    this.#window.pressed(click);
    this.#isPressed = false;
  }

  /**
   * @returns {boolean} whether, for long enough before the last click, the banner was visible and neither it
   *   nor its window moved. False if that cannot be known. Each click counts once
   */
  takePress() {
    const wasStill = this.#window.takePress();
    if (!wasStill || !canKnow()) return false;
    return this.#since !== null && performance.now() - this.#since >= steady_ms;
  }

  /** To be called when a person has used the form. */
  used() {
    this.#usedAt = performance.now();
  }

  /**
   * @param {HTMLElement | null} banner the box to watch
   * @param {Element[]} fields of the form in this frame
   */
  watch(banner, fields) {
    const wanted = new Set([...(banner ? [banner] : []), ...fields]);
    for (const element of this.#onScreen.keys()) {
      if (wanted.has(element)) continue;
      this.#onScreen.delete(element);
      this.#observer.unobserve(element);
    }
    for (const element of wanted) {
      if (this.#onScreen.has(element)) continue;
      this.#onScreen.set(element, true);
      this.#observer.observe(element);
    }
    if (this.#box !== banner) {
      this.#uncovered = undefined;
      this.#since = null;
    }
    this.#box = banner;
    this.#fields = fields;
  }

  /** Reports again. To be called when there is a new background, which does not have the report. */
  repeat() {
    if (this.#nextLook) this.#verdict.repeat();
  }

  /** @param {boolean} there whether a banner is shown */
  set(there) {
    if (there === (this.#nextLook !== undefined)) return;
    clearTimeout(this.#nextLook);
    this.#nextLook = undefined;
    this.#listening.abort();
    this.#verdict.reset();
    this.#since = null;
    if (!there) {
      this.#topLayer.stop();
      this.#roots.reset();
      return;
    }
    this.#lookLater();
    this.#listening = new AbortController();
    const passive = { capture: true, passive: true, signal: this.#listening.signal };
    for (const type of ['beforetoggle', 'toggle', 'close', 'fullscreenchange']) {
      addEventListener(type, this.topLayerChanged, passive);
    }
    // A press right after one of these events may be meant for another window, or for something else that was
    // at this place.
    for (const type of ['focus', 'visibilitychange', 'resize']) {
      addEventListener(type, ({ target, isTrusted }) => {
        if (type === 'focus' && this.#isPressed) return;
        // Events of elements do not count, because a press on the button focuses the button. Events that the
        // page makes do not count, because they could keep every press from counting.
        if (isTrusted && (target === window || target === document)) this.moved();
      }, passive);
    }
    addEventListener('visibilitychange', () => this.#look(), passive);
    if (this.#isAway()) this.#look();
  }

  /** To be called when something was opened or closed in the top layer. @param {Event} event */
  topLayerChanged = ({ target }) => {
    const element = /** @type {Element} */ (target);
    if (!this.#nextLook || !('getBoundingClientRect' in element)) return;
    // Raising our layer opens a popover in our own shadow root, which is no change by the page.
    const host = hostAround(element);
    if (this.#layer.isOurs(element) || (host && this.#layer.isOurs(host))) return;
    const change = this.#topLayer.changed(element, this.#box && rectOf(this.#box));
    if (change === null) return;
    if (change === 'over') {
      this.#wasCovered = true;
      this.#since = null;
    }
    this.#layer.raise();
  };

  /** @param {IntersectionObserverEntry[]} entries */
  #observed(entries) {
    for (const entry of entries) {
      this.#onScreen.set(entry.target, entry.isIntersecting);
      if (entry.target !== this.#box || !canTell()) continue;
      const { isVisible } = /** @type {IntersectionObserverEntry & {isVisible?: boolean}} */ (entry);
      this.#uncovered = isVisible && entry.intersectionRatio >= least_share;
    }
    if (this.#nextLook) this.#look();
  }

  /** Looks at a random time: if a page knew the time, it could show the banner only then. */
  #lookLater() {
    this.#nextLook = setTimeout(() => {
      this.#lookLater();
      this.#look();
    }, look_ms * (0.5 + Math.random()));
  }

  #look() {
    const seen = this.#seesNow();
    if (seen === undefined) return;
    if (seen !== true) this.#since = null;
    else this.#since ??= performance.now();
    if (seen === null) this.#verdict.away();
    else this.#verdict.add(seen);
  }

  /** @returns {boolean | null | undefined} null: nobody can see this frame now; undefined: not known yet */
  #seesNow() {
    if (this.#isAway()) return null;
    if (!this.#box?.style.transform) return undefined; // not in its place yet
    const wasCovered = this.#wasCovered;
    this.#wasCovered = false;
    const rect = rectOf(this.#box);
    if (wasCovered || !this.#box.isConnected || !isReadable(rect) || isInViewTransition()) return false;
    if (canTell()) return this.#uncovered;
    this.#roots.step(asked_per_look);
    const newcomer = this.#topLayer.newcomer(rect);
    if (newcomer === 'over') return false;
    // The layer is raised above a newcomer beside it, which could grow later or paint outside its box. It is
    // also raised if not all elements were asked yet, because one of the others may contain a newcomer.
    if (newcomer === 'beside' || !this.#roots.isWhole) this.#layer.raise();
    return this.#isOnTop(rect) && !this.#topLayer.isDoubtful(rect, this.#fields);
  }

  /** @param {DOMRect} rect of the banner */
  #isOnTop(rect) {
    const { style } = /** @type {HTMLElement} */ (this.#box);
    // The banner lets the pointer through, so `isAt` would not find it. It receives the pointer during the
    // test.
    style.pointerEvents = 'auto';
    const undo = this.#topLayer.receivePointer(rect);
    const missed = pointsIn(rect).find(([x, y]) => !this.#layer.isAt(x, y));
    if (missed) this.#topLayer.missedAt(missed[0], missed[1]);
    undo();
    style.pointerEvents = '';
    return missed === undefined;
  }

  /**
   * Whether nobody sees the form: the page is hidden, or this is a frame and all fields of the form are out
   * of view. But for in_use_ms after its last use, the form counts as seen, because a page can make the
   * fields seem to be out of view.
   */
  #isAway() {
    if (document.visibilityState !== 'visible') return true;
    if (window === window.top || performance.now() - this.#usedAt <= in_use_ms) return false;
    return this.#fields.length > 0 && this.#fields.every((field) => this.#onScreen.get(field) === false);
  }
}
