// Whether a condition of the administrator's holds in this frame now, and what it holds of.
// Used by rules-engine.js.

import { HOST_MARK } from '../common/marks.js';
import { showsText } from './rules-text.js';
import { allIn } from './shadow.js';
import { isVisible } from './visible.js';

/**
 * @typedef {import('../common/protocol.js').Condition} Condition
 * @typedef {import('../common/protocol.js').Rule} Rule
 */

/** Of what a selector finds in the whole page no more is looked at. A form is one element, or a few. */
const elements_per_selector = 50;

/** @type {Map<string, RegExp>} compiled once */
const patterns = new Map();

/** @param {string} source @param {string} address */
export function covers(source, address) {
  const pattern = patterns.get(source) ?? new RegExp(source, 's');
  patterns.set(source, pattern);
  return pattern.test(address);
}

/** @param {Rule} rule @returns {boolean} whether the browser takes all of its selectors */
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
 * @returns {Element[] | null} null: it does not hold
 */
function found({ selector, text, url }, roots, address) {
  if (url !== undefined && !covers(url, address)) return null;
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
 * @param {Condition[]} list of which any one has to hold
 * @param {(Document | ShadowRoot)[]} roots
 * @param {string} address
 * @returns {Element[] | null} the elements that those which hold have found; null: none holds
 */
export function holds(list, roots, address) {
  const all = list.map((condition) => found(condition, roots, address))
    .filter((elements) => elements !== null);
  return all.length > 0 ? [...new Set(all.flat())] : null;
}
