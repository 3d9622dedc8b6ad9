// Determines which of the groups that may be payment forms are visible now. Reports those that appear or
// disappear.

import { guarded } from '../dom/guarded.js';
import { covered_ms, isNextStep, lookAt } from './groups.js';

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {import('./watcher.js').Listener} Listener
 */

/** At most this many detected forms are open at once, since one form is enough to mute the call. */
export const most_forms = 512;

/** If the last look was less than this ago, `soon` waits for the next animation frame. */
const look_gap_ms = 16;

/**
 * @typedef {object} Beside what decides about forms in addition to the fields of this frame
 * @property {ReturnType<typeof import('./joined-fields.js').createJoinedFields>} joined
 * @property {ReturnType<typeof import('./page-declaration.js').createPageDeclaration>} declaration
 * @property {Listener['rules']} rules
 * @property {Listener['awaitsRules']} awaitsRules
 */

/**
 * @param {ReturnType<typeof import('./groups.js').createGroups>} groups
 * @param {Group[]} possible
 * @param {Set<Group>} reported the groups that were visible forms at the last look
 * @param {Beside} beside
 * @returns {Map<Group, string>} the groups that are visible forms now, each with the reason
 */
function seenOf(groups, possible, reported, beside) {
  const rules = beside.rules();
  const ignores = (/** @type {Element} */ field) => rules?.ignores(field) === true;
  /** @type {Map<Group, string>} */
  const seen = new Map();
  for (const group of possible) {
    const isOpen = reported.has(group);
    // A group whose examination throws stays open or closed as it was.
    const reason = guarded(() => lookAt(group, isOpen, ignores, groups.judgeSeen) ?? '')
      ?? (isOpen ? 'open' : '');
    const mayOpen = isOpen || !beside.awaitsRules();
    if (reason && mayOpen && seen.size < most_forms) seen.set(group, reason);
  }
  for (const before of reported) {
    const group = groups.at(before.owner);
    if (!group || seen.has(group)) continue;
    if (guarded(() => isNextStep(group, before, ignores)) ?? true) seen.set(group, 'next step');
    groups.changed();
  }
  beside.declaration.addTo(seen);
  guarded(() => rules?.sift(seen));
  return seen;
}

/**
 * @param {Group[]} groups
 * @returns {number} milliseconds until the next look at covered groups
 */
function nextCoveredLook_ms(groups) {
  const now = performance.now();
  const left = groups.map(({ coveredAt }) => coveredAt === null ? 0 : coveredAt + covered_ms - now);
  // A group that has been covered for longer may be uncovered without an event, so the page is looked at
  // at least every covered_ms.
  return Math.min(covered_ms, ...left.filter((it_ms) => it_ms > 0));
}

/**
 * @param {ReturnType<typeof import('./groups.js').createGroups>} groups
 * @param {Beside} beside
 * @param {Listener} on
 * @param {() => void} again asks for a look in the next animation frame
 * @param {(fields: Element[]) => void} observe called with the fields to observe from now on
 */
export function createLook(groups, beside, on, again, observe) {
  /** @type {Set<Group>} */
  let reported = new Set();
  let lookedAt = -Infinity;
  /** Whether a field of a candidate is covered. If so, any change in the page may uncover it. */
  let covered = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let uncovering;

  /** @param {Map<Group, string>} seen @param {Group[]} possible */
  function report(seen, possible) {
    // The forms that have gone are reported first, so that a new form can take over a surface of theirs.
    for (const group of reported) {
      if (seen.has(group)) continue;
      on.gone(group, beside.rules()?.why(group) ?? (possible.includes(group) ? 'hidden' : 'removed'));
    }
    // Stored first: if a listener throws, the form is open nevertheless, and its end must be reported.
    reported = new Set(seen.keys());
    for (const [group, reason] of seen) guarded(() => on.seen(group, reason));
    guarded(() => on.looked(possible));
  }

  function look() {
    groups.prune();
    const possible = groups.possible();
    if (possible.length > 0) lookedAt = performance.now();
    const seen = seenOf(groups, possible, reported, beside);
    report(seen, possible);
    beside.joined.looked(groups.fields(), seen.size > 0);
    covered = possible.some(({ coveredAt }) => coveredAt !== null);
    clearTimeout(uncovering);
    if (covered) uncovering = setTimeout(again, nextCoveredLook_ms(possible));
    observe([...possible, ...seen.keys()].flatMap((group) => [...group.fields.keys()]));
    on.changed();
  }

  /** Looks at once, because a mute may wait for it; soon after another look, in the next animation frame. */
  function soon() {
    if (performance.now() - lookedAt >= look_gap_ms) look();
    else again();
  }

  const isAnyUnseen = () => groups.possible().some((group) => !reported.has(group));

  return {
    look,
    soon,
    /** @param {import('./mutation-reader.js').Found} found */
    after({ fields, touched, styles }) {
      if (styles) again();
      if (fields || touched && isAnyUnseen()) soon();
      else if (touched || covered) again();
      on.changed();
    },
    stop: () => clearTimeout(uncovering),
  };
}
