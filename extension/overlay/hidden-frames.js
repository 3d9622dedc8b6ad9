// Reports to the background which payment providers' frames this page hides. The script inside such a frame
// cannot notice that, because it has no access to a page of another origin around it.

/** @typedef {import('../content/groups.js').Group} Group */

/**
 * @param {(hosts: string[]) => void} report called with the host name of each hidden frame, except names of
 *   which this page also shows a frame
 */
export function createHiddenFrames(report) {
  let told = '';

  return {
    /** To be called after each look at the page. @param {Group[]} groups */
    looked(groups) {
      /** @type {Map<Element, string>} */
      const hidden = new Map();
      /** @type {Set<string>} */
      const seen = new Set();
      for (const { fields, shown } of groups) {
        for (const [field, { host }] of fields) {
          if (!host) continue;
          if (shown.includes(field)) seen.add(host);
          else hidden.set(field, host);
        }
      }
      const hosts = [...hidden.values()].filter((host) => !seen.has(host));
      if (told === hosts.join()) return;
      told = hosts.join();
      report(hosts);
    },
    /** To be called when there is a new background: the next look reports again. */
    forget() {
      told = '';
    },
  };
}
