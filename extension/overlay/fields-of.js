// Which elements wait for the mute, and in which a key is one in a card field. Used by main.js and
// activity.js.

import { allIn, isA, mine, ownOf, shadowRootOf } from '../content/shadow.js';

/** What is typed in, and frames that may hold such. */
const TYPED_IN = 'iframe,select,textarea,[contenteditable],[role=textbox],[role=combobox],'
  + 'input:not([type=hidden],[type=button],[type=submit],[type=reset],[type=image],[type=checkbox],'
  + '[type=radio])';

/** A rule may name a whole page: of it no more is taken, and no more is asked for a shadow root. */
const most_fields = 64;
const most_elements = 2000;

/** @param {Element} element */
const isTypedIn = (element) => ownOf(element, 'matches').call(element, TYPED_IN);

/**
 * What is drawn at an element besides what is below it in the page's own text.
 * @param {Element} element
 * @param {boolean} [reason] to look for a shadow root in any case
 * @returns {(Element | ShadowRoot)[]}
 */
function drawnAt(element, reason) {
  if (isA(element, 'slot')) return mine(element, 'assignedElements');
  const root = shadowRootOf(element, reason);
  return root ? [root] : [];
}

/**
 * @param {Element} element
 * @returns {Element[]} itself, or the fields in it, through shadow roots too
 */
export function fieldsIn(element) {
  if (isTypedIn(element)) return [element];
  /** @type {Set<Element>} */
  const found = new Set();
  const parts = new Set([element, ...drawnAt(element, true)]);
  let left = most_elements;
  for (const part of parts) {
    if (part !== element && 'localName' in part && isTypedIn(part)) found.add(part);
    for (const field of allIn(part, TYPED_IN)) found.add(field);
    const below = allIn(part, '*');
    for (let at = 0; at < below.length && left > 0; at += 1, left -= 1) {
      for (const inner of drawnAt(below[at])) parts.add(inner);
    }
  }
  return [...found].slice(0, most_fields);
}

/**
 * The eye finds fields. A rule of the administrator names what it likes, a dialog for example: there it is
 * the fields that wait, and not the button that closes it.
 * @param {import('../content/groups.js').Group[]} groups
 * @returns {Element[]}
 */
export const fieldsOf = (groups) => groups.flatMap(({ shown }) => shown)
  .filter((element) => element.isConnected)
  .flatMap(fieldsIn);
