// Finds the sites for which a person or an administrator has withdrawn the extension's permission. They are
// returned as patterns without a port, because permissions have none.

import { parsePattern, withoutPort } from '../../common/match-pattern.js';

/** @typedef {typeof import('../../common/api.js').api} Api */

/** @param {Api} api @param {readonly string[]} sites @returns {Promise<string[]>} */
export async function hiddenSites(api, sites) {
  const hidden = [];
  for (const site of sites) {
    if (parsePattern(site) === null) continue;
    const pattern = withoutPort(site);
    const granted = await api.permissions.contains({ origins: [pattern] }).catch(() => false);
    if (!granted) hidden.push(pattern);
  }
  return hidden;
}
