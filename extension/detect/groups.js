// The fields of this document that may belong to a payment form, grouped by form. Used by watcher.js.
// A group is a form, in or out of shadow roots, or the document for the fields that stand in none.

import { isCovered } from './covered.js';
import { evidenceOf, judge } from './detect.js';
import { formAround, parentAsDrawn } from './shadow.js';
import { isVisible } from './visible.js';

/** @typedef {import('./detect.js').Evidence} Evidence */

/**
 * @typedef {object} Group
 * @property {Node} owner the form or the document
 * @property {Map<Element, Evidence>} fields
 * @property {Element[]} shown the fields that were visible at the last look
 * @property {number | null} coveredAt since when some of its fields are behind something else
 */

/**
 * A form has a handful of card fields. Beyond this a page has a table of them, or is playing tricks: more are
 * not looked at. Sure evidence has bounds of its own, so that no amount of weak evidence keeps it out.
 */
const most_weak = 256;
const most_sure = 512;

/** @param {boolean} sure */
const most = (sure) => sure ? most_sure : most_weak;

/** @param {Group} group */
const isSure = ({ fields }) => [...fields.values()].some(({ sure }) => sure);

/**
 * Whether a group has room for a piece of evidence. Each kind has its own, so that none
 * keeps another out.
 * @param {Group} group
 * @param {Evidence} evidence
 */
function hasRoom({ fields }, evidence) {
  const alike = [...fields.values()]
    .filter(({ kind, sure }) => kind === evidence.kind && sure === evidence.sure);
  return alike.length < most(evidence.sure);
}

export function createGroups() {
  /** @type {Map<Node, Group>} */
  const groups = new Map();
  /** @type {Map<Element, Group>} */
  const groupOf = new Map();
  /** @type {Group[] | null} */
  let candidates = null;
  /** The fields of possible groups and all that is around them: as it was when they were last asked for. */
  /** @type {Set<Node>} */
  let lineage = new Set();

  function changed() {
    candidates = null;
    return true;
  }

  /** @param {Element} element @param {Group} group */
  function drop(element, group) {
    group.fields.delete(element);
    groupOf.delete(element);
    if (group.fields.size === 0) groups.delete(group.owner);
    return changed();
  }

  /** @returns {Group[]} the groups that are a payment form if their fields are seen */
  function possible() {
    if (candidates) return candidates;
    const all = [...groups.values()].filter((group) => judge(group.fields.values()) !== null);
    candidates = [true, false].flatMap((sure) =>
      all.filter((group) => isSure(group) === sure).slice(0, most(sure)));
    lineage = new Set();
    for (const field of candidates.flatMap((group) => [...group.fields.keys()])) {
      /** @type {Element | null} */
      let at = field;
      for (; at && !lineage.has(at); at = parentAsDrawn(at)) lineage.add(at);
    }
    return candidates;
  }

  return {
    possible,
    lineage: () => /** @type {Set<Element>} */ (lineage),

    /**
     * Looks at an element's attributes, and puts it into its group or takes it out.
     * @param {Element} element
     * @returns {boolean} whether something changed that may make or break a payment form
     */
    consider(element) {
      const evidence = element.isConnected ? evidenceOf(element) : null;
      const before = groupOf.get(element);
      if (!evidence) return before !== undefined && drop(element, before);
      const owner = formAround(element) ?? document;
      if (before && before.owner !== owner) drop(element, before);
      const group = groups.get(owner) ?? { owner, fields: new Map(), shown: [], coveredAt: null };
      if (!group.fields.has(element) && !hasRoom(group, evidence)) return false;
      groups.set(owner, group);
      groupOf.set(element, group);
      group.fields.set(element, evidence);
      return changed();
    },

    /** Forgets the fields that have left the document. */
    prune() {
      for (const [element, group] of groupOf) {
        if (!element.isConnected) drop(element, group);
      }
    },

    /**
     * Whether a change at this node can show, hide or remove a field: it is one, or was around one.
     * @param {Node} node
     */
    touches: (node) => lineage.has(node),
  };
}

/**
 * How long an open form may be covered, as by a sign that the page is busy, before it counts as put away: in
 * the midst of a card's number the recording must not go on.
 */
export const covered_ms = 5000;

/**
 * Looks which of a group's fields can be seen.
 * @param {Group} group
 * @param {boolean} isOpen whether it could be at the last look
 * @param {ReturnType<import('./rules-main.js').make> | null} rules which may want some of them left out
 * @returns {string | null} why the visible ones are a payment form
 */
export function lookAt(group, isOpen, rules) {
  const now = performance.now();
  const drawn = [...group.fields].filter(([field]) => !rules?.ignores(field) && isVisible(field, isOpen));
  const uncovered = drawn.filter(([field]) => !isCovered(field));
  group.coveredAt = uncovered.length === drawn.length ? null : group.coveredAt ?? now;
  const isSpared = isOpen && group.coveredAt !== null && now - group.coveredAt < covered_ms;
  const seen = isSpared ? drawn : uncovered;
  group.shown = seen.map(([field]) => field);
  return judge(seen.map(([, evidence]) => evidence));
}
