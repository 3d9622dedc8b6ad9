// The administrator's rules as a page needs them: only those that can hold at its origin, with texts in lower
// case.

import { matches } from './match-pattern.js';

/**
 * @typedef {import('./protocol.js').Condition} Condition
 * @typedef {import('./protocol.js').Rule} Rule
 */

/** The results of a payment that a rule can recognise while the page stays open. */
export const OUTCOMES = Object.freeze(['approved', 'declined']);

/** The pattern with "/*" as its path, because the path of a page may change. @param {string} pattern */
const anywhereOf = (pattern) => pattern.replace(/^([^/]*\/\/[^/]*)\/.*$/s, '$1/*');

/** @param {Condition} condition @returns {Condition} */
const conditionFor = ({ selector, text, url }) => ({
  ...(selector !== undefined && { selector }),
  ...(text !== undefined && { text: text.toLowerCase().replace(/\s+/g, ' ').trim() }),
  ...(url !== undefined && { url }),
});

/**
 * @param {readonly Rule[]} rules
 * @param {string|undefined} origin of the page
 * @returns {Rule[]}
 */
export function rulesFor(rules, origin) {
  const address = `${origin}/`;
  return rules
    .filter(({ match }) => match.some((pattern) => matches(anywhereOf(pattern), address)))
    .map(({ name, match, open, close, approved, declined, ignore_all, ignore }) => ({
      name, match, open: open.map(conditionFor), close: close.map(conditionFor),
      approved: approved.map(conditionFor), declined: declined.map(conditionFor), ignore_all, ignore,
    }));
}
