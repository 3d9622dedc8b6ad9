// Tells the background which payment providers' frames this page keeps out of sight. The script in such a
// frame cannot know it: to a document of another origin its frame looks the same. Used by main.js.

/** @typedef {import('../content/groups.js').Group} Group */

/** @param {(hosts: string[]) => void} report the hosts of all whose every card frame is hidden */
export function createHiddenFrames(report) {
  let told = '';

  return {
    /** @param {Group[]} groups looked at just now */
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
    /** The background has forgotten; it is told at the next look. */
    forget() {
      told = '';
    },
  };
}
