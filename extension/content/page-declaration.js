// A page can declare that it asks for a card now, by the events `cardmute:open` and `cardmute:close`. This is
// for forms without an element for the attribute `data-cardmute`, such as a form that is drawn on a canvas.
// Any script of the page may send the events, so they can only add a mute: `cardmute:close` ends only what
// `cardmute:open` began.

import { DECLARED_REASON } from '../common/marks.js';
import { isElement } from '../dom/shadow.js';
import { newGroup } from './groups.js';

/** @typedef {import('./groups.js').Group} Group */

export const OPEN_EVENT = 'cardmute:open';
export const CLOSE_EVENT = 'cardmute:close';

/** @param {() => void} onChange */
export function createPageDeclaration(onChange) {
  /** @type {Group | null} */
  let group = null;

  /** @param {Event} event sent at an element of the form, or at the document or window */
  function onOpen({ target }) {
    // The owner is not the form itself, because the detector may have a group with that owner.
    group = newGroup(document.documentElement);
    const at = /** @type {Node | Window | null} */ (target);
    if (at && 'nodeType' in at && isElement(at)) {
      group.shown = [at];
      group.fields.set(at, { kind: 'page', sure: true, why: DECLARED_REASON });
    }
    onChange();
  }

  function onClose() {
    group = null;
    onChange();
  }

  /** Whether the declared form is open: not closed by the event, and its element still in the page. */
  function isOpen() {
    const [field] = group?.fields.keys() ?? [];
    return group !== null && field?.isConnected !== false;
  }

  function listen() {
    addEventListener(OPEN_EVENT, onOpen, true);
    addEventListener(CLOSE_EVENT, onClose, true);
  }

  return {
    /** May be called again: the browser does not add the same listener twice. */
    listen,
    /** @param {Map<Group, string>} seen the visible forms, to which the declared form is added */
    addTo(seen) {
      if (!isOpen()) group = null;
      if (group) seen.set(group, `${DECLARED_REASON} (${OPEN_EVENT})`);
    },
    stop() {
      removeEventListener(OPEN_EVENT, onOpen, true);
      removeEventListener(CLOSE_EVENT, onClose, true);
      group = null;
    },
  };
}
