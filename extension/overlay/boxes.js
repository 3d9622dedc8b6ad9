// Finds the places of a form and its fields on the screen.

import { isA, parentAsDrawn, rectOf } from '../dom/shadow.js';

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {import('../content/groups.js').Group} Group
 */

/**
 * The modal dialog that contains a form. It makes everything outside it inert, so the overlay has to be
 * inside.
 * @param {Iterable<Group>} groups
 * @returns {Element | null} null: no form is in a modal dialog
 */
export function dialogAround(groups) {
  for (const { shown } of groups) {
    /** @type {Element | null} */
    let at = shown[0] ?? null;
    for (; at; at = parentAsDrawn(at)) {
      if (isA(at, 'dialog') && at.matches(':modal')) return at;
    }
  }
  return null;
}

/**
 * The part of a field that the boxes around it do not clip.
 * @param {Element} field
 * @param {Element} home the modal dialog, or else the root element. A field outside cannot be reached
 * @returns {Box | null} null: no part of the field is visible
 */
export function seenBox(field, home) {
  let { left, top, right, bottom } = rectOf(field);
  let { position } = getComputedStyle(field);
  let atHome = home === document.documentElement;
  for (let at = parentAsDrawn(field); at && at !== document.documentElement; at = parentAsDrawn(at)) {
    atHome ||= at === home;
    const style = getComputedStyle(at);
    const holds = style.transform !== 'none';
    // An absolutely positioned element is not clipped by boxes inside its containing block.
    if (style.display === 'contents' || position === 'fixed' && !holds) continue;
    if (position === 'absolute' && style.position === 'static' && !holds) continue;
    position = style.position;
    // The overflow of the body applies to the window, so the body does not clip.
    if (at === document.body) continue;
    const frame = style.overflowX === 'visible' && style.overflowY === 'visible' ? null : rectOf(at);
    if (frame && style.overflowX !== 'visible') {
      left = Math.max(left, frame.left);
      right = Math.min(right, frame.right);
    }
    if (frame && style.overflowY !== 'visible') {
      top = Math.max(top, frame.top);
      bottom = Math.min(bottom, frame.bottom);
    }
  }
  return atHome && right > left && bottom > top ? { left, top, right, bottom } : null;
}
