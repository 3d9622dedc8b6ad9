// Tests whether the banner of each open form counts as seen: extension/background/pages/banner-watch.js.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { BannerWatch, SEEN_WITHIN_ms } from '../../../extension/background/pages/banner-watch.js';

let timers;
let reported;
let watch;
const clock = (delay_ms) => timers.filter((timer) => !timer.cancelled && timer.delay_ms <= delay_ms)
  .forEach((timer) => { timer.cancelled = true; timer.run(); });
const frame = (frameId, surfaces, more = {}) => ({
  tabId: 1, frameId, heard: true, bare: false,
  surfaces: new Map(surfaces.map(([id, banner]) => [id, { id, banner, reason: '' }])), ...more,
});

beforeEach(() => {
  timers = [];
  reported = [];
  watch = new BannerWatch({
    after: (delay_ms, run) => {
      const timer = { delay_ms, run, cancelled: false };
      timers.push(timer);
      return () => { timer.cancelled = true; };
    },
    onChange: () => {},
    report: (surface, event) => reported.push([surface, event]),
  });
});

test('with a report in time there is no problem', () => {
  const page = frame(0, [['a', true]]);
  watch.review([page], true);
  watch.reported(page, true);
  clock(SEEN_WITHIN_ms);
  watch.review([page], true);
  assert.deepEqual(watch.problems, []);
  assert.deepEqual(reported, []);
});

test('a banner without a report in time counts as not seen, until a report comes', () => {
  const page = frame(0, [['a', true]]);
  watch.review([page], true);
  clock(SEEN_WITHIN_ms);
  watch.review([page], true);
  assert.deepEqual(watch.problems, ['banner_not_seen']);
  watch.reported(page, true);
  watch.review([page], true);
  assert.deepEqual(watch.problems, []);
  assert.deepEqual(reported, [['a', 'banner_not_seen']]);
});

test('a page that keeps hiding the banner is reported for the ledger once', () => {
  const page = frame(0, [['a', true]]);
  watch.review([page], true);
  for (const painted of [true, false, true, false]) {
    watch.reported(page, painted);
    watch.review([page], true);
  }
  assert.deepEqual(watch.problems, ['banner_not_seen']);
  assert.deepEqual(reported, [['a', 'banner_not_seen']]);
});

test('a page that nobody sees needs no banner', () => {
  const page = frame(0, [['a', true]]);
  watch.review([page], true);
  watch.reported(page, null);
  clock(SEEN_WITHIN_ms);
  assert.deepEqual(watch.problems, []);
});

test('a failed overlay is reported instead of an unseen banner', () => {
  const page = frame(0, [['a', true]]);
  watch.review([page], true);
  watch.reported(page, false);
  watch.failed(page, true);
  watch.review([page], true);
  assert.deepEqual(watch.problems, ['overlay_failed']);
  assert.deepEqual(reported, [['a', 'overlay_failed']]);
});

test('the top frame has to show the banner for a frame without room', () => {
  const top = frame(0, []);
  const small = frame(5, [['b', false]]);
  watch.review([top, small], true);
  watch.reported(small, false);
  clock(SEEN_WITHIN_ms);
  watch.review([top, small], true);
  assert.deepEqual(reported, [['b', 'banner_not_seen']]);
  watch.reported(top, true);
  assert.deepEqual(watch.problems, []);
});

test('a problem ends with its form, and when the policy wants no banner', () => {
  const page = frame(0, [['a', true]]);
  watch.review([page], true);
  watch.reported(page, false);
  watch.review([page], false);
  assert.deepEqual(watch.problems, []);
  page.surfaces.clear();
  watch.review([page], true);
  clock(SEEN_WITHIN_ms);
  assert.deepEqual(watch.problems, []);
});

test('a malformed report is ignored', () => {
  const page = frame(0, [['a', true]]);
  watch.review([page], true);
  for (const painted of ['true', 1, undefined, {}]) watch.reported(page, painted);
  clock(SEEN_WITHIN_ms);
  assert.deepEqual(watch.problems, ['banner_not_seen']);
});

test('a banner that the top frame has to show counts as not seen if no script is in the top frame', () => {
  for (const more of [{ docks: true }, { bare: true }]) {
    const inner = frame(3, [['a', false]], more);
    watch.review([inner], true);
    clock(SEEN_WITHIN_ms);
    assert.deepEqual(watch.problems, ['banner_not_seen']);
    const top = frame(0, []);
    watch.review([top, inner], true);
    assert.deepEqual(watch.problems, []);
    watch.reported(top, false);
    assert.deepEqual(watch.problems, ['banner_not_seen']);
    watch.review([], true);
  }
});

test('the top frame has to show the banner of a frame that cannot know whether its own is seen', () => {
  const [top, inner] = [frame(0, []), frame(3, [['a', true]], { docks: true })];
  watch.review([top, inner], true);
  watch.reported(inner, true);
  watch.reported(top, false);
  assert.deepEqual(watch.problems, ['banner_not_seen']);
});
