// A page can declare that it asks for a card now, by the events `cardmute:open` and `cardmute:close`. The
// events are for forms without an element for the attribute `data-cardmute`, such as a form that is drawn on
// a canvas. Any script of the page may send the events, so they can only add a mute: `cardmute:close` ends
// only what `cardmute:open` began, at the same element, or everywhere if it is sent at the document and
// nothing was declared there.

import { DECLARED_REASON } from '../common/marks.js';
import { isElement } from '../dom/shadow.js';
import { newGroup } from './groups.js';

/** @typedef {import('./groups.js').Group} Group */

export const OPEN_EVENT = 'cardmute:open';
export const CLOSE_EVENT = 'cardmute:close';

/**
 * At most this many elements have a declared form each. A form at another element counts as declared at the
 * document.
 */
export const most_declared = 16;

/**
 * @param {Event} event
 * @returns {Element | null} the event's target; null: it is not an element, but for example the document.
 *   For a target in a closed shadow root, listeners outside get the root's host
 */
function elementOf(event) {
  const at = /** @type {Node | Window} */ (event.composedPath()[0]);
  return 'nodeType' in at && isElement(at) ? at : null;
}

/** @param {Element | null} at @returns {Group} */
function groupAt(at) {
  // The owner is not the form itself, because the detector may have a group with that owner.
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
  /** @type {Element | null | undefined} where that event has declared a form; undefined: nowhere */
  let openedAt;

  /** @param {Event} event sent at an element of the form, or at the document or window */
  function onOpen(event) {
    const element = elementOf(event);
    // The outer listeners are called first. A listener in a closed root then knows the target more exactly.
    if (event !== opening) openedAt = undefined;
    else if (openedAt !== element) declared.delete(openedAt);
    opening = event;
    const at = declared.size < most_declared || declared.has(element) ? element : null;
    if (declared.has(at)) return;
    openedAt = at;
    declared.set(at, groupAt(at));
    onChange();
  }

  /** @param {Event} event if it is at the document or window and nothing was declared there, it ends all */
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
