// Tests whether the pointer events before a press show that the window has not moved, so that the press
// counts. This is checked only in a window that a page can move.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { WindowStillness } from '../../../extension/overlay/window-stillness.js';

const least_ms = 500;
/** @type {any} */
const world = globalThis;
let now_ms = 0;

beforeEach((t) => {
  now_ms = 1000;
  /** @type {import('node:test').TestContext} */ (t).mock.method(performance, 'now', () => now_ms);
});
afterEach(() => {
  delete world.window;
});

/** @typedef {(clientX: number, clientY: number) => [number, number]} Place maps the window to the screen */

/**
 * @param {boolean} menubar whether the window has a menu bar, as only a window has that a person has opened
 * @param {boolean} [inFrame]
 */
function startedIn(menubar, inFrame = false) {
  world.window = { menubar: { visible: menubar } };
  world.window.top = inFrame ? {} : world.window;
  const stillness = new WindowStillness(least_ms);
  /** @param {number[]} client @param {Place} place @param {object} [more] */
  const at = ([clientX, clientY], place, more = {}) => {
    const [screenX, screenY] = place(clientX, clientY);
    const type = 'pointermove';
    return /** @type {any} */ (
      { type, isTrusted: true, relatedTarget: {}, clientX, clientY, screenX, screenY, ...more });
  };
  return {
    /** @param {number[]} client @param {Place} place @param {object} [more] */
    pointer: (client, place, more) => stillness.pointer(at(client, place, more)),
    /** @param {number[]} client @param {Place} place @returns {boolean} whether the press counts */
    press(client, place) {
      stillness.pressed(at(client, place));
      return stillness.takePress();
    },
    wait() { now_ms += least_ms; },
  };
}

/** @type {(left: number, top: number, scale?: number) => Place} */
const windowAt = (left, top, scale = 1) => (x, y) => [left + scale * x, top + scale * y];

/** Moves the pointer into the window and around in the window. */
const goAround = (/** @type {ReturnType<typeof startedIn>} */ { pointer }, /** @type {Place} */ place) => {
  pointer([10, 10], place, { type: 'pointerover', relatedTarget: null });
  for (let x = 15; x <= 300; x += 5) pointer([x, 10 + x / 4], place);
};

test('a window that a person has opened is not moved by a page', () => {
  assert.equal(startedIn(true).press([10, 10], windowAt(0, 0)), true);
});

test('a frame may be moved by the page around it', () => {
  assert.equal(startedIn(true, true).press([10, 10], windowAt(0, 0)), false);
});

test('a press counts after the pointer was in the window for long enough', () => {
  const opened = startedIn(false);
  const place = windowAt(100, 100);
  assert.equal(opened.press([10, 10], place), false, 'no pointer has come yet');
  goAround(opened, place);
  assert.equal(opened.press([200, 60], place), false, 'too soon');
  opened.wait();
  assert.equal(opened.press([200, 60], place), true);
});

test('no press counts after the window has moved', () => {
  const opened = startedIn(false);
  goAround(opened, windowAt(100, 100));
  opened.wait();
  assert.equal(opened.press([200, 60], windowAt(120, 100)), false);
  assert.equal(opened.press([200, 60], windowAt(100, 80)), false);
});

for (const zoom of [0.5, 1.25, 3]) {
  test(`a zoom of ${zoom} is no movement`, () => {
    const opened = startedIn(false);
    const place = windowAt(100, 100, zoom);
    goAround(opened, (x, y) => /** @type {[number, number]} */ (place(x, y).map(Math.round)));
    opened.wait();
    assert.equal(opened.press([200, 60], place), true);
  });
}

test('no press counts in a window that follows the pointer', () => {
  const opened = startedIn(false);
  // The window is scaled around its point (10, 10), so each way from there keeps its direction.
  const scaled = (/** @type {number} */ factor) => windowAt(110 - 10 * factor, 110 - 10 * factor, factor);
  opened.pointer([10, 10], scaled(1));
  opened.wait();
  assert.equal(opened.press([200, 60], scaled(0.5)), false, 'the scale was not known');
  goAround(opened, scaled(1));
  opened.wait();
  for (const factor of [0.5, 0.8, 1.25, 2]) {
    assert.equal(opened.press([200, 60], scaled(factor)), false, `${factor}`);
  }
  assert.equal(opened.press([200, 60], scaled(1)), true);
});

test('no press counts whose way is scaled in one direction, turned or mirrored', () => {
  /** @type {Place[]} */
  const places = [(x, y) => [x, 2 * y], (x, y) => [-y, x], (x, y) => [-x, y]];
  for (const place of places) {
    const opened = startedIn(false);
    goAround(opened, windowAt(0, 0));
    opened.wait();
    assert.equal(opened.press([200, 150], place), false);
  }
});

test('no press counts in a window that was elsewhere while the pointer was outside of it', () => {
  const opened = startedIn(false);
  const place = windowAt(100, 100);
  goAround(opened, place);
  opened.wait();
  opened.pointer([310, 90], place, { type: 'pointerout', relatedTarget: null });
  assert.equal(opened.press([200, 60], place), false, 'the pointer is outside');
  opened.pointer([200, 60], place, { type: 'pointerover', relatedTarget: null });
  assert.equal(opened.press([200, 60], place), false, 'it has just come back');
  opened.wait();
  assert.equal(opened.press([200, 60], place), true);
});

test('the events of a page say nothing', () => {
  const opened = startedIn(false);
  const place = windowAt(100, 100);
  opened.pointer([10, 10], place, { isTrusted: false });
  opened.wait();
  assert.equal(opened.press([10, 10], place), false);
});
