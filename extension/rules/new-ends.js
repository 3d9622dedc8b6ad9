// Keeps the ends (see ended.js) that take effect at the next look, and decides which surfaces each of them
// ends.

/**
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {import('./ended.js').End & {detectedOnly: boolean, isFirst?: boolean}} NewEnd an end of open
 *   surfaces. `detectedOnly`: it ends only surfaces that the detector has found. `isFirst`: it ends only
 *   surfaces that were already open at the previous look, because the result may be older than the form
 */

/** @param {ReturnType<typeof import('./ended.js').createEnded>} ended */
export function createNewEnds(ended) {
  /** @type {NewEnd[]} */
  let waiting = [];
  /** @type {Set<Group>} the surfaces that were open at the previous look */
  let before = new Set();

  return {
    /** @param {NewEnd} end */
    add: (end) => { waiting.push(end); },

    /**
     * @param {Group[]} detected the surfaces that the detector has found
     * @param {Map<Group, string>} seen the detected surfaces and those that rules have opened
     */
    apply(detected, seen) {
      for (const end of waiting) {
        const open = end.detectedOnly ? detected : [...seen.keys()];
        ended.add(end.isFirst ? open.filter((group) => before.has(group)) : open, end);
      }
      waiting = [];
      before = new Set(seen.keys());
    },
  };
}
