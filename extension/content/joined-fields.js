// Recognises payment forms whose fields are in several frames. This frame reports to the background which
// kinds of fields it shows, and receives the kinds that the tab's other frames show. Only fields in frames
// that are as tall as a field, and fields near such a frame, are reported: others rarely belong together.

import { readElsewhere } from '../common/background-messages.js';
import { isSeen } from '../dom/covered.js';
import { FRAMES, isFrame } from '../dom/frames.js';
import { allIn, rectOf } from '../dom/shadow.js';

/** @typedef {import('../detect/fields.js').Kind} Kind */
/** @typedef {import('../detect/evidence.js').Evidence} Evidence */
/** @typedef {[Element, Evidence]} Field */

/** A frame that is taller than this contains more than a field with its label. */
const most_field_frame_px = 120;
/** A field that is farther than this above or below such a frame does not belong to the same form. */
const most_apart_px = 300;

const isFieldFrame = () => window !== window.top && window.innerHeight <= most_field_frame_px;

/** @param {DOMRect} one @param {DOMRect} other @returns {boolean} */
const isNear = (one, other) =>
  Math.max(one.top - other.bottom, other.top - one.bottom) <= most_apart_px;

/** @returns {DOMRect[]} the boxes of the frames that may contain a single field */
const fieldFrames = () => [...allIn(document, FRAMES)].filter(isFrame).map(rectOf)
  .filter(({ height, width }) => height > 0 && width > 0 && height <= most_field_frame_px);

/** @param {Field[]} fields @returns {Field[]} the fields that may belong to a form in several frames */
function joinable(fields) {
  if (fields.length === 0 || isFieldFrame()) return fields;
  const frames = fieldFrames();
  return fields.filter(([field]) => frames.some((frame) => isNear(frame, rectOf(field))));
}

/**
 * @param {(kinds: Kind[]) => void} report
 * @param {() => void} onChange called when the kinds of other frames have changed, and when this frame has to
 *   report again
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
     * @param {Field[]} fields all fields of this frame, including those that are not visible
     * @param {boolean} isForm whether this frame has an open payment form. If so, it reports only if it is as
     *   tall as a field
     */
    looked(fields, isForm) {
      if (isForm && !isFieldFrame()) return;
      const mayJoin = joinable(fields.filter(([, { qualified }]) => !qualified));
      const shown = mayJoin.filter(([field]) => isSeen(field));
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
    /** To be called when the port is open again: the background may not have this frame's report. */
    portIsUp() {
      if (reported === '') return;
      reported = '';
      onChange();
    },
  };
}
