// Fields of one payment form in several frames: this frame tells the background which kinds of fields it
// shows, and hears which kinds the other frames of the tab show. Only frames in the place of a field take
// part, and the page around them with the fields near them: elsewhere two fields say nothing of each other.

import { readElsewhere } from '../common/background-messages.js';
import { isCovered } from '../dom/covered.js';
import { callNative, rectOf } from '../dom/shadow.js';
import { isVisible } from '../dom/visible.js';

/** @typedef {import('../detect/fields.js').Kind} Kind */
/** @typedef {import('../detect/evidence.js').Evidence} Evidence */
/** @typedef {[Element, Evidence]} Field */

/** A frame that is higher holds more than a field with its label. */
const most_field_frame_px = 120;
/** A field that is farther away from a frame is not of its form. */
const most_apart_px = 300;

const isFieldFrame = () => window !== window.top && window.innerHeight <= most_field_frame_px;

/** @param {DOMRect} one @param {DOMRect} other @returns {boolean} */
const isNear = (one, other) =>
  Math.max(one.top - other.bottom, other.top - one.bottom) <= most_apart_px;

/** @returns {DOMRect[]} the places of frames that may hold a field */
const fieldFrames = () => [...callNative(document, 'getElementsByTagName', 'iframe')].map(rectOf)
  .filter(({ height, width }) => height > 0 && width > 0 && height <= most_field_frame_px);

/** @param {Field[]} fields @returns {Field[]} those that may be of a form in several frames */
function joinable(fields) {
  if (fields.length === 0 || isFieldFrame()) return fields;
  const frames = fieldFrames();
  return fields.filter(([field]) => frames.some((frame) => isNear(frame, rectOf(field))));
}

/**
 * @param {(kinds: Kind[]) => void} report
 * @param {() => void} onChange the other frames show other kinds
 */
export function createJoinedFields(report, onChange) {
  /** @type {Kind[]} */
  let elsewhere = [];
  let reported = '';

  return {
    /** @returns {Evidence[]} what other frames show */
    elsewhere: () => elsewhere.map((kind) => ({ kind, sure: false, why: kind })),
    joinable,
    /**
     * @param {Field[]} fields all fields of this frame, also those that are not visible
     * @param {boolean} isForm whether this frame has a payment form anyhow
     */
    looked(fields, isForm) {
      if (isForm && !isFieldFrame()) return;
      const mayJoin = joinable(fields.filter(([, { qualified }]) => !qualified));
      const shown = mayJoin.filter(([field]) => isVisible(field) && !isCovered(field));
      const kinds = [...new Set(shown.map(([, { kind }]) => kind))].sort();
      if (kinds.join() === reported) return;
      reported = kinds.join();
      report(kinds);
    },
    /** @param {unknown} message of the background */
    hear(message) {
      const read = readElsewhere(message);
      if (!read) return;
      elsewhere = /** @type {Kind[]} */ (read.kinds);
      onChange();
    },
    /** The background knows nothing of this frame any more. */
    portIsUp() {
      if (reported === '') return;
      reported = '';
      onChange();
    },
  };
}
