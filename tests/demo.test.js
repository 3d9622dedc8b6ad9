// Tests that the demo's verdict depends on the recording and on how long the agent was exposed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from '../scripts/demo-crm/recording.js';

const MOST_EXPOSED_ms = 1000;
const MOMENTS = { opened_ms: 0, acknowledged_ms: 500, closed_ms: 5000, unmuted_ms: 5100, ended_ms: 6000 };
/** A recording that is silent until the unmute at 5.1 s, and has sound after it. */
const RIGHT = {
  wasRecordedBetween: (/** @type {string} */ _, /** @type {number} */ from_ms) => from_ms >= 5100,
};

test('a recording that is silent while the form is open has no fault', () => {
  assert.deepEqual(faults(RIGHT, 'x', MOMENTS, MOST_EXPOSED_ms), []);
});

test('a late mute is a fault, and the verdict says how long the agent was exposed', () => {
  const [fault, ...others] = faults(RIGHT, 'x', { ...MOMENTS, acknowledged_ms: 3300 }, MOST_EXPOSED_ms);
  assert.match(fault, /exposed for 3\.3 s, at most 1\.0 s is right: this machine is busy/);
  assert.deepEqual(others, []);
});

test('a recording of the payment and a recording that does not resume are faults', () => {
  assert.equal(faults({ wasRecordedBetween: () => true }, 'x', MOMENTS, MOST_EXPOSED_ms).length, 1);
  assert.equal(faults({ wasRecordedBetween: () => false }, 'x', MOMENTS, MOST_EXPOSED_ms).length, 1);
});
