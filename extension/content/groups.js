// The fields of this document that may belong to a payment form, grouped by form element, also across shadow
// roots. All fields outside of forms make up one group, whose owner is the document.

import { isCovered, isSeen } from '../dom/covered.js';
import { guarded } from '../dom/guarded.js';
import { formAround, parentAsDrawn } from '../dom/shadow.js';
import { isVisible } from '../dom/visible.js';

/** @typedef {import('../detect/evidence.js').Evidence} Evidence */
/** @typedef {ReturnType<typeof import('./detector-loader.js').createDetector>} Detector */
/** @typedef {ReturnType<typeof import('./joined-fields.js').createJoinedFields>} JoinedFields */
/** @typedef {Pick<JoinedFields, 'elsewhere' | 'joinable'>} Joined */

/**
 * @typedef {object} Group
 * @property {Node} owner the form or the document
 * @property {Map<Element, Evidence>} fields
 * @property {Element[]} shown the fields that were visible at the last look
 * @property {Element[]} asked the fields that were visible when the group was last a payment form
 * @property {Set<Element>} steps the fields that a form of several steps shows now, after its card number
 * @property {number | null} coveredAt since when some of the fields have been covered; null: none is covered
 */

/**
 * The groups that may be payment forms. They are computed at most once after each change.
 * @param {Map<Node, Group>} groups
 * @param {Detector} detector
 * @param {Joined} joined
 */
function createCandidates(groups, detector, joined) {
  /** @type {Group[] | null} */
  let candidates = null;
  /** @type {Set<Node>} the fields of the candidates, and all ancestors of these fields */
  let lineage = new Set();

  /** @returns {Group[]} the groups that would be a payment form if all their fields were visible */
  function possible() {
    if (candidates) return candidates;
    const judge = detector.here()?.judge;
    candidates = [...groups.values()]
      .filter((group) => group.steps.size > 0
        || judge?.([...group.fields.values(), ...joined.elsewhere()]) !== null);
    lineage = new Set();
    for (const field of candidates.flatMap((group) => [...group.fields.keys()])) {
      guarded(() => {
        /** @type {Element | null} */
        let at = field;
        for (; at && !lineage.has(at); at = parentAsDrawn(at)) lineage.add(at);
      });
    }
    return candidates;
  }

  return {
    possible,
    lineage: () => lineage,
    changed() {
      candidates = null;
      return true;
    },
  };
}

/** @param {Node} owner @returns {Group} without fields */
export const newGroup = (owner) =>
  ({ owner, fields: new Map(), shown: [], asked: [], steps: new Set(), coveredAt: null });

/**
 * @param {Detector} detector
 * @param {Joined} joined
 * @returns {import('./detector-loader.js').Judging['judgeSeen']} a judge that also counts the fields of other
 *   frames
 */
const createJudge = (detector, joined) => (seen, owner) => {
  const here = detector.here();
  const reason = here?.judgeSeen(seen, owner) ?? null;
  const elsewhere = joined.elsewhere();
  if (reason !== null || elsewhere.length === 0) return reason;
  const own = joined.joinable(seen).map(([, evidence]) => evidence);
  return own.length > 0 ? here?.judge([...own, ...elsewhere]) ?? null : null;
};

/** @param {Detector} detector @param {Joined} joined */
export function createGroups(detector, joined) {
  /** @type {Map<Node, Group>} */
  const groups = new Map();
  const groupOf = /** @type {Map<Element, Group>} */ (new Map());
  const { possible, lineage, changed } = createCandidates(groups, detector, joined);

  /** @param {Element} element @param {Group} group */
  function drop(element, group) {
    group.fields.delete(element);
    groupOf.delete(element);
    if (group.fields.size === 0) groups.delete(group.owner);
    return changed();
  }

  /**
   * Examines an element. Adds it to its group if it may be a card field, otherwise removes it from the group.
   * @param {Element} element
   * @param {import('../detect/batch.js').Batch} [batch] see evidenceOf
   * @returns {boolean} whether the change may create or end a payment form
   */
  function consider(element, batch) {
    if (!detector.here()) detector.keep(element);
    const evidence = element.isConnected ? detector.here()?.evidenceOf(element, batch) : null;
    const before = groupOf.get(element);
    if (!evidence) return before !== undefined && drop(element, before);
    const owner = formAround(element) ?? document;
    if (before && before.owner !== owner) drop(element, before);
    const group = groups.get(owner) ?? newGroup(owner);
    groups.set(owner, group);
    groupOf.set(element, group);
    group.fields.set(element, evidence);
    return changed();
  }

  return {
    possible,
    judgeSeen: createJudge(detector, joined),
    /** @returns {[Element, Evidence][]} all fields, including those that are in no candidate */
    fields: () => [...groups.values()].flatMap(({ fields }) => [...fields]),
    lineage: () => /** @type {Set<Element>} */ (lineage()),
    /** @param {Element[]} elements @param {Parameters<typeof consider>[1]} [batch] */
    considerAll: (elements, batch = new Map()) =>
      elements.map((it) => guarded(() => consider(it, batch))).some(Boolean),
    at: (/** @type {Node} */ owner) => groups.get(owner),
    has: (/** @type {Element} */ element) => groupOf.has(element),
    changed,

    /** Forgets the fields that have left the document. */
    prune() {
      for (const [element, group] of groupOf) if (!element.isConnected) drop(element, group);
    },

    /**
     * Whether a change at this node can show, hide or remove a field of a candidate: the node is such a field
     * or its ancestor.
     * @param {Node} node
     */
    touches: (node) => lineage().has(node),
  };
}

/**
 * How long an open form may be covered, for example by a busy indicator, before it counts as closed. If it
 * were closed at once, the call would be unmuted in the middle of a card number.
 */
export const covered_ms = 5000;

/**
 * At most this many visible fields of each kind are examined in one group: `most_weak`, or `most_sure` of
 * those with sure evidence. A real form has a handful of card fields; a page with hundreds has a table of
 * them or wants to slow us down. In a group with more, covers and distances do not count, because the fields
 * that a person uses may not be among the examined ones. Hidden fields are not limited, as any of them may be
 * shown.
 */
export const most_weak = 256;
export const most_sure = 512;

/**
 * Determines which fields of a group a person can see, and stores them in the group.
 * @param {Group} group
 * @param {boolean} isOpen whether the group was a visible payment form at the last look
 * @param {(field: Element) => boolean} ignores whether a rule excludes a field
 * @param {import('./detector-loader.js').Judging['judgeSeen']} judge
 * @returns {string | null} why the visible fields are a payment form; null: they are none
 */
export function lookAt(group, isOpen, ignores, judge) {
  const now = performance.now();
  /** @type {Record<string, number>} how many fields of each kind are visible */
  const count = {};
  let isCrowded = false;
  const counts = new Map();
  // A field whose examination throws counts as visible.
  const drawn = [...group.fields].filter(([field, { kind, sure }]) => guarded(() => {
    if (ignores(field)) return false;
    const before = count[kind + sure] ?? 0;
    if (before === (sure ? most_sure : most_weak)) isCrowded = true;
    else if (isVisible(field, isOpen, counts)) count[kind + sure] = before + 1;
    return count[kind + sure] > before;
  }) ?? true);
  const uncovered = isCrowded ? drawn : drawn.filter(([field]) => !guarded(() => isCovered(field, isOpen)));
  group.coveredAt = uncovered.length === drawn.length ? null : group.coveredAt ?? now;
  const isSpared = isOpen && group.coveredAt !== null && now - group.coveredAt < covered_ms;
  const seen = isSpared ? drawn : uncovered;
  group.shown = seen.map(([field]) => field);
  const reason = judge(seen, isCrowded ? null : group.owner);
  if (reason !== null) group.asked = group.shown;
  return reason;
}

/** The kinds of fields that a form of several steps may show after the step with the card number. */
const STEPS = ['expiry', 'csc', 'check', 'holder', 'date'];

/**
 * Whether a group whose visible fields are no payment form any more shows the form's next step: a card field
 * that was not visible before, or that was a step at the last look. Stores these fields in the group.
 * @param {Group} group as it is now
 * @param {Group} before the group of the same owner that was a payment form at the last look
 * @param {(field: Element) => boolean} ignores whether a rule excludes a field
 */
export function isNextStep(group, before, ignores) {
  group.steps = new Set([...group.fields]
    .filter(([field, { kind }]) => STEPS.includes(kind) && !ignores(field)
      && (before.steps.has(field) || !before.asked.includes(field)) && isSeen(field, true))
    .map(([field]) => field));
  group.asked = before.asked;
  return group.steps.size > 0;
}
