// Keeps card fields, and frames that hold some, from being typed in: inert, so that neither focus nor press
// nor key reaches them, and what is in them stays. Used by main.js. Of a field nothing is read but whether
// it has the focus; banner.js asks that of its button.

import { HELD_MARK } from '../common/marks.js';
import { goodbye } from './goodbye.js';
import { follow_ms } from './stage.js';

const ATTRIBUTES = ['inert', HELD_MARK];

/** @param {Element} field in shadow roots or not */
export const hasFocus = (field) => /** @type {ShadowRoot} */ (field.getRootNode()).activeElement === field;

/** @param {(node: Node) => boolean} isOurs whether an element is the one that banner and covers stand in */
export function createHold(isOurs) {
  /** @type {Set<Element>} */
  const held = new Set();
  /** @type {Element | null} what had the focus and is to have it again */
  let focused = null;
  /** @type {Element | null} what lost it last, while nothing else in this document has it */
  let left = null;
  let mendedAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let mending;
  let listening = new AbortController();
  let waiting = new AbortController();
  const lasting = new AbortController();
  const guard = new MutationObserver(onChange);
  const farewell = goodbye();

  // The page around a frame may take the focus out of it before this frame is told to.
  const always = { capture: true, signal: lasting.signal };
  addEventListener('focusout', ({ target }) => { left = /** @type {Element} */ (target); }, always);
  addEventListener('focusin', () => { left = null; }, always);

  /** @param {Element} field */
  function mark(field) {
    field.setAttribute(HELD_MARK, field === focused ? 'focus' : '');
    field.setAttribute('inert', '');
    // What has the focus keeps it until the next frame is drawn, and a frame beyond that in Chromium.
    if (hasFocus(field)) /** @type {HTMLElement} */ (field).blur();
  }

  /** @param {Element} field */
  function unmark(field) {
    for (const name of ATTRIBUTES) field.removeAttribute(name);
  }

  /** @param {MutationRecord[]} records none of them ours */
  function onChange(records) {
    for (const { target, attributeName } of records) {
      const field = /** @type {Element} */ (target);
      if (attributeName !== 'inert' || !ATTRIBUTES.every((name) => field.hasAttribute(name))) continue;
      // The page makes it inert itself, and is left to it.
      held.delete(field);
      field.removeAttribute(HELD_MARK);
    }
    mendSoon();
  }

  /** At once, and after that not before a while: a page that undoes it each time must not stand still. */
  function mendSoon() {
    mending ??= setTimeout(mend, Math.max(0, mendedAt + follow_ms - performance.now()));
    if (performance.now() - mendedAt >= follow_ms) mend();
  }

  function mend() {
    clearTimeout(mending);
    mending = undefined;
    mendedAt = performance.now();
    for (const field of held) {
      if (hasFocus(field) || !ATTRIBUTES.every((name) => field.hasAttribute(name))) mark(field);
    }
    guard.takeRecords();
  }

  function onFocus() {
    if ([...held].some(hasFocus)) mendSoon();
  }

  function watch() {
    listening.abort();
    listening = new AbortController();
    guard.disconnect();
    farewell.set(held);
    if (held.size === 0) return;
    for (const field of held) guard.observe(field, { attributes: true, attributeFilter: ATTRIBUTES });
    // A script in a frame can take the focus into it; of that the page around learns that it has lost it.
    for (const type of ['focusin', 'blur']) {
      addEventListener(type, onFocus, { capture: true, signal: listening.signal });
    }
  }

  /** Gives the focus back, unless the person has meanwhile gone elsewhere with it. */
  function refocus() {
    const at = document.activeElement;
    const elsewhere = at !== null && at !== document.body && at !== document.documentElement && !isOurs(at);
    const field = focused;
    focused = null;
    if (!field?.isConnected || elsewhere) return;
    const give = () => /** @type {HTMLElement} */ (field).focus({ preventScroll: true });
    if (window === window.top || document.hasFocus()) {
      give();
      return;
    }
    // The page around has yet to give it back to this frame.
    addEventListener('focus', () => {
      if (document.activeElement === document.body) give();
    }, { once: true, signal: waiting.signal });
  }

  return {
    renew: farewell.renew,
    stop: () => lasting.abort(),

    /** @param {Set<Element>} fields what is to be held from now on, and nothing else */
    set(fields) {
      const known = held.size;
      let changed = false;
      guard.takeRecords();
      for (const field of held) {
        if (fields.has(field)) continue;
        changed = held.delete(field);
        unmark(field);
      }
      if (known === 0 && fields.size > 0) waiting.abort();
      for (const field of fields) {
        if (held.has(field)) continue;
        const isMarked = field.hasAttribute(HELD_MARK);
        if (field.hasAttribute('inert') && !isMarked) continue;
        if (hasFocus(field) || field === left && !document.hasFocus()) focused = field;
        held.add(field);
        mark(field);
        changed = true;
      }
      if (changed) watch();
      if (known > 0 && held.size === 0) {
        clearTimeout(mending);
        mending = undefined;
        waiting = new AbortController();
        refocus();
      }
    },

    /** A page may copy a field that is held, mark and all. @param {Element[]} fields none of them held */
    free(fields) {
      for (const field of fields) if (field.hasAttribute(HELD_MARK)) unmark(field);
    },
  };
}
