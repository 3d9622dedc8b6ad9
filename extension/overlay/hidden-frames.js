// Tells the background which payment providers' frames this page has hidden. The script inside such a frame
// cannot notice that, because a document has no access to a page of another origin around it.

/** @typedef {import('../content/groups.js').Group} Group */

/**
 * @param {(hosts: string[]) => void} report gets the host names of the providers whose frames are all hidden
 */
export function createHiddenFrames(report) {
  let told = '';

  return {
    /** To be called after each look at the page. @param {Group[]} groups */
    looked(groups) {
      /** @type {Map<string, boolean>} */
      const hidden = new Map();
      for (const { fields, shown } of groups) {
        for (const [field, { host }] of fields) {
          if (host) hidden.set(host, (hidden.get(host) ?? true) && !shown.includes(field));
        }
      }
      const hosts = [...hidden.keys()].filter((host) => hidden.get(host));
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
