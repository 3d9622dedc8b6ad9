// Tests when the background shows that a mute is in flight: not while it may be acknowledged at any moment.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { PASSING_ms } from '../../../../extension/background/ui/showing.js';
import { createMessages } from '../../../../extension/common/messages.js';
import { crossing_ms } from '../../../../extension/content/background-status.js';
import {
  contentPort, fakeApi, FakeClock, fakeI18n, POLICY, popupPort, settle, statusOf,
} from '../../support/background.js';

let browser;
let clock;
let page;
let popup;
const host = () => browser.hosts.at(-1);
const muted = { state: 'muted', surfaces: 1 };

beforeEach(async () => {
  browser = fakeApi();
  clock = new FakeClock();
  const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  page = contentPort();
  browser.api.runtime.onConnect.fire(page);
  host().policy = POLICY;
  host().welcome();
  popup = popupPort();
  browser.api.runtime.onConnect.fire(popup);
  await settle();
  page.sent.length = 0;
  popup.sent.length = 0;
});

const opens = (surface) =>
  page.receive({ type: 'surface.open', surface, reason: 'autocomplete cc-number', banner: true });
/** The views that page and popup were sent, and the icon's. */
const shown = () => [
  page.sent.filter(({ type }) => type === 'status').map(({ view }) => view),
  popup.sent.map(({ model }) => model.view),
  browser.calls.toolbar.icon.path[16].match(/icons\/(.+)-16/)[1],
];

test('a mute that is acknowledged soon is shown once, as muted, and no work is done before', async () => {
  opens('s1');
  host().say({ state: 'muting', surfaces: 1 });
  clock.advance(PASSING_ms - 1);
  await settle();
  assert.deepEqual(shown(), [[], [], 'recording']);
  host().reply('surface.open', { status: statusOf(muted) });
  await settle();
  host().say(muted);
  clock.advance(PASSING_ms);
  assert.deepEqual(shown(), [['muted'], ['muted'], 'muted']);
});

test('a mute that is in flight for longer is shown everywhere', () => {
  opens('s1');
  clock.advance(PASSING_ms);
  assert.deepEqual(shown(), [['muting'], ['muting'], 'muting']);
  host().say({ state: 'unprotected', surfaces: 1 });
  assert.equal(page.last('status').view, 'unprotected');
});

test('the next mute in flight is postponed as the first was', async () => {
  for (const surface of ['s1', 's2']) {
    opens(surface);
    assert.notEqual(page.last('status')?.view, 'muting');
    clock.advance(PASSING_ms);
    assert.equal(page.last('status').view, 'muting');
    host().reply('surface.open', { status: statusOf(muted) });
    page.receive({ type: 'surface.close', surface, reason: 'hidden' });
    host().reply('surface.close', { status: statusOf() });
    await settle();
    assert.equal(page.last('status').view, 'recording');
  }
});

test('after an unmute in flight, whose icon may still say "muted", it is shown at once', async () => {
  opens('s1');
  host().reply('surface.open', { status: statusOf(muted) });
  await settle();
  page.receive({ type: 'surface.close', surface: 's1', reason: 'hidden' });
  host().reply('surface.close', { status: statusOf({ state: 'unmuting' }) });
  await settle();
  assert.deepEqual(shown()[2], 'muted', 'the icon of an unmute in flight waits');
  opens('s2');
  assert.equal(page.last('status').view, 'muting');
  assert.equal(shown()[2], 'muting');
});

test('a mute that may be about to end is not shown as a mute for even a moment', async () => {
  opens('s1');
  host().reply('surface.open', { status: statusOf(muted) });
  await settle();
  page.receive({ type: 'surface.close', surface: 's1', reason: 'hidden' });
  opens('s2');
  assert.equal(page.last('status').view, 'muting');
  assert.equal(popup.last('snapshot').model.view, 'muting');
  assert.equal(browser.calls.toolbar.icon.path[16], 'icons/muting-16.png');
});

test('an ended worker is started again also while its mute is not shown yet', () => {
  assert.equal(browser.calls.alarms.size, 0);
  opens('s1');
  assert.equal(browser.calls.alarms.size, 1);
});

test('the status of a form arrives before the content script takes an earlier status for current', () => {
  assert.ok(PASSING_ms < crossing_ms);
});
