// Finds the card fields of a form. Typing in them shows that the agent uses the form. If `interlock` is
// "block", they are covered until the call is muted.

import { FRAMES, isFrame } from '../dom/frames.js';
import { allIn, isA, callNative, shadowRootOf } from '../dom/shadow.js';

/** Elements that can be typed into, and frames, which may contain such elements. */
export const TYPED_IN = `${FRAMES},select,textarea,[contenteditable],[role=textbox],[role=combobox],`
  + 'input:not([type=hidden],[type=button],[type=submit],[type=reset],[type=image],[type=checkbox],'
  + '[type=radio])';

/**
 * At most this many fields in an element are returned, and at most this many elements in it are checked for a
 * shadow root: the element that a rule names may be the whole page.
 */
const most_fields = 64;
const most_elements = 2000;

/** @param {Element} element */
const isTypedIn = (element) => callNative(element, 'matches', TYPED_IN)
  && (isFrame(element) || !callNative(element, 'matches', FRAMES));

/**
 * What an element draws that is not below it: the elements assigned to a slot, or the content of its shadow
 * root.
 * @param {Element} element
 * @param {boolean} [reason] whether a closed root is likely, see `shadowRootOf`
 * @returns {(Element | ShadowRoot)[]}
 */
function drawnAt(element, reason) {
  if (isA(element, 'slot')) return callNative(element, 'assignedElements');
  const root = shadowRootOf(element, reason);
  return root ? [root] : [];
}

/**
 * @param {Element} element
 * @returns {Element[]} the element itself if it can be typed into, otherwise the fields inside it, including
 *   shadow roots
 */
export function fieldsIn(element) {
  if (isTypedIn(element)) return [element];
  /** @type {Set<Element>} */
  const found = new Set();
  const parts = new Set([element, ...drawnAt(element, true)]);
  let left = most_elements;
  for (const part of parts) {
    if (part !== element && 'localName' in part && isTypedIn(part)) found.add(part);
    for (const field of allIn(part, TYPED_IN)) if (isTypedIn(field)) found.add(field);
    const below = allIn(part, '*');
    for (let at = 0; at < below.length && left > 0; at += 1, left -= 1) {
      for (const inner of drawnAt(below[at])) parts.add(inner);
    }
  }
  return [...found].slice(0, most_fields);
}

/**
 * The fields of these groups that wait for the mute. If an administrator's rule names an element such as a
 * dialog, only the fields in it wait, so that its "Close" button works.
 * @param {import('../content/groups.js').Group[]} groups
 * @returns {Element[]}
 */
export const fieldsOf = (groups) => groups.flatMap(({ shown }) => shown)
  .filter((element) => element.isConnected)
  .flatMap(fieldsIn);
