// What the background tells the popup. A type only; background and popup use it.

/**
 * @typedef {{type: 'snapshot', model: import('./view.js').Model,
 *   status: import('./protocol.js').HostStatus|null, connection: import('./view.js').ConnectionState,
 *   surfaces: number, muteWished: boolean, hiddenSites: string[], mayRecordOverForm: boolean,
 *   hostVersion: string|null, extensionVersion: string}} Snapshot
 *   surfaces: open forms in this browser. muteWished: the agent muted by hand in it, which the host may not
 *   know of.
 */

export {};
