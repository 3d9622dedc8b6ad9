// Tests how page, icon, notifications and popup show what the host reports besides the state: reminders, the
// verification, other browsers.

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { HOST_ANSWER_ms, HOST_SILENCE_ms } from '../../../../extension/background/host/liveness.js';
import { createMessages } from '../../../../extension/common/messages.js';
import {
  contentPort, fakeApi, FakeClock, i18nOf, POLICY, popupPort, settle, statusOf,
} from '../../support/background.js';

const IDLE = { code: 'form_idle', message: 'untouched' };
const LONG = { code: 'manual_mute_long', message: 'long' };

let browser;
let clock;
let page;

async function start(language = 'en', policy = POLICY) {
  browser = fakeApi();
  clock = new FakeClock();
  const messages = createMessages(i18nOf(language));
  const coordinator = new Coordinator(browser.api, clock, messages, 'chromium');
  coordinator.listen();
  await coordinator.restore();
  page = contentPort();
  browser.api.runtime.onConnect.fire(page);
  host().policy = policy;
  host().welcome();
  await settle();
}

const host = () => browser.hosts.at(-1);
const open = () => page.receive({ type: 'surface.open', surface: 's1', reason: 'r', banner: true });
const told = () => page.last('status');
const toolbar = () => browser.calls.toolbar;
const notified = () => browser.calls.notifications.map(({ id }) => id);

beforeEach(() => start());

describe('an untouched form', () => {
  const held = { state: 'muted', surfaces: 1 };

  test('causes a reminder in the page, at the icon and once on the desktop; the state stays true', () => {
    open();
    host().say(held);
    const before = told().lines;
    host().say({ ...held, notices: [IDLE] });
    assert.equal(told().view, 'muted');
    assert.deepEqual(told().lines.slice(0, -1), before);
    assert.match(told().lines.at(-1), /^Reminder: .* untouched for more than 10 min\. Is it still needed\?/);
    assert.equal(toolbar().icon.path[16], 'icons/muted-16.png');
    assert.deepEqual([toolbar().badge.text, toolbar().colour.color], ['✓?', '#166534']);
    assert.match(toolbar().title.title, /^CardMute: Muted[^]*\nA payment form has been open and untouched/);
    assert.deepEqual(notified(), ['form_idle']);
    assert.match(browser.calls.notifications[0].title, /untouched/);
    assert.match(browser.calls.notifications[0].iconUrl, /icons\/off-128/);
    host().say({ ...held, verified: true, notices: [IDLE] });
    assert.deepEqual(notified(), ['form_idle']);
  });

  test('causes no reminder once the host no longer reports it, and another one the next time', () => {
    open();
    host().say({ ...held, notices: [IDLE] });
    const cleared = browser.calls.cleared.length;
    host().say(held);
    assert.doesNotMatch(told().lines.join(), /Reminder/);
    assert.equal(toolbar().badge.text, '✓');
    assert.doesNotMatch(toolbar().title.title, /untouched/);
    assert.deepEqual(browser.calls.cleared.slice(cleared), ['form_idle']);
    host().say({ ...held, notices: [IDLE] });
    assert.deepEqual(notified(), ['form_idle', 'form_idle']);
  });

  test('is reported without claiming a mute when the policy has resumed recording', async () => {
    await start('en', { ...POLICY, on_idle: 'resume', idle_minutes: 3 });
    open();
    host().reply('surface.open', { status: statusOf(held) });
    await settle();
    host().say({ ...held, notices: [IDLE] });
    host().say({ state: 'recording', surfaces: 1, notices: [IDLE] });
    assert.equal(told().view, 'recording');
    assert.match(told().lines[1], /Do not ask for the card/);
    assert.match(told().lines.at(-1), /for more than 3 min, so recording goes on/);
    assert.equal(toolbar().badge.text, 'REC?');
    assert.match(browser.calls.notifications.at(-1).title, /so recording goes on/);
    assert.deepEqual(notified(), ['form_idle', 'form_idle']);
  });

  test('is mentioned together with a problem, which stays more important', () => {
    open();
    host().say({ ...held, state: 'unprotected', problem: { code: 'timeout', message: '' }, notices: [IDLE] });
    assert.equal(told().view, 'unprotected');
    assert.equal(toolbar().badge.text, '!');
    assert.match(told().lines.at(-1), /^Reminder/);
    assert.deepEqual(notified(), ['unprotected', 'form_idle']);
  });

  test('causes a reminder in Hebrew', async () => {
    await start('he');
    open();
    host().say({ ...held, notices: [IDLE] });
    assert.match(told().lines.at(-1), /^תזכורת: .*10 דק׳/);
    assert.equal(told().dir, 'rtl');
  });
});

test('a long mute by hand causes a reminder outside the page, also with an untouched form', () => {
  host().say({ state: 'muted', override: 'mute', surfaces: 1, notices: [LONG] });
  assert.doesNotMatch(told().lines.join(), /Reminder/);
  assert.equal(toolbar().badge.text, '✓?');
  assert.match(toolbar().title.title, /ends by itself after 30 min/);
  host().say({ state: 'muted', override: 'mute', surfaces: 1, notices: [LONG, IDLE] });
  assert.deepEqual(notified(), ['manual_mute_long', 'form_idle']);
  host().say({});
  assert.deepEqual(browser.calls.cleared.slice(-2).sort(), ['form_idle', 'manual_mute_long']);
});

test('a long mute by forms causes a reminder at the icon and once on the desktop, and stays shown', () => {
  open();
  const long = { state: 'muted', surfaces: 1, notices: [{ code: 'form_mute_long', message: 'long' }] };
  host().say(long);
  host().say({ ...long, verified: true });
  assert.equal(told().view, 'muted');
  assert.equal(toolbar().badge.text, '✓?');
  assert.match(toolbar().title.title, /have kept this call muted for 10 min or more/);
  assert.deepEqual(notified(), ['form_mute_long']);
});

test('notices that only the popup shows cause no notification', () => {
  const before = structuredClone(toolbar());
  const notices = ['polarity_unproven', 'store_failed', 'left_muted', 'brand_new']
    .map((code) => ({ code, message: 'm' }));
  host().say({ notices });
  assert.deepEqual(toolbar(), before);
  assert.deepEqual(notified(), []);
  const popup = popupPort();
  browser.api.runtime.onConnect.fire(popup);
  assert.deepEqual(popup.last('snapshot').model.notices.map(({ code }) => code),
    ['left_muted', 'store_failed', 'polarity_unproven', 'brand_new']);
});

test('reminders end with the connection to the host', () => {
  host().say({ state: 'muted', override: 'mute', notices: [LONG] });
  host().drop('Native host has exited.');
  assert.doesNotMatch(toolbar().title.title, /ends by itself/);
  assert.equal(browser.calls.cleared.at(-1), 'manual_mute_long');
});

for (const [language, reason] of [['en', /the call is still being recorded/], ['he', /השיחה עדיין מוקלטת/]]) {
  test(`a mute that Voicenter does not confirm is shown at once and everywhere, in ${language}`, async () => {
    await start(language);
    open();
    host().say({ state: 'muted', surfaces: 1 });
    const problem = { code: 'verification_failed', message: 'x' };
    host().say({ state: 'unprotected', surfaces: 1, verified: false, problem });
    assert.equal(told().view, 'unprotected');
    assert.match(told().lines[1], reason);
    assert.equal(toolbar().icon.path[16], 'icons/unprotected-16.png');
    assert.equal(toolbar().badge.text, '!');
    assert.match(toolbar().title.title, reason);
    assert.deepEqual(notified(), ['unprotected']);
    assert.match(browser.calls.notifications[0].message, reason);
  });
}

describe('a mute that another browser holds', () => {
  test('is shown by the icon, and keeps the host connected', () => {
    host().pulse = { state: 'muted', elsewhere: 1 };
    host().say({ state: 'muted', elsewhere: 1 });
    assert.equal(toolbar().icon.path[16], 'icons/muted-16.png');
    page.drop();
    clock.advance(60_000);
    assert.equal(host().connected, true);
    assert.equal(toolbar().icon.path[16], 'icons/muted-16.png');
  });

  test('is no longer shown when the host hangs', () => {
    host().say({ state: 'muted', elsewhere: 1 });
    clock.advance(HOST_SILENCE_ms + HOST_ANSWER_ms);
    assert.notEqual(toolbar().icon.path[16], 'icons/muted-16.png');
  });
});
