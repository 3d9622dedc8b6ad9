// Holds card fields, and frames that contain them, so that nobody can type into them. A held field is inert:
// it gets no focus, presses or keys, and keeps its content.

import { HELD_MARK } from '../common/marks.js';
import { createFirefoxRelease } from './firefox-release.js';
import { FocusMemory, hasFocus } from './focus-memory.js';
import { follow_ms } from './layer.js';

const ATTRIBUTES = ['inert', HELD_MARK];

/** @param {Element} field */
const isMarked = (field) => ATTRIBUTES.every((name) => field.hasAttribute(name));

/** @param {Element} field */
function unmark(field) {
  for (const name of ATTRIBUTES) field.removeAttribute(name);
}

export class Hold {
  /** @type {Set<Element>} */
  #held = new Set();
  #focus;
  #release = createFirefoxRelease();
  #observer = new MutationObserver((records) => this.#changed(records));
  #listening = new AbortController();
  #mendedAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #mending;

  /** @param {(node: Node) => boolean} isOurs whether the node is the element with the banner and covers */
  constructor(isOurs) {
    this.#focus = new FocusMemory(isOurs);
  }

  renew() {
    this.#release.renew();
  }

  /** @param {Set<Element>} fields the fields to hold from now on; all others are released */
  set(fields) {
    const known = this.#held.size;
    this.#observer.takeRecords();
    const freed = [...this.#held].filter((field) => !fields.has(field));
    for (const field of freed) {
      this.#held.delete(field);
      unmark(field);
    }
    if (known === 0 && fields.size > 0) this.#focus.keep();
    const added = [...fields].filter((field) => this.#add(field));
    if (freed.length + added.length > 0) this.#watch();
    if (known === 0 || this.#held.size > 0) return;
    clearTimeout(this.#mending);
    this.#mending = undefined;
    this.#focus.giveBack();
  }

  /**
   * Releases copies of held fields: if the page copies a held field, the copy is inert too. To be called only
   * while no field is held.
   * @param {Element[]} fields
   */
  free(fields) {
    for (const field of fields) if (field.hasAttribute(HELD_MARK)) unmark(field);
  }

  stop() {
    this.#focus.stop();
  }

  /** @param {Element} field @returns {boolean} whether the field is newly held */
  #add(field) {
    const isByPage = field.hasAttribute('inert') && !field.hasAttribute(HELD_MARK);
    if (this.#held.has(field) || isByPage) return false;
    this.#focus.note(field);
    this.#held.add(field);
    this.#mark(field);
    return true;
  }

  /** @param {Element} field */
  #mark(field) {
    field.setAttribute(HELD_MARK, this.#focus.isFor(field) ? 'focus' : '');
    field.setAttribute('inert', '');
    // An inert field keeps the focus until the browser draws again, in Chromium an iframe even longer.
    if (hasFocus(field)) /** @type {HTMLElement} */ (field).blur();
  }

  #watch() {
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#observer.disconnect();
    this.#release.set(this.#held);
    if (this.#held.size === 0) return;
    for (const field of this.#held) {
      this.#observer.observe(field, { attributes: true, attributeFilter: ATTRIBUTES });
    }
    // A script in a held frame can focus the frame. This document then notices only that its window has lost
    // the focus.
    const onFocus = () => { if ([...this.#held].some(hasFocus)) this.#mendSoon(); };
    for (const type of ['focusin', 'blur']) {
      addEventListener(type, onFocus, { capture: true, signal: this.#listening.signal });
    }
  }

  /** @param {MutationRecord[]} records changes by the page */
  #changed(records) {
    for (const { target, attributeName } of records) {
      const field = /** @type {Element} */ (target);
      if (attributeName !== 'inert' || !isMarked(field)) continue;
      // The page itself has made the field inert. It stays inert, but we no longer hold it.
      this.#held.delete(field);
      field.removeAttribute(HELD_MARK);
    }
    this.#mendSoon();
  }

  /**
   * Repairs the held fields at once, but not twice within `follow_ms`: a page that undoes every repair would
   * freeze.
   */
  #mendSoon() {
    const wait_ms = this.#mendedAt + follow_ms - performance.now();
    this.#mending ??= setTimeout(() => this.#mend(), Math.max(0, wait_ms));
    if (wait_ms <= 0) this.#mend();
  }

  #mend() {
    clearTimeout(this.#mending);
    this.#mending = undefined;
    this.#mendedAt = performance.now();
    for (const field of this.#held) if (hasFocus(field) || !isMarked(field)) this.#mark(field);
    this.#observer.takeRecords();
  }
}
