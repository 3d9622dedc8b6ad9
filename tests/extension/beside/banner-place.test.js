// Where the banner stands: extension/beside/banner-place.js.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from '../content/browser.js';

openPage('');
const { placeBanner } = await import('../../../extension/beside/banner-place.js');

const size = { width: 300, height: 60 };
const view = { width: 1000, height: 700 };
const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });
const place = (form, fields, rightToLeft = false, controls = []) =>
  placeBanner(size, view, { form, fields, controls }, rightToLeft);

test('above the form, where there is room', () => {
  assert.deepEqual(place(box(100, 200, 500, 300), box(120, 250, 200, 200)), { x: 100, y: 132 });
});

test('below it, where there is none above', () => {
  assert.deepEqual(place(box(100, 20, 500, 300), box(120, 50, 200, 200)), { x: 100, y: 328 });
});

test('above or below the fields of a form that is too big to stand beside', () => {
  assert.equal(place(null, box(100, 300, 200, 100)).y, 300 - 28 - 60 - 8);
  assert.equal(place(null, box(100, 20, 200, 100)).y, 128);
});

test('elsewhere, where fields reach out of their form', () => {
  assert.equal(place(box(100, 200, 500, 100), box(100, 120, 200, 150)).y, 308);
});

test('at the right edge in a page from right to left', () => {
  assert.equal(place(box(100, 200, 500, 300), box(120, 250, 200, 200), true).x, 300);
});

test('within the window, wherever the form is', () => {
  for (const [left, top] of [[-400, -900], [5000, 5000], [-400, 3000], [990, 690]]) {
    const { x, y } = place(box(left, top, 500, 300), box(left, top, 200, 200));
    assert.ok(x >= 0 && x + size.width <= view.width, `${left}: ${x}`);
    assert.ok(y >= 0 && y + size.height <= view.height, `${top}: ${y}`);
  }
});

test('never on the card fields, where there is any other place', () => {
  for (let top = -50; top < 700; top += 10) {
    const fields = box(100, top, 300, 150);
    const { x, y } = place(box(90, top - 20, 400, 200), fields);
    const covers = x < fields.right && fields.left < x + size.width
      && y < fields.bottom && fields.top < y + size.height;
    assert.equal(covers, false, `form at ${top}, banner at ${y}`);
  }
});

test('docked in the middle of the top', () => {
  assert.deepEqual(placeBanner(size, view, null, false), { x: 350, y: 8 });
});

test('not on the button to pay either, where there is another place', () => {
  const fields = box(100, 30, 200, 100);
  assert.equal(place(null, fields).y, 138);
  assert.equal(place(null, fields, false, [box(100, 150, 80, 30)]).y, 700 - 60 - 8);
  const everywhere = Array.from({ length: 18 }, (_, row) => box(0, row * 40, 1000, 30));
  assert.equal(place(null, fields, false, everywhere).y, 138);
});
