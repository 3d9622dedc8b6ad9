// The demo's verdict: it looks at the recording, and at how long the agent was exposed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from '../scripts/demo-crm/recording.js';

const MOST_EXPOSED_ms = 1000;
const MOMENTS = { opened_ms: 0, acknowledged_ms: 500, closed_ms: 5000, unmuted_ms: 5100, ended_ms: 6000 };
/** Silent from the acknowledgement to the unmute, which is right. */
const RIGHT = {
  wasRecordedBetween: (/** @type {string} */ _, /** @type {number} */ from_ms) => from_ms >= 5100,
};

test('a recording that is silent while the form is open is right', () => {
  assert.deepEqual(faults(RIGHT, 'x', MOMENTS, MOST_EXPOSED_ms), []);
});

test('a mute that came late is not right, and the verdict says for how long', () => {
  const [fault, ...others] = faults(RIGHT, 'x', { ...MOMENTS, acknowledged_ms: 3300 }, MOST_EXPOSED_ms);
  assert.match(fault, /exposed for 3\.3 s, at most 1\.0 s is right: this machine is busy/);
  assert.deepEqual(others, []);
});

test('a recording of the payment, and one that does not resume, are not right', () => {
  assert.equal(faults({ wasRecordedBetween: () => true }, 'x', MOMENTS, MOST_EXPOSED_ms).length, 1);
  assert.equal(faults({ wasRecordedBetween: () => false }, 'x', MOMENTS, MOST_EXPOSED_ms).length, 1);
});
