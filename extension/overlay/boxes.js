// Where things are on the screen. Used by main.js, banner-place.js and covers.js.

import { isA, ownOf, parentAsDrawn } from '../content/shadow.js';

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {import('../content/groups.js').Group} Group
 */

/**
 * Everything outside an open modal dialog is inert, so what belongs to a form in one stands in there.
 * @param {Iterable<Group>} groups
 * @returns {Element}
 */
export function homeOf(groups) {
  for (const { shown } of groups) {
    /** @type {Element | null} */
    let at = shown[0] ?? null;
    for (; at; at = parentAsDrawn(at)) {
      if (isA(at, 'dialog') && at.matches(':modal')) return at;
    }
  }
  return document.documentElement;
}

/**
 * @param {Element} element
 * @param {Iterable<Group>} groups
 * @returns {boolean} whether one of the forms stands in an element
 */
export function holdsAny(element, groups) {
  for (const { shown } of groups) {
    /** @type {Element | null} */
    let at = shown[0] ?? null;
    for (; at; at = parentAsDrawn(at)) if (at === element) return true;
  }
  return false;
}

/** @param {Element} element @returns {DOMRect} */
const boxOf = (element) => ownOf(element, 'getBoundingClientRect').call(element);

/**
 * The part of a field that can be seen now: not clipped by what it is scrolled in.
 * @param {Element} field
 * @param {Element} home outside of it, nothing can be reached
 * @returns {Box | null}
 */
export function seenBox(field, home) {
  let { left, top, right, bottom } = boxOf(field);
  let { position } = getComputedStyle(field);
  let atHome = home === document.documentElement;
  for (let at = parentAsDrawn(field); at && at !== document.documentElement; at = parentAsDrawn(at)) {
    atHome ||= at === home;
    const style = getComputedStyle(at);
    const holds = style.transform !== 'none';
    // What is placed in an outer box escapes the boxes between.
    if (style.display === 'contents' || position === 'fixed' && !holds) continue;
    if (position === 'absolute' && style.position === 'static' && !holds) continue;
    position = style.position;
    // The window takes the body's overflow.
    if (at === document.body) continue;
    const frame = style.overflowX === 'visible' && style.overflowY === 'visible' ? null : boxOf(at);
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
