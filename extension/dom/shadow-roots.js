// Finds shadow roots, including most of those that are attached late, which no event reports.

import { guarded } from './guarded.js';
import { allIn, isCustom, isElement, shadowRootOf } from './shadow.js';

/**
 * Selects all elements except common ones that cannot have a shadow root. Most elements of a long list are of
 * these kinds, so this saves half of the time.
 */
export const HOSTS = ':not('
  + 'a,b,br,button,dd,dl,dt,g,i,img,input,label,li,option,path,svg,table,tbody,td,th,tr,ul)';

/** A longer list of elements is visited in the next animation frames, this many elements in each. */
const elements_per_turn = 2000;

/**
 * Asking for a closed root is slow, so at most `most_asked` built-in elements with content are asked within
 * `asked_within_ms`. A closed root of any other is found when the focus comes there.
 */
const asked_within_ms = 16;
export const most_asked = 300;

/** At most this many custom elements without a shadow root are remembered; the oldest is dropped first. */
const most_waiting = 300;

/**
 * Visits the elements of long lists, a part in each animation frame.
 * @param {(element: Element) => void} visit called for every element
 */
function createTurns(visit) {
  /** @type {{list: ArrayLike<Element>, next: number}[]} */
  let queue = [];
  let frame = 0;

  function turn() {
    frame = 0;
    let left = elements_per_turn;
    while (queue.length > 0 && left > 0) {
      const part = queue[0];
      while (part.next < part.list.length && left > 0) {
        visit(part.list[part.next]);
        part.next += 1;
        left -= 1;
      }
      if (part.next >= part.list.length) queue.shift();
    }
    if (queue.length > 0) frame = requestAnimationFrame(turn);
  }

  return {
    /** @param {ArrayLike<Element>} list */
    add(list) {
      queue.push({ list, next: 0 });
      if (frame === 0) frame = requestAnimationFrame(turn);
    },
    stop() {
      cancelAnimationFrame(frame);
      queue = [];
    },
  };
}

/**
 * Keeps the custom elements that have no shadow root so far. A shadow root with content changes the size of
 * its host or, if the host is an inline element, of the parent. So after a resize all of them are visited
 * again.
 * @param {(element: Element) => void} visit looks for the element's shadow root again
 */
function createWaiting(visit) {
  /** @type {Set<Element>} */
  const waiting = new Set();
  const sizes = new ResizeObserver(revisit);

  /** @param {Element} element */
  function forget(element) {
    if (waiting.delete(element)) sizes.unobserve(element);
  }

  function revisit() {
    for (const element of waiting) {
      if (element.isConnected) visit(element);
      else forget(element);
    }
  }

  return {
    forget,
    revisit,
    /** @param {Element} element */
    add(element) {
      if (waiting.has(element)) return;
      if (waiting.size >= most_waiting) forget([...waiting][0]);
      waiting.add(element);
      sizes.observe(element);
      if (element.parentElement) sizes.observe(element.parentElement);
    },
    stop() {
      sizes.disconnect();
      waiting.clear();
    },
  };
}

/** @param {(root: ShadowRoot) => void} onRoot called once for each shadow root */
export function createRootFinder(onRoot) {
  /** @type {WeakSet<ShadowRoot>} */
  const known = new WeakSet();
  let askedSince = -Infinity;
  let asked = 0;

  function mayAsk() {
    const now = performance.now();
    if (now - askedSince >= asked_within_ms) {
      askedSince = now;
      asked = 0;
    }
    asked += 1;
    return asked <= most_asked;
  }

  /**
   * @param {Element} element
   * @param {boolean} [reason] whether a closed root is likely, see `shadowRootOf`
   */
  const visit = (element, reason) => guarded(() => {
    const root = shadowRootOf(element, reason || element.firstChild !== null && mayAsk());
    if (!root) {
      if (isCustom(element)) waiting.add(element);
      return;
    }
    waiting.forget(element);
    if (known.has(root)) return;
    known.add(root);
    guarded(() => onRoot(root));
    search(root);
  });

  const waiting = createWaiting(visit);
  const turns = createTurns(visit);

  /**
   * Looks for shadow roots at and below a node: at once if there are few elements, otherwise over several
   * animation frames.
   * @param {Node} node
   * @param {boolean} [reason] whether a closed root at the node is likely, see `shadowRootOf`
   */
  function search(node, reason) {
    if (isElement(node)) visit(node, reason);
    const list = allIn(node, HOSTS);
    if (list.length > elements_per_turn) turns.add(list);
    // Not an iterator, which would take as long as the visits themselves.
    else for (let at = 0; at < list.length; at += 1) visit(list[at]);
  }

  return {
    search,
    /** Looks again at the custom elements that had no root yet. */
    revisit: waiting.revisit,
    stop() {
      turns.stop();
      waiting.stop();
    },
  };
}
