// Decides when the administrator's rules are evaluated again: only after something in the page has changed,
// at most once per animation frame, and with a rest after each evaluation, so that rules do not slow the page
// down.

import { HOST_MARK } from '../common/marks.js';
import { isElement, callNative } from '../dom/shadow.js';

/**
 * After each look there is a rest of `rest_times` the duration of the look, but of at least `rest_ms` and at
 * most `longest_rest_ms`.
 */
const rest_ms = 50;
const rest_times = 20;
const longest_rest_ms = 1000;

/**
 * Events after which a condition may begin or cease to hold although the document has not changed. Some of
 * them do not bubble, so the listeners are on each root and capture.
 */
const ROOT_EVENTS = ['transitionend', 'animationstart', 'animationend', 'toggle', 'change', 'input', 'load'];
/** Not clicks: after a click, which may lead to a new address, content/page-listener.js asks for a look. */
const PAGE_EVENTS = ['popstate', 'hashchange', 'resize', 'visibilitychange', 'focusin'];
/**
 * Events of the Navigation API, if the browser has it. They also report a new address to which no click has
 * led.
 */
const ROUTE_EVENTS = ['navigatesuccess', 'currententrychange'];

const OBSERVED = { subtree: true, childList: true, attributes: true, characterData: true };

/** @param {Node} node @returns {boolean} whether the node is our own element in the page */
const isOurs = (node) => isElement(node) && callNative(node, 'hasAttribute', HOST_MARK);

/**
 * @param {MutationRecord} record
 * @returns {boolean} whether the page has changed, not only our own element
 */
const isOfPage = ({ type, target, addedNodes, removedNodes }) => type === 'childList'
  ? [...addedNodes, ...removedNodes].some((node) => !isOurs(node)) : !isOurs(target);

/**
 * Listens to the document and every shadow root in it.
 * @param {() => void} touch called when the page has changed
 */
function createRoots(touch) {
  const listening = new AbortController();
  const passive = { capture: true, passive: true, signal: listening.signal };
  const mutations = new MutationObserver((records) => {
    if (records.some(isOfPage)) touch();
  });
  /** @type {WeakSet<Document | ShadowRoot>} */
  const known = new WeakSet();
  /** @type {WeakRef<Document | ShadowRoot>[]} */
  let roots = [];
  let observing = false;

  /** @returns {(Document | ShadowRoot)[]} */
  function here() {
    roots = roots.filter((one) => one.deref());
    return roots.map((one) => /** @type {Document} */ (one.deref())).filter((root) => root.isConnected);
  }

  return {
    here,

    /**
     * Adds a root. Also to be called again for the document after `document.open` has removed its listeners.
     */
    root(/** @type {Document | ShadowRoot} */ root) {
      for (const type of ROOT_EVENTS) root.addEventListener(type, touch, passive);
      if (root === document) {
        for (const type of PAGE_EVENTS) addEventListener(type, touch, passive);
        const { navigation } = /** @type {{navigation?: EventTarget}} */ (/** @type {unknown} */ (window));
        for (const type of ROUTE_EVENTS) navigation?.addEventListener(type, touch, passive);
      }
      if (known.has(root)) return;
      known.add(root);
      roots.push(new WeakRef(root));
      if (observing) mutations.observe(root, OBSERVED);
      touch();
    },

    /** @param {boolean} wanted whether any rule is in force; if none is, changes in the page do not matter */
    observe(wanted) {
      if (wanted === observing) return;
      observing = wanted;
      if (wanted) for (const root of here()) mutations.observe(root, OBSERVED);
      else mutations.disconnect();
    },

    stop() {
      listening.abort();
      mutations.disconnect();
    },
  };
}

/**
 * @param {() => void} look asks for a look in the next animation frame
 */
export function createPace(look) {
  const roots = createRoots(touch);
  let touched = false;
  let startedAt = 0;
  let restUntil = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function touch() {
    touched = true;
    ask();
  }

  function ask() {
    const wait_ms = restUntil - performance.now();
    if (wait_ms <= 0) look();
    else timer ??= setTimeout(rested, wait_ms);
  }

  function rested() {
    timer = undefined;
    look();
  }

  return {
    touch,
    here: roots.here,
    root: roots.root,
    observe: roots.observe,

    /** @returns {boolean} whether a look is due; if so, it has begun and must be ended with `end` */
    begin() {
      if (!touched) return false;
      if (performance.now() < restUntil) {
        ask();
        return false;
      }
      touched = false;
      startedAt = performance.now();
      return true;
    },

    end() {
      const now = performance.now();
      restUntil = now + Math.min(Math.max(rest_ms, rest_times * (now - startedAt)), longest_rest_ms);
    },

    stop() {
      roots.stop();
      clearTimeout(timer);
    },
  };
}
