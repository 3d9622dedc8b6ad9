// Makes the popup's snapshot from the background's parts.

/**
 * @param {{model: import('../../common/view.js').Model,
 *   status: import('../../common/protocol.js').HostStatus|null,
 *   port: import('../host/native-port.js').NativePort,
 *   surfaces: import('../host/declared-surfaces.js').Surfaces,
 *   override: import('../host/override.js').Override,
 *   sites: import('../policy/sites.js').Sites, mayGoOn: boolean, version: string,
 *   correctable: import('../../common/popup-messages.js').Correctable|null}} parts
 * @returns {import('../../common/popup-messages.js').Snapshot}
 */
export const snapshotOf = ({
  model, status, port, surfaces, override, sites, mayGoOn, version, correctable,
}) => ({
  type: 'snapshot',
  model,
  status,
  connection: port.state,
  surfaces: Math.max(surfaces.count, status?.surfaces ?? 0),
  muteByHand: override.muteByHand,
  hiddenSites: sites.hidden,
  mayRecordOverForm: sites.policy?.allow_record_override === true,
  mayGoOn,
  hostVersion: port.hostVersion,
  extensionVersion: version,
  correctable,
});
