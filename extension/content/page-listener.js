// Listens for events that can show, hide or create a payment form without a mutation of the document.

import { isFrame } from '../dom/frames.js';
import { callNative, isA } from '../dom/shadow.js';

/** Events with a listener in every root, because some of them do not leave a shadow root. */
const MOVEMENTS = ['transitionrun', 'transitionend', 'animationstart', 'animationend', 'toggle', 'change',
  'load'];
const PAGE_EVENTS = ['hashchange', 'resize', 'visibilitychange', 'click', 'focusout'];

/**
 * @param {object} on
 * @param {(begins: boolean) => void} on.movement something moves or has changed its state; begins: whether
 *   the movement has only begun
 * @param {(frame: Element) => void} on.frame a frame has loaded
 * @param {() => void} on.script a script has loaded
 * @param {(event: Event) => void} on.toggle a popover, a dialog or a <details> was opened or closed
 * @param {() => void} on.change one of PAGE_EVENTS has come
 * @param {(target: Node) => void} on.focus this element has got the focus
 * @param {() => void} on.loaded the document is parsed, or has loaded completely
 */
export function createPageListener(on) {
  const listening = new AbortController();
  const passive = { capture: true, passive: true, signal: listening.signal };

  /** @param {Event} event */
  const onMovement = (event) => {
    const { type } = event;
    const element = /** @type {Element} */ (event.target);
    // Needed for shadow roots: a toggle event inside one does not reach the window.
    if (type === 'toggle') on.toggle(event);
    if (type === 'load' && isFrame(element)) on.frame(element);
    if (type === 'load' && isA(element, 'script')) on.script();
    on.movement(type === 'transitionrun' || type === 'animationstart');
  };

  /** @param {Event} event */
  const onLoaded = ({ target }) => {
    if (target === document) on.loaded();
  };

  /** @param {Event} event */
  const onFocus = ({ target }) => on.focus(/** @type {Node} */ (target));

  // root() and page() may be called again, because the browser does not add the same listener twice.
  return {
    /** @param {Document | ShadowRoot} root */
    root(root) {
      for (const type of MOVEMENTS) callNative(root, 'addEventListener', type, onMovement, passive);
    },
    page() {
      for (const type of PAGE_EVENTS) addEventListener(type, on.change, passive);
      addEventListener('focusin', onFocus, passive);
      addEventListener('DOMContentLoaded', onLoaded, passive);
      addEventListener('load', onLoaded, passive);
    },
    stop: () => listening.abort(),
  };
}
