// Tests the plans of the kill tests: what is killed in the first minute of a profile does not depend on
// the seed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST, planOf, ROUND_cycles, WAYS } from './browser/harness/kill_plans.js';

test('kills worker, host and browser in a new and in an updated profile, early', () => {
  for (const seed of ['1', '973042 plain', 'x']) {
    const plans = FIRST.map((_, cycle) => planOf(seed, 'chromium', cycle));
    assert.deepEqual(plans.map(({ profile, victim }) => `${profile} ${victim}`), [
      'fresh worker', 'fresh host', 'fresh browser', 'updated worker', 'updated host', 'updated browser',
    ]);
    for (const { moment } of plans) assert.ok(['before', 'opening'].includes(moment), moment);
    assert.equal(planOf(seed, 'chromium', FIRST.length).profile, null);
  }
});

test('opens the form of each first cycle in every way, one after the other', () => {
  for (const seed of ['1', '973042 plain', 'x']) {
    FIRST.forEach((_, place) => {
      const ways = WAYS.map((__, round) => planOf(seed, 'firefox', round * ROUND_cycles + place).way);
      assert.deepEqual(new Set(ways), new Set(WAYS));
    });
  }
});
