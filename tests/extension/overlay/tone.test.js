// Tests the tone for NOT MUTED: when it sounds, and that it never sounds for muted.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Tone } from '../../../extension/overlay/tone.js';

let contexts;

/** Records what is played. */
class FakeAudio {
  static state = 'running';

  constructor() {
    Object.assign(this, { state: FakeAudio.state, currentTime: 5, destination: {}, beeps: [], closed: 0 });
    contexts.push(this);
  }

  createOscillator() {
    const beep = {
      frequency: { setValueAtTime: () => {} }, connect: (to) => to,
      start: (at_s) => { beep.from_s = at_s; },
      stop: (at_s) => {
        beep.to_s = at_s;
        queueMicrotask(() => beep.onended());
      },
    };
    this.beeps.push(beep);
    return beep;
  }

  createGain = () => ({ gain: { setValueAtTime: () => {} }, connect: (to) => to });
  close = async () => { this.closed += 1; };
}

const settle = () => new Promise((resolve) => { setImmediate(resolve); });

beforeEach(() => {
  contexts = [];
  FakeAudio.state = 'running';
  globalThis.AudioContext = FakeAudio;
});
afterEach(() => { delete globalThis.AudioContext; });

/**
 * Shows the views one after the other, and returns how often the tone is played.
 * @param {(string | null)[]} views
 * @param {boolean} [isWanted]
 */
async function soundsIn(views, isWanted = true) {
  const tone = new Tone();
  for (const view of views) tone.shown(view, isWanted);
  await settle();
  return contexts.length;
}

test('the tone is played once for NOT MUTED, is short, and leaves nothing open', async () => {
  assert.equal(await soundsIn([null, 'muting', 'unprotected', 'unprotected']), 1);
  const [{ beeps, closed }] = contexts;
  assert.ok(beeps.length > 0);
  for (const { from_s, to_s } of beeps) assert.ok(from_s >= 5 && to_s - 5 <= 0.5, `${from_s} to ${to_s}`);
  assert.equal(closed, 1);
});

test('the tone is never played for another view, or if the policy does not want it', async () => {
  assert.equal(await soundsIn([null, 'muting', 'muted', 'unmuting', 'recording', null]), 0);
  assert.equal(await soundsIn(['unprotected', 'muted', 'unprotected'], false), 0);
});

test('a mute that is retried plays the tone once, and again only after a mute or a new form', async () => {
  assert.equal(await soundsIn(['unprotected', 'muting', 'unprotected', 'muting', 'unprotected']), 1);
  contexts = [];
  assert.equal(await soundsIn(['unprotected', 'muted', 'unprotected', null, 'unprotected']), 3);
});

test('the tone is also played in a browser that begins a moment later, as Firefox does', async () => {
  FakeAudio.state = 'suspended';
  assert.equal(await soundsIn(['unprotected']), 1);
  const [context] = contexts;
  assert.deepEqual([context.beeps, context.closed], [[], 0]);
  context.state = 'running';
  context.onstatechange();
  await settle();
  assert.ok(context.beeps.length > 0);
  assert.equal(context.closed, 1);
});

test('a page that may not play, or a browser without sound, changes nothing', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  FakeAudio.state = 'suspended';
  assert.equal(await soundsIn(['unprotected']), 1);
  t.mock.timers.tick(499);
  await settle();
  assert.equal(contexts[0].closed, 0);
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual([contexts[0].beeps, contexts[0].closed], [[], 1]);
  delete globalThis.AudioContext;
  contexts = [];
  assert.equal(await soundsIn(['unprotected']), 0);
});
