// A page can declare by the events `cardmute:open` and `cardmute:close` when it asks for a card. This is for
// forms without an element for the attribute `data-cardmute`, such as a form that is drawn on a canvas. Any
// script of the page can send the events, so they can only add a mute: `cardmute:close` ends only what
// `cardmute:open` has declared at the same element. Sent at the document, it ends all declarations if none
// was made there.

import { DECLARED_REASON } from '../common/marks.js';
import { isElement } from '../dom/shadow.js';
import { newGroup } from './groups.js';

/** @typedef {import('./groups.js').Group} Group */

export const OPEN_EVENT = 'cardmute:open';
export const CLOSE_EVENT = 'cardmute:close';

/** At most this many elements have a declared form. Further declarations count as made at the document. */
export const most_declared = 16;

/**
 * @param {Event} event
 * @returns {Element | null} the event's target; null: the document or window. For a target in a closed shadow
 *   root, listeners outside get the root's host
 */
function elementOf(event) {
  const at = /** @type {Node | Window} */ (event.composedPath()[0]);
  return 'nodeType' in at && isElement(at) ? at : null;
}

/** @param {Element | null} at @returns {Group} */
function groupAt(at) {
  // The form itself may own a group of the detector, so it is not the owner here.
  const group = newGroup(document.documentElement);
  if (at) {
    group.shown = [at];
    group.fields.set(at, { kind: 'page', sure: true, why: DECLARED_REASON });
  }
  return group;
}

/** @param {() => void} onChange */
export function createPageDeclaration(onChange) {
  /** @type {Map<Element | null | undefined, Group>} the declared forms by elements; null: the document */
  const declared = new Map();
  const listening = new AbortController();
  /** @type {Event | undefined} the last `cardmute:open` event */
  let opening;
  /** @type {Element | null | undefined} where `opening` has declared a form; undefined: nowhere */
  let openedAt;

  /** @param {Event} event sent at an element of the form, or at the document or window */
  function onOpen(event) {
    const element = elementOf(event);
    // The outer listeners are called first. The listener in a closed shadow root gets the exact target, so
    // its declaration replaces theirs.
    if (event !== opening) openedAt = undefined;
    else if (openedAt !== element) declared.delete(openedAt);
    opening = event;
    const at = declared.size < most_declared || declared.has(element) ? element : null;
    if (declared.has(at)) return;
    openedAt = at;
    declared.set(at, groupAt(at));
    onChange();
  }

  /** @param {Event} event sent at the document or window, it ends all forms if none was declared there */
  function onClose(event) {
    const at = elementOf(event);
    if (at === null && !declared.has(null)) declared.clear();
    declared.delete(at);
    onChange();
  }

  return {
    /**
     * May be called again: the browser does not add the same listener twice.
     * @param {Document | ShadowRoot} root
     */
    listen(root) {
      const where = root === document ? window : root;
      const how = { capture: true, signal: listening.signal };
      where.addEventListener(OPEN_EVENT, onOpen, how);
      where.addEventListener(CLOSE_EVENT, onClose, how);
    },
    /** @param {Map<Group, string>} seen the visible forms, to which the declared forms are added */
    addTo(seen) {
      for (const [at, group] of declared) {
        if (at && !at.isConnected) declared.delete(at);
        else seen.set(group, `${DECLARED_REASON} (${OPEN_EVENT})`);
      }
    },
    stop() {
      listening.abort();
      declared.clear();
    },
  };
}
