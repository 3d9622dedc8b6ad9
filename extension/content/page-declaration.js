// A page can declare that it asks for a card now, by the events `cardmute:open` and `cardmute:close`. This is
// for forms without an element for the attribute `data-cardmute`, such as a form that is drawn on a canvas.
// Any script of the page may send the events, so they can only add a mute: `cardmute:close` ends only what
// `cardmute:open` began at the same element.

import { DECLARED_REASON } from '../common/marks.js';
import { isElement } from '../dom/shadow.js';
import { newGroup } from './groups.js';

/** @typedef {import('./groups.js').Group} Group */

export const OPEN_EVENT = 'cardmute:open';
export const CLOSE_EVENT = 'cardmute:close';

/** So many elements can each have a declared form. With more, the form counts as declared at the document. */
export const most_declared = 16;

/** @param {EventTarget | null} target @returns {Element | null} null: the document or the window */
function elementOf(target) {
  const at = /** @type {Node | Window | null} */ (target);
  return at && 'nodeType' in at && isElement(at) ? at : null;
}

/** @param {() => void} onChange */
export function createPageDeclaration(onChange) {
  /** @type {Map<Element | null, Group>} the declared forms by their elements; null: the document */
  const declared = new Map();

  /** @param {Event} event sent at an element of the form, or at the document or window */
  function onOpen({ target }) {
    const isFull = declared.size >= most_declared && !declared.has(elementOf(target));
    const at = isFull ? null : elementOf(target);
    // The owner is not the form itself, because the detector may have a group with that owner.
    const group = newGroup(document.documentElement);
    if (at) {
      group.shown = [at];
      group.fields.set(at, { kind: 'page', sure: true, why: DECLARED_REASON });
    }
    declared.set(at, group);
    onChange();
  }

  /** @param {Event} event at the document or window: if nothing was declared there, it ends everything */
  function onClose({ target }) {
    const at = elementOf(target);
    if (at === null && !declared.has(null)) declared.clear();
    declared.delete(at);
    onChange();
  }

  function listen() {
    addEventListener(OPEN_EVENT, onOpen, true);
    addEventListener(CLOSE_EVENT, onClose, true);
  }

  return {
    /** May be called again: the browser does not add the same listener twice. */
    listen,
    /** @param {Map<Group, string>} seen the visible forms, to which the declared forms are added */
    addTo(seen) {
      for (const [at, group] of declared) {
        if (at && !at.isConnected) declared.delete(at);
        else seen.set(group, `${DECLARED_REASON} (${OPEN_EVENT})`);
      }
    },
    stop() {
      removeEventListener(OPEN_EVENT, onOpen, true);
      removeEventListener(CLOSE_EVENT, onClose, true);
      declared.clear();
    },
  };
}
