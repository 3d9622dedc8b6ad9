// Keeps the surfaces that a rule has ended although they are still in the page. A surface comes back when the
// condition that ended it no longer holds, when it disappears and appears again, or when a person types in
// one of its fields. In doubt it comes back: a needless mute is better than a recorded card.

import { isElement, isReportedAt, callNative } from '../dom/shadow.js';

/**
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {{source: string, why: string}} End why a surface was ended. source: the rule or result that did
 *   it
 */

/** Not only `input`, because some pages cancel the browser's input and draw the text themselves. */
const TYPING = ['keydown', 'beforeinput', 'input', 'paste'];

/**
 * @param {Group} group
 * @param {Element} target of a typing event; may be the host of the field's shadow root
 */
const isInField = ({ fields }, target) => [...fields.keys()].some((field) =>
  callNative(field, 'contains', target) || isReportedAt(field, target));

/** @param {() => void} onBack called when a surface comes back because of typing, so that a look is due */
export function createEnded(onBack) {
  /** @type {Map<Group, End>} */
  const ended = new Map();
  const listening = new AbortController();

  /** @param {Event} event only its target, and whether a person caused it, are read */
  function onTyping({ target, isTrusted }) {
    if (!isTrusted || !isElement(/** @type {Node} */ (target))) return;
    for (const group of ended.keys()) {
      if (!isInField(group, /** @type {Element} */ (target))) continue;
      ended.delete(group);
      onBack();
    }
  }

  return {
    /** To be called again after `document.open`, which removes the listeners. */
    listen() {
      const passive = { capture: true, passive: true, signal: listening.signal };
      for (const type of TYPING) addEventListener(type, onTyping, passive);
    },

    has: (/** @type {Group} */ group) => ended.has(group),
    why: (/** @type {Group} */ group) => ended.get(group)?.why,

    /** @param {Iterable<Group>} groups @param {End} end */
    add(groups, end) {
      for (const group of groups) ended.set(group, end);
    },

    /** Brings back the surfaces of an end. @param {string} source the rule or result that no longer holds */
    lift(source) {
      for (const [group, end] of ended) if (end.source === source) ended.delete(group);
    },

    /** @param {Map<Group, string>} seen surfaces that are not in it are forgotten */
    keepOnly(seen) {
      for (const group of ended.keys()) if (!seen.has(group)) ended.delete(group);
    },

    /** @param {Map<Group, string>} seen the surfaces from which the ended ones are removed */
    takeFrom(seen) {
      for (const group of ended.keys()) seen.delete(group);
    },

    stop: () => listening.abort(),
  };
}
