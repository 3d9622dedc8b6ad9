// Tests the place and the size of the banner: extension/overlay/banner-place.js.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeBanner } from '../../../extension/overlay/banner-place.js';

const SIZES = [{ width: 300, height: 60 }, { width: 200, height: 30 }, { width: 160, height: 20 }];
const VIEW = { width: 1000, height: 700 };
const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });
const NOTHING = {
  form: null, fields: null, typed: [], controls: [], words: [], focused: null, rightToLeft: false,
};
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** @returns {{x: number, y: number, size: number}} the banner's place near fields */
const place = (form, fields, more = {}, view = VIEW, last = null) =>
  placeBanner(SIZES, view, { ...NOTHING, form, fields, typed: [fields], ...more }, last);
const boxOf = ({ x, y, size }) => box(x, y, SIZES[size].width, SIZES[size].height);

test('the banner is above the form, aligned with its fields, if there is room', () => {
  assert.deepEqual(place(box(100, 200, 500, 300), box(120, 250, 200, 200)), { x: 120, y: 132, size: 0 });
});

test('the banner is below the form if there is no room above', () => {
  assert.deepEqual(place(box(100, 20, 500, 300), box(120, 50, 200, 200)), { x: 120, y: 328, size: 0 });
});

test('the banner is above or below the fields if the form is too large', () => {
  assert.equal(place(null, box(100, 300, 200, 100)).y, 300 - 28 - 60 - 8);
  assert.equal(place(null, box(100, 20, 200, 100)).y, 128);
});

test('the banner is aligned with the right end of the fields in a page from right to left', () => {
  assert.equal(place(box(100, 200, 500, 300), box(300, 250, 200, 200), { rightToLeft: true }).x, 200);
});

test('the banner is inside the window, wherever the form is', () => {
  for (const [left, top] of [[-400, -900], [5000, 5000], [-400, 3000], [990, 690]]) {
    const spot = place(box(left, top, 500, 300), box(left, top, 200, 200));
    const { left: x, top: y, right, bottom } = boxOf(spot);
    assert.ok(x >= 0 && right <= VIEW.width, `${left}: ${x}`);
    assert.ok(y >= 0 && bottom <= VIEW.height, `${top}: ${y}`);
  }
});

test('the banner covers no field if there is any other place', () => {
  for (let top = -50; top < 700; top += 10) {
    const fields = box(100, top, 300, 150);
    const note = box(80, top - 90, 400, 70);
    const banner = boxOf(place(box(90, top - 20, 400, 200), fields, { typed: [fields, note] }));
    assert.equal(overlap(banner, fields) || overlap(banner, note), false, `form at ${top}`);
  }
});

test('the banner covers neither the button to pay nor the text above the form', () => {
  const fields = box(100, 150, 200, 100);
  const above = box(100, 60, 300, 40);
  assert.deepEqual(place(null, fields, { words: [above] }), { x: 100, y: 258, size: 0 });
  const pay = box(100, 260, 80, 30);
  const banner = boxOf(place(null, fields, { words: [above], controls: [pay] }));
  assert.equal([above, pay, fields].some((it) => overlap(banner, it)), false);
});

test('the banner is smaller if only a smaller one fits', () => {
  const rows = Array.from({ length: 14 }, (_, row) => box(0, row * 50, 1000, 16));
  const banner = place(null, box(0, 0, 1000, 16), { typed: rows });
  assert.equal(banner.size, 1);
  assert.equal(rows.some((row) => overlap(boxOf(banner), row)), false);
});

test('the banner covers texts rather than controls, and controls rather than fields', () => {
  const fields = box(10, 10, 100, 20);
  const everywhere = [box(0, 0, 1000, 700)];
  assert.equal(overlap(boxOf(place(null, fields, { words: everywhere })), fields), false);
  const last = place(null, fields, { words: everywhere, controls: everywhere });
  assert.equal(overlap(boxOf(last), fields), false);
});

test('if fields are everywhere, the banner has its smallest size and is inside the window', () => {
  const fields = box(0, 0, 1000, 700);
  const banner = place(null, fields);
  assert.equal(banner.size, SIZES.length - 1);
  assert.ok(banner.x >= 0 && banner.y >= 0);
});

test('the banner covers no field in a window of 250 by 175, as at a zoom of 400 %', () => {
  const view = { width: 250, height: 175 };
  const fields = [box(10, 40, 220, 22), box(10, 90, 220, 22), box(10, 140, 220, 22)];
  const banner = boxOf(place(null, box(10, 40, 220, 122), { typed: fields }, view));
  assert.equal(fields.some((field) => overlap(banner, field)), false);
  assert.ok(banner.left >= 0 && banner.right <= 250 && banner.top >= 0 && banner.bottom <= 175);
});

test('the banner does not move while its place is free', () => {
  const last = { x: 600, y: 400, size: 0 };
  assert.deepEqual(place(null, box(100, 300, 200, 100), {}, VIEW, last), last);
  const moved = place(null, box(600, 400, 200, 100), {}, VIEW, last);
  assert.notDeepEqual(moved, last);
});

test('for a form in another frame the banner is at the middle of the top', () => {
  assert.deepEqual(placeBanner(SIZES, VIEW, NOTHING), { x: 350, y: 8, size: 0 });
});

test('if every place covers a field, it is not the one with the focus', () => {
  const view = { width: 400, height: 100 };
  const [first, second] = [box(0, 0, 400, 45), box(0, 55, 400, 45)];
  for (const focused of [first, second]) {
    const spot = place(null, first, { typed: [first, second], focused }, view);
    assert.equal(overlap(boxOf(spot), focused), false, JSON.stringify(spot));
  }
});
