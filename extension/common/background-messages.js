// What the background sends to the content script of a frame: each message with its fields, and their reader.
// After an update of the extension, an old script may receive messages of a new background.

import { amountOf, isRecord, readerOf, textOf, textOrNull, textsOf } from './reading.js';

/**
 * @typedef {import('./view.js').PageView} View
 * @typedef {{dir: 'ltr' | 'rtl', lang: string, interlock: 'off' | 'warn' | 'block'}} Manner dir and lang are
 *   those of the texts
 * @typedef {{muting: string[], lost: string[], late: string[], waiting: string, held: string,
 *   released: string, go_on: string}} Texts that the page may have to show before the next message
 * @typedef {Manner & {type: 'hello', texts: Texts, interlock_timeout_ms: number, sound: boolean,
 *   rules: import('./corrections.js').PageRule[]}} Hello the first message, repeated when it changes. sound:
 *   whether NOT MUTED also plays a tone
 * @typedef {Manner & {type: 'status', view: View, lines: string[], docked: boolean,
 *   released: boolean}} Status docked: this top frame has to show the banner for another frame. released: the
 *   card fields of this tab need not wait although the call is not muted
 * @typedef {{type: 'ended', outcome: string | null, rule: string}} Ended a rule in another frame of the tab
 *   says that a payment has ended. outcome: null, and rule empty, if no rule in the tab says so any more
 * @typedef {{type: 'elsewhere', kinds: string[]}} Elsewhere the kinds of the fields that other frames show
 * @typedef {{type: 'describe'}} Describe asks for the detected forms, because the agent says that they are no
 *   payment forms
 * @typedef {Hello | Status | Ended | Describe} BackgroundMessage Each Hello and Status also has `answers`,
 *   which content/port.js reads: the number of the last message on this port that declared or closed a form,
 *   or 0 if there was none
 */

/** @param {Record<string, any>} raw @returns {Manner} */
const mannerOf = ({ dir, lang, interlock }) => ({
  dir: dir === 'rtl' ? dir : 'ltr', lang: textOf(lang),
  interlock: /^(off|block)$/.test(interlock) ? interlock : 'warn',
});

/** A status with any other view is ignored, because this version does not know what the view means. */
const VIEW = /^(muting|muted|unmuting|recording|unprotected)$/;

/** @type {(raw: unknown) => BackgroundMessage | null} null: its type or its fields are not valid */
export const readBackgroundMessage = /* @__PURE__ */ readerOf({
  hello: (raw) => isRecord(raw.texts) ? {
    ...mannerOf(raw), texts: raw.texts, interlock_timeout_ms: amountOf(raw.interlock_timeout_ms),
    sound: raw.sound === true,
    rules: Array.isArray(raw.rules) ? raw.rules : [],
  } : null,
  status: (raw) => VIEW.test(raw.view) ? {
    ...mannerOf(raw), view: raw.view, lines: textsOf(raw.lines), docked: raw.docked === true,
    released: raw.released === true,
  } : null,
  describe: () => ({}),
  ended: ({ outcome, rule }) => ({ outcome: textOrNull(outcome), rule: textOf(rule) }),
});

/**
 * @type {(raw: unknown) => Elsewhere | null} Separate from the reader above, because every frame needs this
 *   one. The other messages are read only in bundles that are injected on demand.
 */
export const readElsewhere = /* @__PURE__ */ readerOf({
  elsewhere: ({ kinds }) => ({ kinds: textsOf(kinds) }),
});
