// What popup and background send to each other: each message with its fields, and their two readers.

import { DIRECTIONS, OVERRIDES, readProblem, readStatus } from './protocol.js';
import { amountOf, isRecord, readerOf, textOf, textOrNull, textsOf } from './reading.js';
import { VIEWS } from './view.js';

export const POPUP_PORT = 'popup';

/** The keyboard command that mutes by hand, as the manifest names it. */
export const MUTE_COMMAND = 'mute-now';

/**
 * @typedef {import('./protocol.js').Problem} Problem
 * @typedef {import('./corrections.js').Direction} Direction
 * @typedef {{type: 'override', mode: typeof OVERRIDES[number]}} Override mute by hand, record by hand, or
 *   return to automatic
 * @typedef {{type: 'continue'}} Continue the card fields need not wait for the mute any longer
 * @typedef {{type: 'retry'}} Retry connect to the host now
 * @typedef {{type: 'tab', tab: number}} Tab the tab over which the popup is open
 * @typedef {{type: 'correct', direction: Direction}} Correct the agent says that a form in that tab is a
 *   payment form, or that it is none
 * @typedef {{type: 'take_back', direction: Direction}} TakeBack ends the corrections that decide about a
 *   visible form in that tab
 * @typedef {{type: 'why'}} Why asks which words decided about the forms in that tab
 * @typedef {{type: 'set_extension', extension: string}} SetExtension the telephone extension that the agent
 *   has given
 * @typedef {Override | SetExtension | Continue | Retry | Tab | Correct | TakeBack | Why} PopupRequest
 *
 * @typedef {{site: string, may: Direction[], said: Direction[], isPointing: boolean, isNameless: boolean}}
 *   Correctable site: the host name of the tab's page. may: what the agent may say now. said: the directions
 *   of the corrections that decide about a visible form. isPointing: the agent is to click the field on the
 *   page. isNameless: the agent has called a form no payment form, but no selectors can describe it
 * @typedef {{type: 'snapshot', model: import('./view.js').Model,
 *   status: import('./protocol.js').HostStatus | null, connection: import('./view.js').ConnectionState,
 *   surfaces: number, muteByHand: boolean, hiddenSites: string[], mayRecordOverForm: boolean,
 *   mayGoOn: boolean, hostVersion: string | null, extensionVersion: string,
 *   correctable: Correctable | null}} Snapshot
 *   surfaces: the number of open forms in this browser or, if that is more, as the host counts them.
 *   muteByHand: the agent muted by hand in this browser; the host may not know of it. mayGoOn: the agent may
 *   continue without the mute, because card fields have waited too long. correctable: null if the popup's tab
 *   shows no watched page or is not known yet
 * @typedef {{type: 'answer', problem: Problem | null}} Answer to `override` or `set_extension`; null:
 *   accepted
 * @typedef {{origin: string, reasons: string[], lines: string[]}} WhyFrame reasons: for each open form, why
 *   it counts as a payment form. lines: what the detector says about the frame's fields
 * @typedef {{type: 'because', frames: WhyFrame[]}} Because the answer to a "why"
 * @typedef {Snapshot | Answer | Because} PopupMessage
 */

const CONNECTIONS = ['idle', 'connecting', 'handshaking', 'ready', 'waiting', 'missing', 'outdated'];

/** @param {Record<string, any>} raw @returns {{direction: Direction} | null} */
const directionOf = ({ direction }) => DIRECTIONS.includes(direction) ? { direction } : null;

/** @type {(raw: unknown) => PopupRequest | null} null: not a known request */
export const readPopupRequest = /* @__PURE__ */ readerOf({
  override: ({ mode }) => OVERRIDES.includes(mode) ? { mode } : null,
  set_extension: ({ extension }) => textOf(extension) === '' ? null : { extension },
  continue: () => ({}),
  retry: () => ({}),
  tab: ({ tab }) => Number.isSafeInteger(tab) ? { tab } : null,
  correct: directionOf,
  take_back: directionOf,
  why: () => ({}),
});

/** @param {unknown} it @returns {boolean} */
const isModel = (it) => isRecord(it) && VIEWS.includes(it.view) && isRecord(it.words)
  && Array.isArray(it.problems) && Array.isArray(it.notices);

/** @param {unknown} it @returns {Direction[]} */
const directionsOf = (it) => DIRECTIONS.filter((one) => Array.isArray(it) && it.includes(one));

/** @param {unknown} it @returns {Correctable | null} */
const correctableOf = (it) => isRecord(it) ? {
  site: textOf(it.site), may: directionsOf(it.may), said: directionsOf(it.said),
  isPointing: it.isPointing === true, isNameless: it.isNameless === true,
} : null;

/** @type {(raw: unknown) => PopupMessage | null} null: its type or its fields are not valid */
export const readPopupMessage = /* @__PURE__ */ readerOf({
  snapshot: (raw) => isModel(raw.model) && CONNECTIONS.includes(raw.connection) ? {
    model: raw.model, status: readStatus(raw.status), connection: raw.connection,
    surfaces: amountOf(raw.surfaces), muteByHand: raw.muteByHand === true,
    hiddenSites: textsOf(raw.hiddenSites), mayRecordOverForm: raw.mayRecordOverForm === true,
    mayGoOn: raw.mayGoOn === true, hostVersion: textOrNull(raw.hostVersion),
    extensionVersion: textOf(raw.extensionVersion), correctable: correctableOf(raw.correctable),
  } : null,
  answer: ({ problem }) => ({ problem: readProblem(problem) }),
  because: ({ frames }) => ({
    frames: (Array.isArray(frames) ? frames : []).filter(isRecord).map(({ origin, reasons, lines }) =>
      ({ origin: textOf(origin), reasons: textsOf(reasons), lines: textsOf(lines) })),
  }),
});
