// The surfaces that a rule has ended although they still stand in the page, and what brings them back: what
// ended them holds no more, they go and come again, or a key is pressed in one of their fields. If in doubt
// the mute wins. Used by rules-engine.js.

import { hostAround, isElement, ownOf } from './shadow.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {{source: string, why: string}} End source: by which it can be taken back
 */

/** Each is more than enough: some fields keep the browser's own input from happening, and draw the text. */
const TYPING = ['keydown', 'beforeinput', 'input', 'paste'];

/** @param {Group} group @param {Element} target that typing is reported at, which may be a shadow host */
function isInField({ fields }, target) {
  for (const field of fields.keys()) {
    if (ownOf(field, 'contains').call(field, target)) return true;
    /** @type {Element | null} */
    let at = field;
    for (; at; at = hostAround(at)) if (at === target) return true;
  }
  return false;
}

/** @param {() => void} onBack a surface is to be seen again */
export function createEnded(onBack) {
  /** @type {Map<Group, End>} */
  const ended = new Map();
  const listening = new AbortController();

  /** @param {Event} event of which only its target is read */
  function onTyping({ target }) {
    if (!isElement(/** @type {Node} */ (target))) return;
    for (const group of ended.keys()) {
      if (!isInField(group, /** @type {Element} */ (target))) continue;
      ended.delete(group);
      onBack();
    }
  }

  return {
    /** Again after the document was written anew. */
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

    /** @param {string} source holds no more */
    lift(source) {
      for (const [group, end] of ended) if (end.source === source) ended.delete(group);
    },

    /** @param {Map<Group, string>} seen those that are gone are forgotten: they come back as new ones */
    keepOnly(seen) {
      for (const group of ended.keys()) if (!seen.has(group)) ended.delete(group);
    },

    /** @param {Map<Group, string>} seen */
    takeFrom(seen) {
      for (const group of ended.keys()) seen.delete(group);
    },

    stop: () => listening.abort(),
  };
}
