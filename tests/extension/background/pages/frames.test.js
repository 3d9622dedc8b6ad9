// Tests how the background treats frames: which frames a page hides, when each frame gets its hello, and
// which age of a form the host gets.

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { createMessages } from '../../../../extension/common/messages.js';
import { MAX_AGO_ms } from '../../../../extension/common/protocol.js';
import { FRAME_SEEN_ms } from '../../../../extension/background/pages/unseen-frames.js';
import {
  contentPort, fakeApi, FakeClock, fakeEvent, fakeI18n, i18nOf, POLICY, popupPort, settle,
} from '../../support/background.js';

const PROVIDER = { frameId: 3, origin: 'https://js.stripe.com', url: 'https://js.stripe.com/v3/elements-inner-card.html' };

let browser;
let clock;
let coordinator;
const host = () => browser.hosts.at(-1);

beforeEach(() => {
  browser = fakeApi();
  clock = new FakeClock();
  coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
});

/** Connects the script of a frame. */
function connect(sender) {
  const port = contentPort(sender);
  browser.api.runtime.onConnect.fire(port);
  return port;
}

const open = (port, more) => port.receive({ type: 'surface.open', surface: 's1', reason: 'r', ...more });

async function ready(policy = {}) {
  await coordinator.restore();
  const top = connect();
  host().policy = { ...POLICY, ...policy };
  host().welcome();
  await settle();
  return top;
}

const rules = [{
  name: 'r', match: ['https://js.stripe.com/*'], open: [{ selector: 'form' }], close: [], approved: [],
  declined: [], ignore_all: false, ignore: [],
}];

test('forms in a hidden card frame count once it is shown; then it gets its rules', async () => {
  const top = await ready({ rules });
  top.receive({ type: 'hidden', hosts: ['js.stripe.com'] });
  const inner = connect(PROVIDER);
  open(inner);
  assert.equal(host().last('surface.open'), undefined);
  assert.deepEqual(inner.last('hello').rules, []);
  top.receive({ type: 'hidden', hosts: [] });
  assert.equal(host().last('surface.open').surface, '5-3-s1');
  assert.equal(inner.last('hello').rules.length, 1);
  top.receive({ type: 'hidden', hosts: ['js.stripe.com'] });
  assert.equal(host().last('surface.close').surface, '5-3-s1');
});

test('a card frame that a redirect has brought counts although one of its host is hidden', async () => {
  const top = await ready();
  top.receive({ type: 'hidden', hosts: ['js.stripe.com'] });
  const shown = connect(PROVIDER);
  open(shown);
  assert.equal(host().last('surface.open'), undefined, 'it may be the hidden one');
  const hidden = connect({ ...PROVIDER, frameId: 4 });
  assert.equal(host().last('surface.open').surface, '5-3-s1');
  hidden.drop();
  assert.equal(host().last('surface.close').surface, '5-3-s1');
  top.receive({ type: 'hidden', hosts: ['js.stripe.com', 'js.stripe.com'] });
  connect({ ...PROVIDER, frameId: 4 });
  assert.equal(host().sent.filter(({ type }) => type === 'surface.open').length, 1, 'both are hidden');
});

test('a frame is not hidden by another tab\'s page, for another host, or by itself', async () => {
  const top = await ready();
  const other = connect({ tab: { id: 6, url: 'https://crm.example.com/' } });
  const inner = connect(PROVIDER);
  other.receive({ type: 'hidden', hosts: ['js.stripe.com'] });
  top.receive({ type: 'hidden', hosts: ['pay.example.com', 7] });
  inner.receive({ type: 'hidden', hosts: ['js.stripe.com'] });
  open(inner);
  assert.equal(host().last('surface.open').surface, '5-3-s1');
});

test('hiding a card frame does not hide another frame of the same host', async () => {
  const top = await ready();
  top.receive({ type: 'hidden', hosts: ['js.stripe.com'] });
  const inner = connect({ ...PROVIDER, url: 'https://js.stripe.com/v3/other.html' });
  open(inner);
  assert.equal(host().last('surface.open').surface, '5-3-s1');
});

test('a page that goes no longer hides any frame', async () => {
  const top = await ready();
  const inner = connect(PROVIDER);
  top.receive({ type: 'hidden', hosts: ['js.stripe.com'] });
  open(inner);
  top.drop();
  assert.equal(host().last('surface.open').surface, '5-3-s1');
});

test('no hello is sent before the stored policy has been read', async () => {
  browser.api.storage.local.data.policy = { ...POLICY, rules };
  const port = connect({ origin: 'https://js.stripe.com' });
  assert.equal(port.last('hello'), undefined);
  await coordinator.restore();
  assert.deepEqual(port.sent.filter(({ type }) => type === 'hello').map((hello) => hello.rules.length), [1]);
});

test('a hello is sent even if storage cannot be read', async () => {
  browser.api.storage.local.get = async () => { throw new Error('damaged'); };
  const port = connect();
  await coordinator.restore();
  assert.equal(port.last('hello').type, 'hello');
});

for (const [url, origin, sites] of [
  ['about:blank', 'https://crm.example.com', 1], ['blob:https://crm.example.com/5', 'https://crm.example.com', 1],
  ['about:blank', 'https://other.example', 0],
]) {
  test(`a window at ${url} belongs to the site of its origin: ${origin}`, async () => {
    await ready();
    open(connect({ origin, url, tab: { id: 6, url } }));
    assert.equal(host().last('surface.open') === undefined ? 0 : 1, sites);
  });
}

test('the age of a form is sent once, and not if it is over the limit', async () => {
  const top = await ready();
  open(top, { visible_ms_ago: 12 });
  assert.equal(host().last('surface.open').visible_ms_ago, 12);
  host().drop('crashed');
  clock.advance(1000);
  host().welcome();
  await settle();
  assert.equal('visible_ms_ago' in host().last('surface.open'), false, 'declared again');
  host().drop('crashed');
  top.receive({ type: 'surface.open', surface: 's2', reason: 'r', visible_ms_ago: 0 });
  clock.now_ms += MAX_AGO_ms + 1;
  clock.advance(20_000);
  host().welcome();
  await settle();
  assert.equal(host().last('surface.open').surface, '5-0-s2');
  assert.equal('visible_ms_ago' in host().last('surface.open'), false);
});

describe('a frame in which no script connects', () => {
  const PAY = { frameId: 4, origin: 'https://pay.example.com', url: 'https://pay.example.com/card' };
  const PATH = 'https://path.example.com';
  const OTHER = 'https://other.example.net';
  const sites = [...POLICY.sites, 'https://pay.example.com/*', 'https://path.example.com/pay/*'];
  let popup;
  let top;

  const frames = (drawn, origins = drawn) => top.receive({ type: 'frames', origins, drawn });

  /** @param {string[]} origins of the drawn frames @param {string[]} [all] */
  async function named(origins, all) {
    top = await ready({ sites });
    popup = popupPort();
    browser.api.runtime.onConnect.fire(popup);
    frames(origins, all);
  }
  const model = () => popup.last('snapshot').model;
  const unseen = () => model().problems.filter(({ code }) => code === 'frame_unseen')
    .map(({ message }) => message);

  for (const language of /** @type {const} */ (['en', 'he'])) {
    test(`is a problem that icon, popup and one notification show, ${language}`, async () => {
      coordinator = new Coordinator(browser.api, clock, createMessages(i18nOf(language)), 'chromium');
      browser.api.runtime.onConnect = fakeEvent();
      coordinator.listen();
      await named([PAY.origin]);
      clock.advance(FRAME_SEEN_ms);
      await settle();
      assert.equal(model().words.title, 'view_recording_unseen', 'never that no form is open');
      assert.equal(model().words.about, 'pay.example.com');
      assert.equal(browser.calls.toolbar.badge.text, '!');
      assert.match(browser.calls.toolbar.title.title, /pay\.example\.com/);
      const told = browser.calls.notifications.filter(({ id }) => id === 'frame_unseen');
      assert.equal(told.length, 1);
      assert.match(told[0].message, /pay\.example\.com/);
      host().say({ state: 'muted', surfaces: 1 });
      assert.equal(browser.calls.toolbar.badge.text, '✓?');
      assert.equal(model().problems[0].code, 'frame_unseen');
    });
  }

  test('is named if its script does not connect in time, until it does', async () => {
    await named([PAY.origin]);
    clock.advance(FRAME_SEEN_ms - 1);
    assert.deepEqual(unseen(), []);
    clock.advance(1);
    assert.deepEqual(unseen(), ['pay.example.com']);
    connect(PAY);
    await settle();
    assert.deepEqual(unseen(), []);
    assert.ok(browser.calls.cleared.includes('frame_unseen'));
  });

  test('is named also if only a part of its site is watched, or nothing of it', async () => {
    await named([PATH, OTHER]);
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), ['path.example.com, other.example.net']);
  });

  test('is not named if its script is there, or nobody could see a form in it', async () => {
    await named([PAY.origin], [PAY.origin, OTHER]);
    connect(PAY);
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), []);
    frames([]);
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), []);
  });

  test('is not named if a frame of an unnamed origin may be it, since frames are redirected', async () => {
    await named([OTHER], [OTHER, 'https://crm.example.com']);
    const led = connect({ frameId: 5, origin: 'https://login.example.org' });
    connect({ frameId: 6 });
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), []);
    led.drop();
    assert.deepEqual(unseen(), [], 'it may load another document');
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), ['other.example.net']);
    frames([PAY.origin]);
    connect({ frameId: 5, origin: 'https://login.example.org' });
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), ['pay.example.com'], 'a watched site is named all the same');
  });

  test('is given time again when it loads another document', async () => {
    await named([PAY.origin]);
    const inner = connect(PAY);
    clock.advance(FRAME_SEEN_ms);
    inner.drop();
    await settle();
    assert.deepEqual(unseen(), []);
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), ['pay.example.com']);
  });

  test('is named no longer once it or its page has gone', async () => {
    await named([PAY.origin]);
    clock.advance(FRAME_SEEN_ms);
    frames([]);
    assert.deepEqual(unseen(), []);
    frames([PAY.origin]);
    clock.advance(FRAME_SEEN_ms);
    assert.deepEqual(unseen(), ['pay.example.com']);
    top.drop();
    await settle();
    assert.deepEqual(unseen(), []);
  });
});
