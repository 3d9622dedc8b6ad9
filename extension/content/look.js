// Looks which of the possible payment forms can be seen now, and reports those that come and go.

import { covered_ms, lookAt } from '../detect/groups.js';

/**
 * @typedef {import('../detect/groups.js').Group} Group
 * @typedef {import('./watcher.js').Listener} Listener
 */

/** Between two looks that are not made by a frame of animation. */
const look_gap_ms = 16;

/**
 * @param {Group[]} possible
 * @param {Set<Group>} reported those that were seen at the last look
 * @param {ReturnType<Listener['rules']>} rules
 * @returns {Map<Group, string>} those that are seen now, and why
 */
function seenOf(possible, reported, rules) {
  /** @type {Map<Group, string>} */
  const seen = new Map();
  for (const group of possible) {
    const reason = lookAt(group, reported.has(group), (field) => rules?.ignores(field) === true);
    if (reason !== null) seen.set(group, reason);
  }
  rules?.sift(seen);
  return seen;
}

/**
 * @param {ReturnType<typeof import('../detect/groups.js').createGroups>} groups
 * @param {Listener} on
 * @param {() => void} again asks for a look in the next frame of animation
 * @param {(fields: Element[]) => void} observe the fields of which a change must be noticed from now on
 */
export function createLook(groups, on, again, observe) {
  /** @type {Set<Group>} */
  let reported = new Set();
  let lookedAt = -Infinity;
  /** Whether a form is behind something else, which any change may take away. */
  let covered = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let uncovering;

  /** @param {Map<Group, string>} seen @param {Group[]} possible */
  function report(seen, possible) {
    // Gone first: the form that comes can then take the place of the one that went.
    for (const group of reported) {
      if (seen.has(group)) continue;
      on.gone(group, on.rules()?.why(group) ?? (possible.includes(group) ? 'hidden' : 'removed'));
    }
    for (const [group, reason] of seen) on.seen(group, reason);
    reported = new Set(seen.keys());
    on.looked(possible);
  }

  function look() {
    groups.prune();
    const possible = groups.possible();
    if (possible.length > 0) lookedAt = performance.now();
    const seen = seenOf(possible, reported, on.rules());
    report(seen, possible);
    covered = possible.some(({ coveredAt }) => coveredAt !== null);
    clearTimeout(uncovering);
    if (covered) uncovering = setTimeout(again, covered_ms);
    observe([...possible, ...seen.keys()].flatMap((group) => [...group.fields.keys()]));
    on.changed();
  }

  /** At once, unless that was done a moment ago: a mute waits for it. */
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
