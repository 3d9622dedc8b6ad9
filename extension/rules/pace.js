// Decides when the rules are evaluated again: only after the page has changed, at most once per animation
// frame, and with a rest after each evaluation, so that rules do not slow the page down.

import { HOST_MARK } from '../common/marks.js';
import { isElement, callNative } from '../dom/shadow.js';

/**
 * The rest after an evaluation is `rest_times` as long as the evaluation, but at least `rest_ms` and at most
 * `longest_rest_ms`.
 */
const rest_ms = 50;
const rest_times = 20;
const longest_rest_ms = 1000;

/**
 * Events after which a condition may begin or cease to hold without a mutation of the document. Some of them
 * do not bubble, so each root has listeners, which capture.
 */
const ROOT_EVENTS = ['transitionend', 'animationstart', 'animationend', 'toggle', 'change', 'input', 'load'];
/** A click may lead to a new address too, but content/page-listener.js asks for a look then. */
const PAGE_EVENTS = ['popstate', 'hashchange', 'resize', 'visibilitychange', 'focusin'];
/** Events of the Navigation API, if the browser has it. They report a new address even without a click. */
const ROUTE_EVENTS = ['navigatesuccess', 'currententrychange'];

const OBSERVED = { subtree: true, childList: true, attributes: true, characterData: true };

/** @param {Node} node @returns {boolean} whether the node is our own element in the page */
const isOurs = (node) => isElement(node) && callNative(node, 'hasAttribute', HOST_MARK);

/**
 * @param {MutationRecord} record
 * @returns {boolean} whether anything but our own element has changed
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

    /** Adds a root. To be called again for the document when `document.open` has removed its listeners. */
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

/** @param {() => void} look asks for a look in the next animation frame */
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

    /** @returns {boolean} whether an evaluation is due; `end` must be called after it */
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
