// Notices that someone is typing in a payment form: that it happens, never what. Used by main.js.
// Of an event only its target is read.

import { hostAround, isElement, ownOf } from '../content/shadow.js';
import { fieldsIn } from './fields-of.js';

/** @typedef {import('../content/surfaces.js').Surface} Surface */

/** Between two reports about one surface. */
const report_every_ms = 5000;

/**
 * The eye finds fields. A rule of the administrator names what holds some; by an address alone, the page.
 * @param {import('../content/groups.js').Group} group
 * @returns {Element[]}
 */
function cardFieldsOf({ owner, fields }) {
  if (fields.size === 0) return fieldsIn(/** @type {Element} */ (owner));
  return [...fields.keys()].flatMap((named) => {
    const inside = fieldsIn(named);
    return inside.length > 0 ? inside : [named];
  });
}

/**
 * Whether typing that is reported at an element happens in one of a group's fields, or in a shadow root
 * around one, whose host is all that the document is told.
 * @param {import('../content/groups.js').Group} group
 * @param {Element} target
 */
function isCardField(group, target) {
  for (const field of cardFieldsOf(group)) {
    /** @type {Element | null} */
    let at = field;
    for (; at; at = hostAround(at)) if (at === target) return true;
  }
  return false;
}

/**
 * Whether it happens in the group: in its form, or in one of its fields.
 * @param {import('../content/groups.js').Group} group
 * @param {Element} target
 */
const isTypedIn = (group, target) =>
  group.owner !== document && ownOf(group.owner, 'contains').call(group.owner, target)
  || isCardField(group, target);

/**
 * @param {() => Surface[]} open the surfaces that are open
 * @param {(surface: Surface, where: {card?: true, ms_ago?: number}) => void} onActive card: in a card field,
 *   for the first time
 */
export function createActivity(open, onActive) {
  /** @type {WeakMap<Surface, number>} */
  const reportedAt = new WeakMap();
  /** @type {WeakSet<Surface>} */
  const typedIn = new WeakSet();

  /** @param {Event} event */
  function onTyping({ target, timeStamp }) {
    if (!isElement(/** @type {Node} */ (target))) return;
    const now = performance.now();
    for (const surface of open()) {
      if (!typedIn.has(surface) && isCardField(surface.group, /** @type {Element} */ (target))) {
        typedIn.add(surface);
        reportedAt.set(surface, now);
        onActive(surface, { card: true, ms_ago: Math.max(0, now - timeStamp) });
        continue;
      }
      if (now - (reportedAt.get(surface) ?? -Infinity) < report_every_ms) continue;
      if (!isTypedIn(surface.group, /** @type {Element} */ (target))) continue;
      reportedAt.set(surface, now);
      onActive(surface, {});
    }
  }

  const listening = new AbortController();
  const passive = { capture: true, passive: true, signal: listening.signal };

  return {
    /** May be called again: a listener that is there already is not added twice. */
    start() {
      for (const type of ['input', 'keydown']) addEventListener(type, onTyping, passive);
    },
    stop: () => listening.abort(),
  };
}
