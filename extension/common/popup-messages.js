// What popup and background send to each other: each message with its fields, and their two readers.

import { OVERRIDES, readProblem, readStatus } from './protocol.js';
import { amountOf, isRecord, readerOf, textOf, textOrNull, textsOf } from './reading.js';
import { VIEWS } from './view.js';

export const POPUP_PORT = 'popup';

/**
 * @typedef {import('./protocol.js').Problem} Problem
 * @typedef {{type: 'override', mode: typeof OVERRIDES[number]}} Override mute or record by hand, or automatic
 * @typedef {{type: 'continue'}} Continue card fields need not wait, although the call is not muted
 * @typedef {{type: 'retry'}} Retry connect to the host now
 * @typedef {Override | Continue | Retry} PopupRequest
 *
 * @typedef {{type: 'snapshot', model: import('./view.js').Model,
 *   status: import('./protocol.js').HostStatus | null, connection: import('./view.js').ConnectionState,
 *   surfaces: number, muteByHand: boolean, hiddenSites: string[], mayRecordOverForm: boolean,
 *   mayGoOn: boolean, hostVersion: string | null, extensionVersion: string}} Snapshot
 *   surfaces: open forms, of this browser or as the host counts them, whichever are more. muteByHand: the
 *   agent muted by hand in this browser; the host may not know of it. mayGoOn: card fields have waited in
 *   vain, and the agent may continue without the mute
 * @typedef {{type: 'answer', problem: Problem | null}} Answer to an override; null: it was accepted
 * @typedef {Snapshot | Answer} PopupMessage
 */

const CONNECTIONS = ['idle', 'connecting', 'handshaking', 'ready', 'waiting', 'missing', 'outdated'];

/** @type {(raw: unknown) => PopupRequest | null} null: not a known request */
export const readPopupRequest = /* @__PURE__ */ readerOf({
  override: ({ mode }) => OVERRIDES.includes(mode) ? { mode } : null,
  continue: () => ({}),
  retry: () => ({}),
});

/** @param {unknown} it @returns {boolean} */
const isModel = (it) => isRecord(it) && VIEWS.includes(it.view) && isRecord(it.words)
  && Array.isArray(it.problems) && Array.isArray(it.notices);

/** @type {(raw: unknown) => PopupMessage | null} null: not a known message */
export const readPopupMessage = /* @__PURE__ */ readerOf({
  snapshot: (raw) => isModel(raw.model) && CONNECTIONS.includes(raw.connection) ? {
    model: raw.model, status: readStatus(raw.status), connection: raw.connection,
    surfaces: amountOf(raw.surfaces), muteByHand: raw.muteByHand === true,
    hiddenSites: textsOf(raw.hiddenSites), mayRecordOverForm: raw.mayRecordOverForm === true,
    mayGoOn: raw.mayGoOn === true, hostVersion: textOrNull(raw.hostVersion),
    extensionVersion: textOf(raw.extensionVersion),
  } : null,
  answer: ({ problem }) => ({ problem: readProblem(problem) }),
});
