// When the administrator's rules are looked at again: only after something in the page has changed, at most
// once in a frame of animation, and never for more than a small part of the time. Used by rules-engine.js.

import { HOST_MARK } from '../common/marks.js';
import { isElement, ownOf } from './shadow.js';

/** Between the end of one look and the next: at least this, and this many times what the look took. */
const rest_ms = 50;
const rest_times = 20;
const longest_rest_ms = 1000;

/** What can make a condition begin or cease to hold without a change in the document; not all bubbles. */
const ROOT_EVENTS = ['transitionend', 'animationstart', 'animationend', 'toggle', 'change', 'input', 'load'];
/** A click, after which there may be a new address, is noticed by the watcher. */
const PAGE_EVENTS = ['popstate', 'hashchange', 'resize', 'visibilitychange', 'focusin'];
/** Those of the Navigation API tell of a route that no click has led to, where the browser has it. */
const ROUTE_EVENTS = ['navigatesuccess', 'currententrychange'];

const OBSERVED = { subtree: true, childList: true, attributes: true, characterData: true };

/** @param {Node} node whether it is what we have put into the page */
const isOurs = (node) => isElement(node) && ownOf(node, 'hasAttribute').call(node, HOST_MARK);

/** @param {MutationRecord} record whether the page has changed, and not what is ours */
const isOfPage = ({ type, target, addedNodes, removedNodes }) => type === 'childList'
  ? [...addedNodes, ...removedNodes].some((node) => !isOurs(node)) : !isOurs(target);

/**
 * @param {() => void} look asks for a look in the next frame of animation
 */
export function createPace(look) {
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

  /** @returns {(Document | ShadowRoot)[]} the document and every shadow root in it */
  function here() {
    roots = roots.filter((one) => one.deref());
    return roots.map((one) => /** @type {Document} */ (one.deref())).filter((root) => root.isConnected);
  }

  return {
    touch,
    here,

    /** A root that is there, or the document that was written anew and has lost its listeners. */
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

    /** @param {boolean} wanted whether any rule is in force; where none is, no change in the page matters */
    observe(wanted) {
      if (wanted === observing) return;
      observing = wanted;
      if (wanted) for (const root of here()) mutations.observe(root, OBSERVED);
      else mutations.disconnect();
    },

    /** @returns {boolean} whether it is time for a look, which then begins */
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
      listening.abort();
      mutations.disconnect();
      clearTimeout(timer);
    },
  };
}
