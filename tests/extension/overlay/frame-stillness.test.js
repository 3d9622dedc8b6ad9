// Tests when a frame counts as unmoved, which is judged by pointer events, and only if a page can move it.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { FrameStillness } from '../../../extension/overlay/frame-stillness.js';

const least_ms = 500;
/** @type {any} */
const world = globalThis;
/** @type {Map<string, (event: object) => void>} */
let listeners;
let now_ms = 0;

beforeEach((t) => {
  listeners = new Map();
  now_ms = 1000;
  /** @type {import('node:test').TestContext} */ (t).mock.method(performance, 'now', () => now_ms);
  world.addEventListener = (/** @type {string} */ type, /** @type {() => void} */ heard) =>
    listeners.set(type, heard);
});
afterEach(() => {
  delete world.window;
  delete world.addEventListener;
});

/** @param {{framed?: boolean, menubar?: boolean}} where */
function startedIn({ framed = false, menubar = true }) {
  world.window = { menubar: { visible: menubar } };
  world.window.top = framed ? {} : world.window;
  const stillness = new FrameStillness();
  stillness.start(new AbortController().signal);
  return stillness;
}

/** The pointer moves. @param {[number, number]} client @param {[number, number]} screen */
const pointer = ([clientX, clientY], [screenX, screenY]) => listeners.get('pointermove')?.(
  { type: 'pointermove', isTrusted: true, detail: 0, clientX, clientY, screenX, screenY });

test('a window that a person has opened is not moved by a page', () => {
  assert.equal(startedIn({}).hasLasted(least_ms), true);
  assert.equal(listeners.size, 0);
});

for (const [what, where] of /** @type {const} */ ([
  ['a frame', { framed: true }], ['a window that a script has opened', { menubar: false }],
])) {
  test(`${what} counts as unmoved once the pointer has shown that for long enough`, () => {
    const stillness = startedIn(where);
    assert.equal(stillness.hasLasted(least_ms), false, 'no pointer has come yet');
    pointer([10, 10], [110, 110]);
    now_ms += least_ms;
    pointer([60, 30], [160, 130]);
    assert.equal(stillness.hasLasted(least_ms), true);
    pointer([20, 80], [161, 131]);
    assert.equal(stillness.hasLasted(least_ms), false, 'it has moved under the pointer');
    now_ms += least_ms;
    assert.equal(stillness.hasLasted(least_ms), true);
  });
}
