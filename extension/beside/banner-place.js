// Where the banner stands beside a payment form. Used by banner.js.

import { allIn, isElement, ownOf } from '../content/shadow.js';

/**
 * @typedef {import('./boxes.js').Box} Box
 * @typedef {{width: number, height: number}} Size
 * @typedef {{form: Box | null, fields: Box, controls: Box[]}} Beside
 */

/** Between the banner and what it stands beside, and the edges of the window. */
const gap_px = 8;

/** Above a field stands its label. */
const label_px = 28;

/** What a person presses or types in, and how many of these in a form are looked at. */
const CONTROLS = 'a[href], button, input, select, textarea, [role=button]';
const most_controls = 64;

/** A form higher than this part of the window is the whole page; then the banner keeps to the fields. */
const most_of_window = 0.8;

/**
 * @param {Box} a
 * @param {Box} b
 */
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * @param {number} at
 * @param {number} most
 */
const within = (at, most) => Math.max(gap_px, Math.min(at, most - gap_px));

/**
 * The first place that covers no card field and, if there is one, nothing that is pressed either: above the
 * form, below it, above or below the fields alone, and at last the edges of the window.
 * @param {Size} size of the banner
 * @param {Size} view of the window
 * @param {Beside | null} beside null: docked at the top of the window
 * @param {boolean} rightToLeft
 * @returns {{x: number, y: number}}
 */
export function placeBanner(size, view, beside, rightToLeft) {
  if (!beside) return { x: Math.max(0, (view.width - size.width) / 2), y: gap_px };
  const { form, fields, controls } = beside;
  const outer = form ?? fields;
  const x = within(rightToLeft ? outer.right - size.width : outer.left, view.width - size.width);
  const lowest = view.height - size.height;
  const tops = [
    ...(form ? [form.top - size.height - gap_px, form.bottom + gap_px] : []),
    fields.top - label_px - size.height - gap_px,
    fields.bottom + gap_px,
    gap_px,
    lowest - gap_px,
  ];
  const inView = tops.filter((top) => top >= 0 && top <= lowest);
  /** @param {Box[]} boxes */
  const freeOf = (boxes) => inView.find((top) => boxes.every((box) =>
    !overlap({ left: x, top, right: x + size.width, bottom: top + size.height }, box)));
  const free = freeOf([fields, ...controls]) ?? freeOf([fields]);
  return { x, y: free ?? within(tops[0], lowest) };
}

/** @param {Element} element @returns {Box} */
const boxOf = (element) => ownOf(element, 'getBoundingClientRect').call(element);

/**
 * @param {import('../content/groups.js').Group} group
 * @param {Size} view
 * @returns {Beside | null} where a form is on the screen; null: nowhere
 */
export function besideOf({ owner, shown }, view) {
  const boxes = shown.filter((field) => field.isConnected).map(boxOf);
  if (boxes.length === 0) return null;
  const fields = {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
  const controls = isElement(owner) ? [...allIn(owner, CONTROLS)].slice(0, most_controls).map(boxOf) : [];
  const form = isElement(owner) ? boxOf(owner) : null;
  const height = form ? form.bottom - form.top : 0;
  return { fields, controls, form: height > 0 && height <= view.height * most_of_window ? form : null };
}
