// Determines whether a condition of the administrator's rules holds in this frame now, and for which
// elements.

import { HOST_MARK } from '../common/marks.js';
import { matches } from '../common/match-pattern.js';
import { showsText } from './text.js';
import { allIn } from '../dom/shadow.js';
import { isVisible } from '../dom/visible.js';

/**
 * @typedef {import('../common/protocol.js').Condition} Condition
 * @typedef {import('../common/protocol.js').Rule} Rule
 */

/** At most this many of a selector's elements are examined, since a form is one element or a few. */
const elements_per_selector = 50;

/** @param {Rule} rule @returns {boolean} whether the browser accepts all selectors of the rule */
export function isValid({ open, close, approved, declined, ignore }) {
  const conditions = [...open, ...close, ...approved, ...declined];
  const nowhere = document.createDocumentFragment();
  try {
    for (const selector of [...conditions.map((condition) => condition.selector), ...ignore]) {
      if (selector !== undefined) nowhere.querySelector(selector);
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Condition} condition
 * @param {(Document | ShadowRoot)[]} roots
 * @param {string} address
 * @returns {Element[] | null} null: the condition does not hold. Otherwise the visible elements that its
 *   selector finds; empty if it has no selector
 */
function found({ selector, text, url }, roots, address) {
  if (url !== undefined && !matches(url, address)) return null;
  if (selector === undefined) return [];
  const elements = [];
  let left = elements_per_selector;
  for (const root of roots) {
    const list = allIn(root, selector);
    for (let at = 0; at < list.length && left > 0; at += 1, left -= 1) {
      const element = list[at];
      if (element.hasAttribute(HOST_MARK) || !isVisible(element)) continue;
      if (text === undefined || showsText(element, text)) elements.push(element);
    }
  }
  return elements.length > 0 ? elements : null;
}

/**
 * @param {Condition[]} list conditions of which at least one must hold
 * @param {(Document | ShadowRoot)[]} roots
 * @param {string} address
 * @returns {Element[] | null} null: no condition holds. Otherwise the elements of all conditions that hold;
 *   empty if these have no selector
 */
export function holds(list, roots, address) {
  const all = list.map((condition) => found(condition, roots, address))
    .filter((elements) => elements !== null);
  return all.length > 0 ? [...new Set(all.flat())] : null;
}
