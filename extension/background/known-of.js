// What is known, for the one model of view.js, from the background's parts. coordinator.js uses it.

/**
 * @param {{status: import('../common/protocol.js').HostStatus|null,
 *   port: import('./native-port.js').NativePort,
 *   surfaces: import('./declared-surfaces.js').Surfaces, override: import('./override.js').Override,
 *   sites: import('./sites.js').Sites}} parts
 * @returns {import('../common/view.js').Known}
 */
export const knownOf = ({ status, port, surfaces, override, sites }) => ({
  connection: port,
  status,
  surfaces: surfaces.count,
  muteWished: override.muteWished,
  asking: surfaces.asking || override.asking,
  closing: surfaces.closing,
  refusal: surfaces.refusal ?? override.refusal,
  hiddenSites: sites.hidden,
  policy: sites.policy,
});
