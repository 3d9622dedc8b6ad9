// What the picker's frames and the background send to each other: each message with its fields, and their
// reader.

import { amountOf, isRecord, readerOf, textOf } from './reading.js';

export const PICKER_PORT = 'picker';

/**
 * @typedef {{selector: string, count: number, isWeak: boolean, rule: object,
 *   detected: 'seen' | 'unseen' | 'unwatched'}} Pick an element that was picked. count: how many elements the
 *   selector finds. isWeak: the selector may depend on the order of elements. detected: whether the frame has
 *   an open form that needs no rule or correction; 'unwatched': its forms do not count
 * @typedef {{type: 'words', texts: Record<string, string>, dir: string, lang: string,
 *   corrects: boolean}} Words the background's first message. corrects: the picker is for a correction, so it
 *   shows no panel
 * @typedef {{type: 'here'}} Here the pointer is in this frame
 * @typedef {{type: 'key', key: string}} Key one of the picker's keys was pressed in this frame while the
 *   pointer is in another
 * @typedef {{type: 'picked', pick: Pick, own: boolean}} Picked own: the receiver is the frame of the pick
 * @typedef {{type: 'end'}} End the picker ends in all frames
 * @typedef {{type: 'chosen', selector: string}} Chosen the field that the agent has chosen for a correction
 * @typedef {Here | Key | Picked | End} PassedOn what the background passes on to the tab's other frames
 * @typedef {Words | Chosen | PassedOn} PickerMessage
 */

const DETECTED = ['seen', 'unseen', 'unwatched'];

/** @type {(raw: unknown) => PickerMessage | null} null: its type or its fields are not valid */
export const readPickerMessage = /* @__PURE__ */ readerOf({
  words: ({ texts, dir, lang, corrects }) => isRecord(texts) ? {
    texts, dir: textOf(dir), lang: textOf(lang), corrects: corrects === true,
  } : null,
  chosen: ({ selector }) => ({ selector: textOf(selector) }),
  here: () => ({}),
  key: ({ key }) => ({ key: textOf(key) }),
  picked: ({ pick, own }) => isRecord(pick) && isRecord(pick.rule) ? {
    pick: {
      selector: textOf(pick.selector), count: amountOf(pick.count), isWeak: pick.isWeak === true,
      rule: pick.rule, detected: DETECTED.includes(pick.detected) ? pick.detected : 'unwatched',
    },
    own: own === true,
  } : null,
  end: () => ({}),
});
