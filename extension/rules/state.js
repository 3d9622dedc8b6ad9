// The state of one rule or correction in this document: which of its conditions hold, and the surface that it
// has opened.

import { matches } from '../common/match-pattern.js';
import { hostAround } from '../dom/shadow.js';
import { holds } from './conditions.js';

/**
 * @typedef {import('../common/corrections.js').PageRule} Rule
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {'approved' | 'declined'} Outcome
 * @typedef {object} Change what has changed since the last look at a rule
 * @property {Outcome | null} [outcome] the new result of the payment; null: the last result no longer holds
 * @property {boolean} isFirst whether this was the first look at which the rule was in force. What holds then
 *   may have held for a while
 * @property {boolean} [closed] only for a rule without `open`: true if its `close` has begun to hold, false
 *   if it has ceased
 */

/**
 * The rule's surface, in the form of one of the detector's groups.
 * @param {Group | null} known the rule's surface at the last look, if there was one
 * @param {Element[]} elements the new elements of the surface; if empty, the surface keeps its elements
 * @returns {Group}
 */
function withElements(known, elements) {
  /** @type {Group} */
  const group = known ?? {
    owner: document.documentElement, fields: new Map(), shown: [], asked: [], steps: new Set(),
    coveredAt: null,
  };
  if (elements.length === 0) return group;
  group.owner = elements[0];
  group.shown = elements;
  group.fields = new Map(elements.map((element) => [element, { kind: 'frame', sure: true, why: '' }]));
  return group;
}

/** @param {Rule} rule */
export function createRuleState(rule) {
  /** @type {Group | null} */
  let group = null;
  let inForce = false;
  let openHolds = false;
  let closeHolds = false;
  let looked = false;
  /** @type {Outcome | null} */
  let outcome = null;

  return {
    name: rule.name,
    definition: JSON.stringify(rule), // to compare it with another rule
    correction: rule.correction, // present if the rule is an agent's correction
    hasOpen: rule.open.length > 0,
    isInForce: () => inForce,
    openHolds: () => openHolds,
    /** The payment's result that holds now; null: none. */
    outcome: () => outcome,
    surface: () => group,

    /** @param {string} address */
    route(address) {
      inForce = rule.match.some((pattern) => matches(pattern, address));
      return inForce;
    },

    /**
     * @param {(Document | ShadowRoot)[]} roots
     * @param {string} address
     * @param {(group: Group) => boolean} isEnded whether a result has ended the surface
     * @returns {Change}
     */
    look(roots, address, isEnded) {
      /** @type {Change} */
      const change = { isFirst: inForce && !looked };
      looked ||= inForce;
      const closedBefore = closeHolds;
      closeHolds = inForce && holds(rule.close, roots, address) !== null;
      const elements = inForce ? holds(rule.open, roots, address) : null;
      openHolds = elements !== null;
      // If the rule has `close`, its surface stays open until `close` holds. But once a result has ended the
      // surface, it stays only as long as `open` holds.
      const stays = inForce && group !== null && rule.close.length > 0 && !isEnded(group);
      group = closeHolds || !openHolds && !stays ? null : withElements(group, elements ?? []);
      if (rule.open.length === 0 && closeHolds !== closedBefore) change.closed = closeHolds;
      /** @param {Outcome} name */
      const is = (name) => inForce && holds(rule[name], roots, address) !== null;
      const now = is('approved') ? 'approved' : is('declined') ? 'declined' : null;
      if (now !== outcome) change.outcome = outcome = now;
      return change;
    },

    /** @param {Element} field @returns {boolean} whether the rule excludes the field */
    ignores(field) {
      if (!inForce) return false;
      return rule.ignore_all || rule.ignore.some((selector) => standsIn(field, selector));
    },
  };
}

/** @param {Element} field @param {string} selector */
function standsIn(field, selector) {
  /** @type {Element | null} */
  let at = field;
  for (; at; at = hostAround(at)) if (at.closest(selector)) return true;
  return false;
}
