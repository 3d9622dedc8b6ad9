// Collects from the background's parts the facts from which common/view.js derives the model.

import { parsePattern } from '../common/match-pattern.js';

/**
 * If the browser hides the address of a blocked page, the page may be of any site, so all sites are listed.
 * @param {import('./pages/tab-guard.js').Blocked[]} blocked @param {readonly string[]} sites
 * @returns {import('../common/protocol.js').Problem[]} one for each code; its message lists the host names
 */
function problemsOf(blocked, sites) {
  const codes = [...new Set(blocked.map(({ code }) => code))];
  return codes.map((code) => {
    const hosts = blocked.filter((one) => one.code === code).flatMap(({ host }) =>
      (host === null ? sites.map((site) => parsePattern(site)?.host ?? site) : [host]));
    return { code, message: [...new Set(hosts)].join(', ') };
  });
}

/**
 * @param {{status: import('../common/protocol.js').HostStatus|null,
 *   port: import('./host/native-port.js').NativePort,
 *   surfaces: import('./host/declared-surfaces.js').Surfaces,
 *   override: import('./host/override.js').Override,
 *   sites: import('./policy/sites.js').Sites, banners: import('./pages/banner-watch.js').BannerWatch,
 *   blocked: import('./pages/tab-guard.js').Blocked[], unseenFrames: string[]}} parts
 * @returns {import('../common/view.js').Known}
 */
export const knownOf = ({ status, port, surfaces, override, sites, banners, blocked, unseenFrames }) => ({
  connection: port,
  status,
  surfaces: surfaces.count,
  muteByHand: override.muteByHand,
  asking: surfaces.asking || override.asking,
  closing: surfaces.closing,
  refusal: surfaces.refusal ?? override.refusal,
  hiddenSites: sites.hidden,
  unreadSites: sites.unread,
  overlayProblems: banners.problems,
  blocked: problemsOf(blocked, sites.all),
  unseenFrames,
  policy: sites.policy,
});
