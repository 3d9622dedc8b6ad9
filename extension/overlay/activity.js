// Notices that a person types in a payment form, but not what. Of an event, only its type, its target, its
// time and whether a person caused it are read.

import { isElement, isReportedAt, callNative } from '../dom/shadow.js';
import { fieldsIn } from './fields-of.js';

/** @typedef {import('../content/surfaces.js').Surface} Surface */

/** The least time between two reports about one surface. The first input in a card field does not wait. */
const report_every_ms = 5000;

/**
 * The card fields of a group. A group of an administrator's rule may list an element that contains fields, or
 * nothing if the rule has only an address. Then the fields of the owner, the whole page, count.
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
 * Whether a typing event is in one of a group's card fields. For a field in a shadow root, the event's target
 * is the shadow host.
 * @param {import('../content/groups.js').Group} group
 * @param {Element} target
 */
const isCardField = (group, target) => cardFieldsOf(group).some((field) => isReportedAt(field, target));

/**
 * Whether a typing event is in a group's form element, or in one of its card fields.
 * @param {import('../content/groups.js').Group} group
 * @param {Element} target
 */
const isTypedIn = (group, target) =>
  group.owner !== document && callNative(group.owner, 'contains', target)
  || isCardField(group, target);

/**
 * @param {() => Surface[]} open the surfaces that are open
 * @param {(surface: Surface, where: {card?: true, ms_ago?: number}) => void} onActive called when a person
 *   types in a surface's form. `card`: for the first time in a card field, `ms_ago` milliseconds ago
 */
export function createActivity(open, onActive) {
  /** @type {WeakMap<Surface, number>} */
  const reportedAt = new WeakMap();
  /** @type {WeakSet<Surface>} */
  const typedIn = new WeakSet();

  /** @param {Event} event ignored unless a person caused it */
  function onTyping({ type, target, timeStamp, isTrusted }) {
    if (!isTrusted || !isElement(/** @type {Node} */ (target))) return;
    const element = /** @type {Element} */ (target);
    const now = performance.now();
    for (const surface of open()) {
      // Only an input event counts as typing in a card field: a pressed key may be Tab, which types nothing.
      if (type === 'input' && !typedIn.has(surface) && isCardField(surface.group, element)) {
        typedIn.add(surface);
        reportedAt.set(surface, now);
        onActive(surface, { card: true, ms_ago: Math.max(0, now - timeStamp) });
        continue;
      }
      if (now - (reportedAt.get(surface) ?? -Infinity) < report_every_ms) continue;
      if (!isTypedIn(surface.group, element)) continue;
      reportedAt.set(surface, now);
      onActive(surface, {});
    }
  }

  return {
    /** To be called for each `input` and `keydown` event, before the page can stop it. */
    typed: onTyping,
  };
}
