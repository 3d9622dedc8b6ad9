// Tests the background's part of the interlock: in which tabs the agent continues without the mute, and which
// frames cannot show the banner.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { PASSING_ms } from '../../../../extension/background/ui/showing.js';
import { INTERLOCK_TIMEOUT_ms } from '../../../../extension/common/protocol.js';
import { createMessages } from '../../../../extension/common/messages.js';
import {
  contentPort, fakeApi, FakeClock, fakeI18n, POLICY, popupPort, settle, statusOf,
} from '../../support/background.js';

let browser;
let clock;
const host = () => browser.hosts.at(-1);

beforeEach(async () => {
  browser = fakeApi();
  clock = new FakeClock();
  const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  await settle();
});

/** Connects a frame, lets the host send the policy if it has not yet, and then opens a form in the frame. */
async function frame(sender, policy = { interlock: 'block', interlock_timeout_ms: 700 }) {
  const port = contentPort(sender);
  browser.api.runtime.onConnect.fire(port);
  if (host().sent.length === 1) {
    host().policy = { ...POLICY, ...policy };
    host().welcome();
  }
  await settle();
  port.receive({ type: 'surface.open', surface: 's1', reason: 'r', banner: true });
  await settle();
  return port;
}

/** Lets the host send a status, and waits until even a passing view is shown. */
const say = async (changes) => {
  host().say({ surfaces: 1, ...changes });
  clock.advance(PASSING_ms);
  await settle();
};
const released = (port) => port.last('status').released;
const continued = () => host().sent.filter(({ type }) => type === 'surface.continue')
  .map(({ surface }) => surface);

test('pages are sent the time after which the agent may continue', async () => {
  const port = await frame();
  assert.equal(port.sent[0].interlock_timeout_ms, INTERLOCK_TIMEOUT_ms);
  assert.equal(port.last('hello').interlock, 'block');
  assert.equal(port.last('hello').interlock_timeout_ms, 700);
});

test('continuing releases all frames of the tab and no other tab, and is reported to the host', async () => {
  const top = await frame();
  const inner = await frame({ frameId: 3 });
  const other = await frame({ tab: { id: 6, url: 'https://crm.example.com/' } });
  await say({ state: 'muting' });
  inner.receive({ type: 'continue' });
  await settle();
  assert.deepEqual([top, inner, other].map(released), [true, true, false]);
  assert.deepEqual(continued(), ['5-0-s1', '5-3-s1']);
});

test('the release ends when the call is muted, and does not return when the mute is lost', async () => {
  const port = await frame();
  await say({ state: 'muting' });
  port.receive({ type: 'continue' });
  await say({ state: 'muted' });
  assert.equal(released(port), false);
  await say({ state: 'unprotected' });
  assert.equal(released(port), false);
});

test('the release ends with the last form of the tab', async () => {
  const port = await frame();
  await say({ state: 'muting' });
  port.receive({ type: 'continue' });
  port.receive({ type: 'surface.close', surface: 's1', reason: 'removed' });
  port.receive({ type: 'surface.open', surface: 's2', reason: 'r', banner: true });
  await say({ state: 'unprotected' });
  assert.equal(released(port), false);
});

test('a page without a form, or outside policy.sites, cannot continue', async () => {
  const top = await frame();
  const stranger = await frame({ tab: { id: 7, url: 'https://other.example/' } });
  await say({ state: 'muting' });
  stranger.receive({ type: 'continue' });
  top.receive({ type: 'surface.close', surface: 's1', reason: 'removed' });
  top.receive({ type: 'continue' });
  await settle();
  assert.deepEqual(continued(), []);
});

test('card fields do not wait while the agent records by hand', async () => {
  const port = await frame();
  await say({ state: 'recording', override: 'record' });
  assert.equal(released(port), true);
  await say({ state: 'muting', override: 'auto' });
  assert.equal(released(port), false);
});

test('the top frame shows the banner for a frame that allows no script', async () => {
  const top = await frame();
  const inner = await frame({ frameId: 3 });
  const { executeScript } = browser.api.scripting;
  browser.api.scripting.executeScript = async (details) => {
    if (details.target.frameIds?.includes(3)) throw new Error('Cannot access contents of the page.');
    return executeScript(details);
  };
  top.receive({ type: 'overlay' });
  await settle();
  await say({ state: 'muting' });
  assert.equal(top.last('status').docked, false);
  inner.receive({ type: 'overlay' });
  await settle();
  assert.equal(top.last('status').docked, true);
});

test('overlay.js is injected even if no banner is wanted, because it reports typing', async () => {
  const port = await frame({}, { interlock: 'off' });
  port.receive({ type: 'overlay' });
  await settle();
  assert.equal(browser.calls.injected.filter(({ files }) => files.includes('overlay.js')).length, 1);
});

test('continuing while the host is away is reported once the host is back, and only once', async () => {
  const port = await frame();
  host().drop('crashed');
  await settle();
  port.receive({ type: 'continue' });
  await settle();
  clock.advance(1000);
  host().welcome();
  await settle();
  const told = () => host().sent.filter(({ type }) => type === 'surface.continue');
  assert.deepEqual(told().map(({ surface }) => surface), ['5-0-s1']);
  host().reply('surface.continue');
  await settle();
  host().drop('crashed');
  await settle();
  clock.advance(1000);
  host().welcome();
  await settle();
  assert.deepEqual(told(), []);
});

/** @returns {any} the popup's port */
async function openPopup() {
  const port = popupPort();
  browser.api.runtime.onConnect.fire(port);
  await settle();
  return port;
}

test('the popup offers to continue once card fields have waited in vain, and releases all tabs', async () => {
  const top = await frame();
  const other = await frame({ tab: { id: 6, url: 'https://crm.example.com/' } });
  await say({ state: 'muting' });
  const popup = await openPopup();
  assert.equal(popup.last('snapshot').mayGoOn, false);
  clock.advance(700);
  assert.equal(popup.last('snapshot').mayGoOn, true);
  popup.receive({ type: 'continue' });
  await settle();
  assert.equal(popup.last('snapshot').mayGoOn, false);
  assert.deepEqual([top, other].map(released), [true, true]);
  assert.deepEqual(continued(), ['5-0-s1', '6-0-s1']);
  assert.equal(host().last('surface.continue').seen, undefined, 'nobody knows whether the banner was seen');
});

test('the popup does not offer to continue when the call is muted, or without an interlock', async () => {
  await frame();
  await say({ state: 'muting' });
  const popup = await openPopup();
  clock.advance(700);
  await say({ state: 'muted' });
  assert.equal(popup.last('snapshot').mayGoOn, false);
  await say({ state: 'unprotected' });
  assert.equal(popup.last('snapshot').mayGoOn, false, 'the wait starts again');
  clock.advance(700);
  assert.equal(popup.last('snapshot').mayGoOn, true);
  host().receive({ type: 'status', status: statusOf({ surfaces: 1, state: 'unprotected' }),
    policy: { ...POLICY, interlock: 'warn' } });
  await settle();
  assert.equal(popup.last('snapshot').mayGoOn, false);
});
