// Listens for what can show, hide or bring a payment form without a change in the document.

import { callNative, isA } from '../dom/shadow.js';

/** In every root: not all of them bubble. */
const MOVEMENTS = ['transitionrun', 'transitionend', 'animationstart', 'animationend', 'toggle', 'change',
  'load'];
const PAGE_EVENTS = ['hashchange', 'resize', 'visibilitychange', 'click', 'focusout'];

/**
 * @param {object} on
 * @param {(begins: boolean) => void} on.movement something moves or has changed its state; begins: it will
 *   go on moving
 * @param {() => void} on.frame a frame has loaded
 * @param {() => void} on.script a script has loaded
 * @param {(event: Event) => void} on.toggle a popover or a dialog was opened or closed
 * @param {() => void} on.change anything else after which a look is due
 * @param {(target: Node) => void} on.focus came to this element
 * @param {() => void} on.loaded the document, wholly or its own text
 */
export function createPageListener(on) {
  const listening = new AbortController();
  const passive = { capture: true, passive: true, signal: listening.signal };

  /** @param {Event} event */
  const onMovement = (event) => {
    const { type } = event;
    const element = /** @type {Element} */ (event.target);
    // In a shadow root; the window hears of the others.
    if (type === 'toggle') on.toggle(event);
    if (type === 'load' && isA(element, 'iframe')) on.frame();
    if (type === 'load' && isA(element, 'script')) on.script();
    on.movement(type === 'transitionrun' || type === 'animationstart');
  };

  /** @param {Event} event */
  const onLoaded = ({ target }) => {
    if (target === document) on.loaded();
  };

  /** @param {Event} event */
  const onFocus = ({ target }) => on.focus(/** @type {Node} */ (target));

  // A listener that is there already is not added twice.
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
