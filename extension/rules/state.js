// One of the administrator's rules in this document: what of it holds, and the surface that it has opened.
// Used by rules-engine.js.

import { covers, holds } from './rules-conditions.js';
import { hostAround } from './shadow.js';

/**
 * @typedef {import('../common/protocol.js').Rule} Rule
 * @typedef {import('./groups.js').Group} Group
 * @typedef {'approved' | 'declined'} Outcome
 * @typedef {object} Change what a look at a rule has found to be new
 * @property {Outcome | null} [outcome] the payment has ended like this; null: this holds no more
 * @property {boolean} isFirst it was the first look: what holds may have held before
 * @property {boolean} [closed] `close` of a rule without `open` holds, or holds no more
 */

/**
 * A surface by itself, as the eye's groups are.
 * @param {Element[]} elements
 * @returns {Group}
 */
function surfaceOf(elements) {
  /** @type {Group} */
  const group = { owner: document.documentElement, fields: new Map(), shown: [], coveredAt: null };
  keepElements(group, elements);
  return group;
}

/** @param {Group} group @param {Element[]} elements */
function keepElements(group, elements) {
  if (elements.length === 0) return;
  group.owner = elements[0];
  group.shown = elements;
  group.fields = new Map(elements.map((element) => [element, { kind: 'frame', sure: true, why: '' }]));
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

  /** @param {(Document | ShadowRoot)[]} roots @param {string} address @param {boolean} isEnded */
  function lookAtOpen(roots, address, isEnded) {
    const elements = inForce ? holds(rule.open, roots, address) : null;
    openHolds = elements !== null;
    // Once a result has ended it, the form itself has to be there for it to come back.
    const stays = inForce && group !== null && rule.close.length > 0 && !isEnded;
    if (closeHolds || !openHolds && !stays) {
      group = null;
      return;
    }
    group ??= surfaceOf(elements ?? []);
    keepElements(group, elements ?? []);
  }

  return {
    name: rule.name,
    /** All that it says. */
    definition: JSON.stringify(rule),
    hasOpen: rule.open.length > 0,
    isInForce: () => inForce,
    openHolds: () => openHolds,
    /** The result that holds now. */
    outcome: () => outcome,
    surface: () => group,

    /** @param {string} address */
    route(address) {
      inForce = rule.match.some((pattern) => covers(pattern, address));
      return inForce;
    },

    /**
     * @param {(Document | ShadowRoot)[]} roots
     * @param {string} address
     * @param {(group: Group) => boolean} isEnded by a result
     * @returns {Change}
     */
    look(roots, address, isEnded) {
      /** @type {Change} */
      const change = { isFirst: inForce && !looked };
      looked ||= inForce;
      const closedBefore = closeHolds;
      closeHolds = inForce && holds(rule.close, roots, address) !== null;
      lookAtOpen(roots, address, group !== null && isEnded(group));
      if (rule.open.length === 0 && closeHolds !== closedBefore) change.closed = closeHolds;
      /** @param {Outcome} name */
      const is = (name) => inForce && holds(rule[name], roots, address) !== null;
      const now = is('approved') ? 'approved' : is('declined') ? 'declined' : null;
      if (now !== outcome) change.outcome = outcome = now;
      return change;
    },

    /** @param {Element} field whether the eye is to leave it out */
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
