// Follows which element of this frame a person points at, by pointer or by keys. Presses and the picker's
// keys reach only those listeners of the page that it has added to the window before. The browser's own
// action for them is always prevented. The pointer's movements reach the page.

import { parentAsDrawn, shadowRootOf } from '../dom/shadow.js';

/** The events by which a page notices a press. */
const PRESSES = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick',
  'contextmenu', 'touchstart', 'touchend', 'dragstart'];
const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Enter'];

/** @param {Event} event */
function keepFromPage(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {Element | null} the innermost element there, including open and closed shadow roots
 */
function elementAt(x, y) {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner = found && shadowRootOf(found, true)?.elementFromPoint(x, y);
    if (!inner || inner === found) return found;
    found = inner;
  }
}

/** @param {Element} element @returns {Element[]} its children, or those of its shadow root if it has one */
const childrenOf = (element) => [...(shadowRootOf(element, true) ?? element).children];

/**
 * The element to which an arrow key leads.
 * @param {Element} from
 * @param {string} key
 * @param {Element[]} trail the elements that ArrowUp has left, the last one first, so that ArrowDown leads
 *   back
 * @param {(target: EventTarget | null) => boolean} isOurs
 * @returns {[Element, Element[]]} the element (`from` if the key leads nowhere), and the new trail
 */
function moved(from, key, trail, isOurs) {
  if (key === 'ArrowUp') {
    const outer = parentAsDrawn(from);
    return outer ? [outer, [from, ...trail]] : [from, trail];
  }
  if (key === 'ArrowDown') {
    const [back, ...rest] = trail;
    return [back ?? childrenOf(from).find((child) => !isOurs(child)) ?? from, rest];
  }
  const next = key === 'ArrowRight' ? from.nextElementSibling : from.previousElementSibling;
  return [next && !isOurs(next) ? next : from, []];
}

/**
 * @typedef {object} Listener
 * @property {(element: Element | null) => void} aim called with the element that is pointed at now; null:
 *   none in this frame
 * @property {(key: string) => void} key a key was pressed here while the pointer is in another frame
 * @property {(element: Element) => void} pick
 * @property {(target: EventTarget | null) => boolean} isOurs
 */

/**
 * Keeps the element that a person points at, and carries out the picker's keys.
 * @param {Pick<Listener, 'aim' | 'pick' | 'isOurs'>} on
 */
function createTarget(on) {
  /** @type {Element | null} */
  let current = null;
  /** @type {Element[]} */
  let trail = [];

  /** @param {Element | null} element @param {Element[]} [way] */
  function aim(element, way = []) {
    if (element === current) return;
    current = element;
    trail = way;
    on.aim(element);
  }

  /** @param {string} key */
  function press(key) {
    if (!current) return false;
    if (key === 'Enter') on.pick(current);
    else aim(...moved(current, key, trail, on.isOurs));
    return true;
  }

  function pick() {
    if (current) on.pick(current);
  }

  return { aim, press, pick };
}

/** @param {Listener} on */
export function createAim(on) {
  const { aim, press, pick } = createTarget(on);
  const listening = new AbortController();
  const capture = { capture: true, passive: false, signal: listening.signal };

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!event.isTrusted || !KEYS.includes(event.key)) return;
    keepFromPage(event);
    if (event.type === 'keydown' && !press(event.key)) on.key(event.key);
  }

  /** @param {Event} event */
  function onMove(event) {
    if (!event.isTrusted) return;
    const { clientX, clientY } = /** @type {PointerEvent} */ (event);
    const found = elementAt(clientX, clientY);
    if (found && !on.isOurs(found)) aim(found);
  }

  /** @param {Event} event */
  function onPress(event) {
    if (!event.isTrusted) return;
    keepFromPage(event);
    if (event.type !== 'click') return;
    onMove(event);
    pick();
  }

  return {
    start() {
      for (const type of PRESSES) addEventListener(type, onPress, capture);
      for (const type of ['pointermove', 'pointerover']) addEventListener(type, onMove, capture);
      for (const type of /** @type {const} */ (['keydown', 'keypress', 'keyup'])) {
        addEventListener(type, onKey, capture);
      }
    },
    /**
     * Begins without a pointer, at the element with the focus, or else at a dialog or form, or else at the
     * body.
     */
    begin() {
      const { activeElement, body } = document;
      const focused = activeElement === body ? null : activeElement;
      aim(focused ?? document.querySelector('dialog[open], form') ?? body);
    },
    aim,
    press,
    stop: () => listening.abort(),
  };
}
