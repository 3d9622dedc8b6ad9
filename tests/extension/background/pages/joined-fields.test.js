// Tests what the frames of a tab are told about each other's fields.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { JoinedFields, LEFT_AFTER_ms } from '../../../../extension/background/pages/joined-fields.js';
import { FakeClock } from '../../support/background.js';

const TOP = { tabId: 5 };
const INNER = { tabId: 5 };
const ELSEWHERE = { tabId: 6 };

let clock;
let joined;
let told;
const last = (page) => told.findLast(([to]) => to === page)?.[1].kinds;

beforeEach(() => {
  clock = new FakeClock();
  told = [];
  joined = new JoinedFields((page, message) => told.push([page, message]), clock.after);
});

test('each frame gets at once what the other frames of its tab show', () => {
  joined.heard(TOP, ['number']);
  joined.heard(ELSEWHERE, ['csc']);
  assert.deepEqual(told, []);
  joined.heard(INNER, ['expiry', 'holder']);
  assert.deepEqual(told, [[TOP, { type: 'elsewhere', kinds: ['expiry', 'holder'] }],
    [INNER, { type: 'elsewhere', kinds: ['number'] }]]);
});

test('nothing is sent twice', () => {
  joined.heard(TOP, ['number']);
  joined.heard(INNER, ['expiry']);
  joined.heard(INNER, ['expiry']);
  clock.advance(LEFT_AFTER_ms);
  assert.equal(told.length, 2);
});

test('a field that has gone, or its frame, still counts for a while', () => {
  joined.heard(TOP, ['number']);
  joined.heard(INNER, ['expiry']);
  joined.heard(INNER, []);
  clock.advance(LEFT_AFTER_ms - 1);
  assert.deepEqual(last(TOP), ['expiry']);
  clock.advance(1);
  assert.deepEqual(last(TOP), []);
  joined.heard(INNER, ['csc']);
  joined.gone(INNER);
  clock.advance(LEFT_AFTER_ms - 1);
  assert.deepEqual(last(TOP), ['csc']);
  clock.advance(1);
  assert.deepEqual(last(TOP), []);
});

test('a frame whose script connects to a new worker is not told in between that it is alone', () => {
  joined.heard(TOP, ['number']);
  joined.heard(INNER, ['expiry']);
  joined.gone(INNER);
  const again = { tabId: 5 };
  joined.heard(again, ['expiry']);
  clock.advance(LEFT_AFTER_ms);
  assert.deepEqual(last(TOP), ['expiry']);
  assert.deepEqual(last(again), ['number']);
});
