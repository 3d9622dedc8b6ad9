// What in this frame is pointed at, by pointer or by keys. The page does not hear of it: what is hung on the
// window itself, and earlier, may notice that something was pressed, but nothing is carried out.
// Used by work.js.

import { parentAsDrawn, shadowRootOf } from '../content/shadow.js';

/** What a page could take for a wish of the person's. */
const PRESSES = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick', 'auxclick',
  'contextmenu', 'touchstart', 'touchend', 'dragstart'];
const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Enter'];

/** @param {Event} event */
function keepFromPage(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {number} x @param {number} y @returns {Element | null} through shadow roots, closed ones too */
function elementAt(x, y) {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner = found && shadowRootOf(found, true)?.elementFromPoint(x, y);
    if (!inner || inner === found) return found;
    found = inner;
  }
}

/** @param {Element} element @returns {Element[]} below it, as drawn */
const childrenOf = (element) => [...(shadowRootOf(element, true) ?? element).children];

/**
 * @param {object} on
 * @param {(element: Element | null) => void} on.aim at this now; null: not in this frame
 * @param {(key: string) => void} on.key pressed while the pointer is in another frame
 * @param {(element: Element) => void} on.pick
 * @param {(target: EventTarget | null) => boolean} on.isOurs
 */
export function createAim(on) {
  /** @type {Element | null} */
  let current = null;
  /** @type {Element[]} where widening came from, so that narrowing leads back */
  let trail = [];
  const listening = new AbortController();
  const capture = { capture: true, passive: false, signal: listening.signal };

  /** @param {Element | null} element @param {Element[]} [way] */
  function aim(element, way = []) {
    if (element === current) return;
    current = element;
    trail = way;
    on.aim(element);
  }

  /** @param {Element} from @param {string} key */
  function move(from, key) {
    if (key === 'ArrowUp') {
      const outer = parentAsDrawn(from);
      if (outer) aim(outer, [from, ...trail]);
    } else if (key === 'ArrowDown') {
      const [back, ...rest] = trail;
      const inner = back ?? childrenOf(from).find((child) => !on.isOurs(child));
      if (inner) aim(inner, rest);
    } else {
      const next = key === 'ArrowRight' ? from.nextElementSibling : from.previousElementSibling;
      if (next && !on.isOurs(next)) aim(next);
    }
  }

  /** @param {string} key */
  function press(key) {
    if (!current) return false;
    if (key === 'Enter') on.pick(current);
    else move(current, key);
    return true;
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!KEYS.includes(event.key)) return;
    keepFromPage(event);
    if (event.type === 'keydown' && !press(event.key)) on.key(event.key);
  }

  /** @param {Event} event */
  function onMove(event) {
    const { clientX, clientY } = /** @type {PointerEvent} */ (event);
    const found = elementAt(clientX, clientY);
    if (found && !on.isOurs(found)) aim(found);
  }

  /** @param {Event} event */
  function onPress(event) {
    keepFromPage(event);
    if (event.type !== 'click') return;
    onMove(event);
    if (current) on.pick(current);
  }

  return {
    start() {
      for (const type of PRESSES) addEventListener(type, onPress, capture);
      for (const type of ['pointermove', 'pointerover']) addEventListener(type, onMove, capture);
      for (const type of /** @type {const} */ (['keydown', 'keypress', 'keyup'])) {
        addEventListener(type, onKey, capture);
      }
    },
    /** Where no pointer is: what has the focus, else a dialog or form, else all. */
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
