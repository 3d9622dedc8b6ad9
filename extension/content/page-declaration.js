// A page's own word that it asks for a card now, by the events `cardmute:open` and `cardmute:close`: for a
// form that no attribute fits, such as one that is drawn on a canvas. Any script of the page may send them,
// so they can only mute: `cardmute:close` ends nothing but what `cardmute:open` began.

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
    // Not the form itself, for which there may be a group of the detector.
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

  /** Whether the form still is, as far as the page has said. */
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
    /** @param {Map<Group, string>} seen the forms that are visible, to which this one is added */
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
