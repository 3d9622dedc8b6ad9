// Corrections: an agent says in the popup that a form is a payment form, or that it is none, because the
// detector is wrong about it. A page gets each correction as a rule, after the administrator's rules.

import { DIRECTIONS, MAX_RULE_LIST, MAX_RULE_NAME_characters, MAX_SELECTOR_characters } from './protocol.js';
import { hashOf } from './hash.js';
import { isRecord, textOf, textsOf } from './reading.js';
import { cut } from './text.js';

/** At most this many corrections are kept in a browser profile; the oldest are dropped. */
export const MAX_CORRECTIONS = 64;

/**
 * @typedef {typeof DIRECTIONS[number]} Direction
 * @typedef {{direction: Direction, origin: string, selectors: string[], shape: string}} Correction
 *   origin: of the form's frame. selectors: of its fields. shape: with "unmute", a hash of the fields' words:
 *   a form with other words is another form
 * @typedef {import('./protocol.js').Rule & {correction?: {id: string, shape: string | null}}} PageRule a rule
 *   as a page gets it. correction: absent if the rule is the administrator's. shape: null if the correction
 *   is "mute"
 */

/** @param {unknown} it @returns {Correction | null} null if it cannot be used */
export function readCorrection(it) {
  if (!isRecord(it) || !DIRECTIONS.includes(it.direction)) return null;
  const selectors = [...new Set(textsOf(it.selectors))];
  const isUsable = /^https?:/.test(textOf(it.origin)) && selectors.length > 0 &&
    selectors.length <= MAX_RULE_LIST &&
    selectors.every((one) => one !== '' && [...one].length <= MAX_SELECTOR_characters);
  return isUsable
    ? { direction: it.direction, origin: it.origin, selectors, shape: textOf(it.shape) } : null;
}

/** An ID that is the same for equal corrections. @param {Correction} correction */
export const idOf = ({ direction, origin, selectors, shape }) =>
  hashOf(JSON.stringify([direction, origin, selectors, shape]));

/**
 * @param {Direction} direction
 * @param {import('./protocol.js').Policy['agent_may_correct'] | undefined} policy undefined: not known yet
 * @returns {boolean} whether an agent may make such a correction
 */
export const isAllowed = (direction, policy) =>
  policy === 'both' || policy === 'mute' && direction === 'mute';

/** @param {Correction} correction @returns {PageRule} */
export function ruleOf(correction) {
  const { direction, origin, selectors, shape } = correction;
  const mutes = direction === 'mute';
  return {
    name: cut(`${new URL(origin).host}: ${selectors[0]}`, MAX_RULE_NAME_characters),
    match: [`${origin}/*`], open: mutes ? selectors.map((selector) => ({ selector })) : [],
    close: [], approved: [], declined: [], ignore_all: false, ignore: mutes ? [] : selectors,
    correction: { id: idOf(correction), shape: mutes ? null : shape },
  };
}
