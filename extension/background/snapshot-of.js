// What the popup is told, from the background's parts. coordinator.js uses it.

/**
 * @param {{model: import('../common/view.js').Model, status: import('../common/protocol.js').HostStatus|null,
 *   port: import('./native-port.js').NativePort, surfaces: import('./declared-surfaces.js').Surfaces,
 *   override: import('./override.js').Override, sites: import('./sites.js').Sites, version: string}} parts
 * @returns {import('../common/snapshot.js').Snapshot}
 */
export const snapshotOf = ({ model, status, port, surfaces, override, sites, version }) => ({
  type: 'snapshot',
  model,
  status,
  connection: port.state,
  surfaces: Math.max(surfaces.count, status?.surfaces ?? 0),
  muteWished: override.muteWished,
  hiddenSites: sites.hidden,
  mayRecordOverForm: sites.policy?.allow_record_override === true,
  hostVersion: port.hostVersion,
  extensionVersion: version,
});
