// What the content script of a frame sends to the background: the name of its port, each message with its
// fields, and their reader. A page cannot send these, but an older version of the script can.

import { MAX_AGO_ms } from './protocol.js';
import { amountOf, isRecord, readerOf, textOf, textOrNull, textsOf } from './reading.js';

export const PAGE_PORT = 'surfaces';

/**
 * @typedef {{type: 'surface.open', surface: string, reason: string, banner: boolean, visible_ms_ago?: number,
 *   number?: number}} Open a form has become visible; banner: its frame shows the banner itself. number:
 *   counts from 1 on each port; the background repeats it in its answer
 * @typedef {{type: 'surface.close', surface: string, reason: string, number?: number}} Close a form is no
 *   longer visible
 * @typedef {{type: 'surface.active', surface: string, card?: boolean, ms_ago?: number}} Active a person types
 *   in a form; card: for the first time in a card field, ms_ago milliseconds ago
 * @typedef {{type: 'predictor', key: string}} Predictor a control was pressed or a route entered
 * @typedef {{type: 'hidden', hosts: string[]}} Hidden the hosts of card frames that this page does not show
 * @typedef {{type: 'rule', event: string, rule?: string}} Rule an event of a rule, to be counted
 * @typedef {{type: 'result', rule: string, outcome: string | null, again: boolean}} Result how a payment has
 *   ended, according to a rule; null: the result no longer holds. again: the result is older than this
 *   connection
 * @typedef {{type: 'corrected', ids: string[]}} Corrected the corrections that decide about a visible form
 * @typedef {{type: 'described', forms: {selectors: string[], shape: string}[]}} Described the forms that the
 *   detector sees, as the answer to a "describe"
 * @typedef {{type: 'frames', origins: string[], drawn: string[]}} Frames the frames of this document. Sent
 *   when a frame has loaded, because it may need this script, and when the lists have changed. origins: the
 *   origin of each frame's address, or the document's own origin if the frame has no address. drawn: the
 *   foreign origins of the frames that are large and visible enough to show a form
 * @typedef {{type: 'fields', kinds: string[]}} Fields the kinds of the fields that this frame shows, if they
 *   may belong to a form that is spread over several frames
 * @typedef {{type: 'detector'}} Detector the bundle with the detector is needed here
 * @typedef {{type: 'overlay'}} Overlay the bundle with banner and interlock is needed here
 * @typedef {{type: 'continue', painted: boolean}} Continue the agent continues although the call is not
 *   muted; painted: the banner was visible
 * @typedef {{type: 'banner', painted: boolean | null}} Banner whether the banner is visible; null: nobody can
 *   see the page now
 * @typedef {{type: 'overlay_failed', failed: boolean}} OverlayFailed the overlay cannot be put into the page,
 *   or can again
 * @typedef {{type: 'dock'}} Dock a form of this frame is in use, or a press on its banner did not count, and
 *   the frame cannot know whether the banner is visible: the top frame has to show it too
 * @typedef {Open | Close | Active | Predictor | Hidden | Rule | Result | Corrected | Described | Frames
 *   | Fields | Detector | Overlay | Continue | Banner | OverlayFailed | Dock} PageMessage
 */

/** The most kinds of fields that are read from one message: more than exist. */
export const MAX_KINDS = 16;

/** The most origins of frames that are read from one message. */
export const MAX_FRAME_ORIGINS = 64;

/** @param {string} it */
const isOrigin = (it) => URL.canParse(it) && new URL(it).origin === it;

/** @param {unknown} it @returns {string[]} */
const originsOf = (it) => textsOf(it).filter(isOrigin).slice(0, MAX_FRAME_ORIGINS);

/** @param {unknown} it @returns {number | undefined} milliseconds ago */
const ageOf = (it) => (typeof it === 'number' && it >= 0 && it <= MAX_AGO_ms ? it : undefined);

/** @param {Record<string, unknown>} raw @returns {{surface: string} | null} */
const surfaceOf = ({ surface }) => (textOf(surface) === '' ? null : { surface: textOf(surface) });

/** @type {(raw: unknown) => PageMessage | null} null: its type or its fields are not valid */
export const readPageMessage = /* @__PURE__ */ readerOf({
  'surface.open': (raw) => surfaceOf(raw) && {
    ...surfaceOf(raw), reason: textOf(raw.reason), banner: raw.banner !== false,
    visible_ms_ago: ageOf(raw.visible_ms_ago), number: amountOf(raw.number),
  },
  'surface.close': (raw) => surfaceOf(raw) && {
    ...surfaceOf(raw), reason: textOf(raw.reason), number: amountOf(raw.number),
  },
  'surface.active': (raw) => surfaceOf(raw) && {
    ...surfaceOf(raw), card: raw.card === true, ms_ago: ageOf(raw.ms_ago),
  },
  'predictor': ({ key }) => ({ key: textOf(key) }),
  'hidden': ({ hosts }) => ({ hosts: textsOf(hosts) }),
  'rule': ({ event, rule }) => ({ event: textOf(event), rule: rule === undefined ? rule : textOf(rule) }),
  'result': ({ rule, outcome, again }) => ({
    rule: textOf(rule), outcome: textOrNull(outcome), again: again === true,
  }),
  'corrected': ({ ids }) => ({ ids: textsOf(ids) }),
  'described': ({ forms }) => ({
    forms: (Array.isArray(forms) ? forms : []).filter(isRecord)
      .map(({ selectors, shape }) => ({ selectors: textsOf(selectors), shape: textOf(shape) })),
  }),
  'frames': ({ origins, drawn = origins }) => ({ origins: originsOf(origins), drawn: originsOf(drawn) }),
  'fields': ({ kinds }) => ({ kinds: textsOf(kinds).slice(0, MAX_KINDS) }),
  'detector': () => ({}),
  'overlay': () => ({}),
  'continue': ({ painted }) => ({ painted: painted === true }),
  // No default: a message without a valid value says nothing about the banner.
  'banner': ({ painted }) => (typeof painted === 'boolean' || painted === null ? { painted } : null),
  'overlay_failed': ({ failed }) => ({ failed: failed === true }),
  'dock': () => ({}),
});
