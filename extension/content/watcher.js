// Watches the document for payment forms that come, change and go. Used by session.js.
// It works on what was added or changed, never on the whole page again. A form that appears is looked at in
// the very microtask of the mutation, because a mute waits for it; all else is done once in a frame.

import { FIELD_ATTRIBUTES, FIELD_SELECTOR } from './detect.js';
import { covered_ms, createGroups, lookAt } from './groups.js';
import { createRootFinder } from './hosts.js';
import { allIn, isA, isElement, mine, ownOf, rootAround } from './shadow.js';
import { createSight, SHOWING } from './sight.js';
import { oncePerFrame } from './turns.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {ReturnType<import('./rules-main.js').make>} Rules
 */

/** Between two looks that are not made by a frame of animation. */
const look_gap_ms = 16;

/** How many frames a movement is followed from its start: one that fades in begins wholly transparent. */
const followed_frames = 2;

const FIELDS_AND_LABELS = `${FIELD_SELECTOR}, label`;
const OBSERVED = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: [...FIELD_ATTRIBUTES, ...SHOWING],
};

/** What can show or hide a form without a change in the document. Heard in every root: not all bubble. */
const MOVEMENTS = ['transitionrun', 'transitionend', 'animationstart', 'animationend', 'toggle', 'change',
  'load'];
const PAGE_EVENTS = ['hashchange', 'resize', 'visibilitychange', 'click', 'focusout'];

/** @param {Element} element @returns {boolean} */
const isRelevant = (element) => ownOf(element, 'matches').call(element, FIELDS_AND_LABELS);

/**
 * @typedef {object} Listener
 * @property {(group: Group, reason: string) => void} seen a payment form is visible
 * @property {(group: Group, reason: string) => void} gone it is not, or no longer
 * @property {(groups: Group[]) => void} looked it has looked which fields are visible
 * @property {() => void} changed something in the page moved; the banner may have to
 * @property {() => void} frame a frame has loaded
 * @property {() => Rules | null} rules the administrator's, if there are any
 * @property {() => void} replaced the document was written anew, which takes every listener away
 * @property {(node: Node) => boolean} isOurs whether a node is the banner, whose changes are not the page's
 */

/** @param {Listener} on */
export function createWatcher(on) {
  const groups = createGroups();
  /** @type {Set<Group>} */
  let reported = new Set();
  let lookedAt = -Infinity;
  let follow = 0;
  /** Whether a form is behind something else, which any change may take away. */
  let covered = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let uncovering;
  const listening = new AbortController();
  const passive = { capture: true, passive: true, signal: listening.signal };

  const mutations = new MutationObserver(onMutations);
  const frame = oncePerFrame(() => {
    look();
    if (follow > 0) {
      follow -= 1;
      frame.ask();
    }
  });
  const roots = createRootFinder(addRoot);
  const sight = createSight(frame.ask, () => {
    follow = followed_frames;
    frame.ask();
  });
  /** @param {Document | ShadowRoot} root */
  function addRoot(root) {
    mutations.observe(root, OBSERVED);
    listen(root);
    if (discover(root)) lookSoon();
  }

  /** @param {Document | ShadowRoot} root */
  function listen(root) {
    for (const type of MOVEMENTS) mine(root, 'addEventListener', type, onMovement, passive);
    on.rules()?.root(root);
  }

  function listenToPage() {
    for (const type of PAGE_EVENTS) addEventListener(type, frame.ask, passive);
    addEventListener('focusin', onFocus, passive);
    addEventListener('DOMContentLoaded', onLoaded, passive);
    addEventListener('load', onLoaded, passive);
  }

  function onReplaced() {
    listen(document);
    listenToPage();
    on.replaced();
  }

  /** @param {Node} node */
  function discover(node) {
    let any = isElement(node) && isRelevant(node) && considered(node);
    for (const element of allIn(node, FIELDS_AND_LABELS)) {
      any = considered(element) || any;
    }
    return any;
  }

  /** @param {Element} element a field, or a label that may say what its field is */
  function considered(element) {
    const field = isA(element, 'label') ? /** @type {HTMLLabelElement} */ (element).control : element;
    return field !== null && field.matches(FIELD_SELECTOR) && groups.consider(field);
  }

  /** @param {MutationRecord[]} records */
  function onMutations(records) {
    let found = false;
    let touched = false;
    // Where there is nothing that could be a form, nothing can show or hide one.
    const idle = groups.possible().length === 0;
    for (const record of records) {
      const { target } = record;
      if (on.isOurs(target)) continue;
      if (record.type === 'attributes') {
        if (FIELD_ATTRIBUTES.includes(/** @type {string} */ (record.attributeName))) {
          const element = /** @type {Element} */ (target);
          if (isRelevant(element)) found = considered(element) || found;
        }
        if (idle) continue;
        if (groups.touches(target)) touched = true;
        // A rule with a sibling in it can hide what stands beside.
        else if (groups.touches(ownOf(target, 'parentNode'))) frame.ask();
        continue;
      }
      for (const node of record.addedNodes) {
        if (!isElement(node) || on.isOurs(node)) continue;
        if (target === document) onReplaced();
        found = discover(node) || found;
        roots.search(node);
        if (isA(node, 'style') || isA(node, 'link')) frame.ask();
      }
      if (target.nodeName === 'LABEL') found = considered(/** @type {Element} */ (target)) || found;
      if (target.nodeName === 'STYLE' || groups.touches(target)) frame.ask();
    }
    if (found || touched && groups.possible().some((group) => !reported.has(group))) lookSoon();
    else if (touched || covered) frame.ask();
    on.changed();
  }

  /** @param {Event} event */
  function onMovement({ type, target }) {
    const element = /** @type {Element} */ (target);
    if (type === 'load') {
      if (isA(element, 'iframe')) on.frame();
      if (isA(element, 'script')) roots.revisit();
    }
    if (groups.possible().length === 0) return;
    if (type === 'transitionrun' || type === 'animationstart') follow = followed_frames;
    frame.ask();
  }

  /**
   * The element that takes the focus may have a shadow root that nobody has seen being attached; and the
   * words beside the fields around it may have changed.
   */
  function onFocus(/** @type {Event} */ { target }) {
    const element = /** @type {Element} */ (target);
    if (isElement(element)) {
      roots.search(element, true);
      discover(rootAround(element));
    }
    frame.ask();
  }

  /** @param {Event} event */
  function onLoaded({ target }) {
    if (target !== document) return;
    roots.revisit();
    roots.search(document);
    frame.ask();
  }

  function lookSoon() {
    if (performance.now() - lookedAt >= look_gap_ms) look();
    else frame.ask();
  }

  function look() {
    groups.prune();
    const possible = groups.possible();
    if (possible.length > 0) lookedAt = performance.now();
    const rules = on.rules();
    /** @type {Map<Group, string>} */
    const next = new Map();
    for (const group of possible) {
      const reason = lookAt(group, reported.has(group), rules);
      if (reason !== null) next.set(group, reason);
    }
    rules?.sift(next);
    // Gone first: the form that comes can then take the place of the one that went.
    for (const group of reported) {
      if (next.has(group)) continue;
      on.gone(group, rules?.why(group) ?? (possible.includes(group) ? 'hidden' : 'removed'));
    }
    for (const [group, reason] of next) on.seen(group, reason);
    reported = new Set(next.keys());
    on.looked(possible);
    covered = possible.some(({ coveredAt }) => coveredAt !== null);
    clearTimeout(uncovering);
    if (covered) uncovering = setTimeout(frame.ask, covered_ms);
    sight.of([...possible, ...next.keys()], groups.lineage());
    on.changed();
  }

  return {
    look: frame.ask,
    start() {
      addRoot(document);
      roots.search(document);
      listenToPage();
    },
    stop() {
      listening.abort();
      mutations.disconnect();
      clearTimeout(uncovering);
      sight.stop();
      roots.stop();
      frame.cancel();
    },
  };
}
