// What the background says to the content script of a frame: each message with its fields, and the one reader
// of them. An old script hears a new background when the extension was updated.

import { amountOf, isRecord, readerOf, textOf, textOrNull, textsOf } from './reading.js';

/**
 * @typedef {import('./view.js').PageView} View
 * @typedef {{dir: 'ltr' | 'rtl', lang: string, interlock: 'off' | 'warn' | 'block'}} Manner dir, lang: of the
 *   texts
 * @typedef {{muting: string[], lost: string[], late: string[], waiting: string, held: string,
 *   released: string, go_on: string}} Texts what the page may have to say before it hears more
 * @typedef {Manner & {type: 'hello', texts: Texts, interlock_timeout_ms: number,
 *   rules: import('./protocol.js').Rule[]}} Hello the first message, and again when the policy changes
 * @typedef {Manner & {type: 'status', view: View, lines: string[], docked: boolean,
 *   released: boolean}} Status docked: this top frame shows the banner for a frame without one. released:
 *   card fields of this tab need not wait, though nothing is muted
 * @typedef {{type: 'ended', outcome: string | null, rule: string}} Ended a rule says in another frame of the
 *   tab that a payment has ended; null: this holds no more
 * @typedef {Hello | Status | Ended} BackgroundMessage
 */

/** @param {Record<string, any>} raw @returns {Manner} */
const mannerOf = ({ dir, lang, interlock }) => ({
  dir: dir === 'rtl' ? dir : 'ltr', lang: textOf(lang),
  interlock: /^(off|block)$/.test(interlock) ? interlock : 'warn',
});

/** A view that is not known claims nothing, so the whole message is left out. */
const VIEW = /^(muting|muted|unmuting|recording|unprotected)$/;

/** @type {(raw: unknown) => BackgroundMessage | null} null: none that is known */
export const readBackgroundMessage = /* @__PURE__ */ readerOf({
  hello: (raw) => isRecord(raw.texts) ? {
    ...mannerOf(raw), texts: raw.texts, interlock_timeout_ms: amountOf(raw.interlock_timeout_ms),
    rules: Array.isArray(raw.rules) ? raw.rules : [],
  } : null,
  status: (raw) => VIEW.test(raw.view) ? {
    ...mannerOf(raw), view: raw.view, lines: textsOf(raw.lines), docked: raw.docked === true,
    released: raw.released === true,
  } : null,
  ended: ({ outcome, rule }) => ({ outcome: textOrNull(outcome), rule: textOf(rule) }),
});
