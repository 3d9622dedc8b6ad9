// Tests the background as a whole, with a fake browser and a fake host.

import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { BACKOFF_FIRST_ms, BACKOFF_MAX_ms } from '../../../extension/background/host/backoff.js';
import { TAB_CHECK_ms } from '../../../extension/background/pages/closed-tabs.js';
import { REPLACED_AFTER_ms } from '../../../extension/background/pages/content-ports.js';
import { Coordinator, IDLE_CLOSE_ms } from '../../../extension/background/coordinator.js';
import { PASSING_ms } from '../../../extension/background/ui/showing.js';
import { FRAMES_MIN_ms } from '../../../extension/background/pages/injection.js';
import { HOST_ANSWER_ms, HOST_SILENCE_ms } from '../../../extension/background/host/liveness.js';
import { RETRY_MIN_ms } from '../../../extension/background/host/native-port.js';
import { REQUEST_TIMEOUT_ms } from '../../../extension/background/host/pending.js';
import { ACTIVE_MIN_ms, MAX_DECLARED } from '../../../extension/background/host/declared-surfaces.js';
import { CARD_FRAMES_DATE } from '../../../extension/common/card-frames.js';
import { createMessages } from '../../../extension/common/messages.js';
import { MAX_REASON_characters } from '../../../extension/common/protocol.js';
import {
  contentPort, fakeApi, FakeClock, fakeEvent, fakeI18n, POLICY, popupPort, settle, SITE, statusOf,
} from '../support/background.js';

let browser;
let clock;

async function start() {
  const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  await settle();
}

beforeEach(() => {
  browser = fakeApi();
  clock = new FakeClock();
});

const host = () => browser.hosts.at(-1);
const connect = (port) => {
  browser.api.runtime.onConnect.fire(port);
  return port;
};

/** Connects a page, and lets the host answer the handshake if it has not answered yet. */
async function page(sender) {
  const port = connect(contentPort(sender));
  if (host().last('hello') && host().sent.length === 1) host().welcome();
  await settle();
  return port;
}

test('the listener for the start of the browser is the first of all', async () => {
  const added = [];
  for (const [area, events] of Object.entries({ ...browser.api, managed: browser.api.storage.managed })) {
    for (const [name, event] of Object.entries(events)) {
      const { addListener } = event ?? {};
      if (!addListener) continue;
      event.addListener = (listen) => { added.push(`${area}.${name}`); addListener(listen); };
    }
  }
  await start();
  assert.equal(added[0], 'runtime.onStartup');
  assert.ok(added.includes('alarms.onAlarm'));
});

const open = (port, surface = 's1', banner = true) => {
  port.receive({ type: 'surface.open', surface, reason: 'autocomplete cc-number', banner });
  port.receive({ type: 'banner', painted: true });
};
const viewOf = (port) => port.last('status')?.view;

test('a hello has the date of the list of payment providers', async () => {
  await start();
  await page();
  assert.equal(host().last('hello').client.card_frames_date, CARD_FRAMES_DATE);
});

describe('a page and its form', () => {
  test('a closed tab holds no mute, although its port never ends', async () => {
    await start();
    const port = await page();
    open(port);
    assert.equal(host().last('surface.open').surface, '5-0-s1');
    browser.api.tabs.onRemoved.fire(6);
    assert.equal(host().last('surface.close'), undefined);
    browser.api.tabs.onRemoved.fire(5);
    assert.equal(host().last('surface.close').surface, '5-0-s1');
    assert.equal(port.connected, false);
  });

  test('a tab that closes without an event ends its mute at the next check of the tab', async () => {
    await start();
    const port = await page();
    open(port);
    browser.closedTabs.add(5);
    clock.advance(TAB_CHECK_ms - 1);
    await settle();
    assert.equal(host().last('surface.close'), undefined);
    clock.advance(1);
    await settle();
    assert.equal(host().last('surface.close').surface, '5-0-s1');
    assert.equal(port.connected, false);
  });

  test('a script that connects after its tab was closed holds no mute', async () => {
    await start();
    browser.closedTabs.add(5);
    const port = connect(contentPort());
    open(port);
    await settle();
    assert.equal(port.connected, false);
    host().welcome();
    await settle();
    assert.equal(host().last('surface.open'), undefined);
  });

  for (const documentLifecycle of ['cached', 'pending_deletion']) {
    test(`a script in a page that is ${documentLifecycle} holds no mute: its port is refused`, async () => {
      await start();
      await page();
      const hidden = connect(contentPort({ frameId: 4, documentLifecycle }));
      open(hidden, 'hidden');
      assert.equal(hidden.connected, false);
      assert.equal(host().last('surface.open'), undefined);
    });
  }

  test('a form that opens and closes: from hello to muted and back to recording', async () => {
    await start();
    const port = await page();
    assert.equal(port.sent[0].type, 'hello');
    assert.deepEqual([port.sent[0].dir, port.sent[0].lang, port.sent[0].interlock], ['ltr', 'en', 'warn']);
    assert.equal(viewOf(port), 'recording');

    open(port);
    assert.deepEqual(host().last('surface.open'), {
      id: 2, type: 'surface.open', surface: '5-0-s1', origin: 'https://crm.example.com',
      reason: 'autocomplete cc-number',
    });
    clock.advance(PASSING_ms);
    assert.equal(viewOf(port), 'muting');
    host().say({ state: 'muting', surfaces: 1 });
    host().say({ state: 'muted', surfaces: 1 });
    assert.equal(viewOf(port), 'muted');
    assert.equal(port.last('status').lines[0], 'Muted – go ahead');
    assert.equal(browser.calls.toolbar.badge.text, '✓');
    assert.equal(browser.calls.toolbar.icon.path[16], 'icons/muted-16.png');
    assert.match(browser.calls.toolbar.title.title, /^CardMute: Muted/);
    host().reply('surface.open', { status: statusOf({ state: 'muted', surfaces: 1 }) });

    port.receive({ type: 'surface.active', surface: 's1' });
    port.receive({ type: 'surface.active', surface: 's1' });
    clock.advance(ACTIVE_MIN_ms);
    port.receive({ type: 'surface.active', surface: 's1' });
    assert.equal(host().sent.filter(({ type }) => type === 'surface.active').length, 2);

    port.receive({ type: 'surface.close', surface: 's1', reason: 'hidden' });
    assert.equal(host().last('surface.close').surface, '5-0-s1');
    host().say({ state: 'unmuting' });
    assert.equal(viewOf(port), 'unmuting');
    host().say({});
    assert.equal(viewOf(port), 'recording');
  });

  test('a page that declares a form is answered, although nothing has changed', async () => {
    await start();
    const port = await page();
    open(port);
    host().say({ state: 'muted', surfaces: 1 });
    const before = port.sent.length;
    open(port, 's2');
    assert.equal(port.sent.length, before + 1);
    assert.equal(viewOf(port), 'muted');
  });

  test('forms beyond the limit of declared forms keep the mute until the last one closes', async () => {
    await start();
    const port = await page();
    const held = () => {
      const names = new Set();
      let least = Infinity;
      for (const { type, surface } of host().sent) {
        if (type === 'surface.open') names.add(surface);
        if (type === 'surface.close') least = Math.min(least, names.delete(surface) ? names.size : least);
      }
      return { now: names.size, least };
    };
    const close = (n) => port.receive({ type: 'surface.close', surface: `s${n}`, reason: 'hidden' });
    const number = MAX_DECLARED + 3;
    for (let n = 0; n < number; n += 1) open(port, `s${n}`);
    assert.equal(held().now, MAX_DECLARED);
    for (let n = 0; n < MAX_DECLARED; n += 1) close(n);
    assert.deepEqual(held(), { now: 3, least: 3 });
    for (let n = MAX_DECLARED; n < number; n += 1) close(n);
    assert.equal(held().now, 0);
  });

  test('the end of a port closes its surfaces', async () => {
    await start();
    const port = await page();
    open(port, 's1');
    open(port, 's2');
    port.drop();
    const closed = host().sent.filter(({ type }) => type === 'surface.close');
    const told = closed.map(({ surface, reason }) => `${surface} ${reason}`);
    assert.deepEqual(told, ['5-0-s1 gone', '5-0-s2 gone']);
  });

  test('the same ID in two frames makes two surfaces, and no ID is too long', async () => {
    await start();
    const name = 'x'.repeat(64);
    const top = await page();
    const frame = await page({ frameId: 3, origin: 'https://pay.example' });
    open(top, 's1');
    open(frame, 's1');
    open(frame, name);
    const opened = host().sent.filter(({ type }) => type === 'surface.open');
    assert.deepEqual(opened.map(({ surface }) => surface), ['5-0-s1', '5-3-s1', name]);
    assert.equal(opened[1].origin, 'https://pay.example');
  });

  test('a frame without an address of its own is declared with the origin of its tab', async () => {
    await start();
    const frame = await page({ frameId: 3, origin: 'null', url: 'about:srcdoc' });
    open(frame);
    assert.equal(host().last('surface.open').origin, 'https://crm.example.com');
  });

  test('the top frame shows the banner for a frame without room for one', async () => {
    await start();
    const top = await page();
    const frame = await page({ frameId: 3 });
    const elsewhere = await page({ tab: { id: 6, url: 'https://crm.example.com/' } });
    open(frame, 's1', false);
    clock.advance(PASSING_ms);
    assert.deepEqual([top, frame, elsewhere].map((port) => port.last('status').docked), [true, false, false]);
    frame.drop();
    assert.equal(top.last('status').docked, false);
  });

  test('malformed messages of a page are ignored', async () => {
    await start();
    const port = await page();
    const nonsense = [null, 7, 'surface.open', {}, { type: 'surface.open' },
      { type: 'surface.open', surface: 7 }, { type: 'surface.explode', surface: 's' },
      { type: 'surface.close', surface: 'never opened' }];
    for (const message of nonsense) port.receive(message);
    assert.equal(host().sent.length, 1);
  });
});

test('a form whose request is never answered is shown as not muted, and declared again', async () => {
  await start();
  const port = await page();
  open(port);
  const first = host().last('surface.open');
  browser.hosts.at(-1).pulse = {};
  clock.advance(REQUEST_TIMEOUT_ms);
  await settle();
  const again = host().last('surface.open');
  assert.notEqual(again.id, first.id);
  assert.equal(again.surface, first.surface);
  assert.equal(port.last('status').view, 'unprotected');
  host().reply('surface.open', { status: statusOf({ state: 'muted', surfaces: 1 }) });
  await settle();
  assert.equal(port.last('status').view, 'muted');
});

describe('the close of a form that the host does not answer', () => {
  /** Opens a form, mutes the call and closes the form; the host does not answer the close. */
  async function closeUnanswered() {
    await start();
    const port = await page();
    open(port);
    host().pulse = { state: 'muted', surfaces: 1 };
    host().reply('surface.open', { status: statusOf(host().pulse) });
    await settle();
    port.receive({ type: 'surface.close', surface: 's1', reason: 'hidden' });
    return port;
  }
  const closes = () => host().sent.filter(({ type }) => type === 'surface.close');

  test('is repeated at each deadline, until it is answered', async () => {
    await closeUnanswered();
    for (const times of [1, 2, 3]) {
      assert.equal(closes().length, times);
      clock.advance(REQUEST_TIMEOUT_ms);
      await settle();
    }
    assert.deepEqual(new Set(closes().map(({ surface }) => surface)), new Set(['5-0-s1']));
    host().reply('surface.close');
    await settle();
    clock.advance(3 * REQUEST_TIMEOUT_ms);
    await settle();
    assert.equal(closes().length, 4);
  });

  test('is not repeated once the form is open again: that would end its mute', async () => {
    const port = await closeUnanswered();
    open(port);
    clock.advance(REQUEST_TIMEOUT_ms);
    await settle();
    assert.equal(closes().length, 1);
  });

  test('is not repeated to another host, to which only open forms are declared', async () => {
    await closeUnanswered();
    host().drop('Native host has exited.');
    clock.advance(BACKOFF_MAX_ms);
    host().welcome();
    clock.advance(REQUEST_TIMEOUT_ms);
    await settle();
    assert.deepEqual(closes(), []);
  });
});

test('a page that closes a form is answered, even if the background does not know the form', async () => {
  await start();
  const port = await page();
  for (const surface of ['s1', 'unknown']) {
    const before = port.sent.length;
    if (surface === 's1') open(port);
    port.receive({ type: 'surface.close', surface, reason: 'hidden' });
    assert.ok(port.sent.length > before, surface);
    assert.equal(port.sent.at(-1).type, 'status');
  }
});

test('each answer repeats the number of the form that was declared or closed last', async () => {
  await start();
  const port = await page();
  const stranger = await page({ frameId: 3, tab: { id: 6, url: 'https://elsewhere.example/' } });
  assert.equal(port.sent[0].answers, 0);
  port.receive({ type: 'surface.open', surface: 's1', reason: 'r', number: 1 });
  clock.advance(PASSING_ms);
  assert.equal(port.sent.at(-1).answers, 1);
  port.receive({ type: 'surface.close', surface: 's1', reason: 'hidden', number: 2 });
  assert.equal(port.sent.at(-1).answers, 2);
  stranger.receive({ type: 'surface.open', surface: 's1', reason: 'r', number: 1 });
  assert.deepEqual([stranger.sent.at(-1).type, stranger.sent.at(-1).answers], ['hello', 1]);
});

test('a message of a port that has ended opens no form, which nothing would close', async () => {
  await start();
  const port = await page();
  port.drop();
  open(port);
  assert.equal(host().last('surface.open'), undefined);
});

test('a frame that declares its form on a new port keeps the mute when the old port ends late', async () => {
  await start();
  open(await page());
  open(await page());
  clock.advance(REPLACED_AFTER_ms);
  assert.equal(host().last('surface.close'), undefined);
});

test('half of a surrogate pair, from a page or from a cut, never reaches the host', async () => {
  await start();
  const port = await page();
  const pair = '\u{1f4b3}';
  const long = 'x'.repeat(MAX_REASON_characters - 1) + pair;
  port.receive({ type: 'surface.open', surface: 's1', reason: long });
  assert.equal(host().last('surface.open').reason, 'x'.repeat(MAX_REASON_characters - 1));
  port.receive({ type: 'surface.open', surface: 's2', reason: `rule "${pair[0]}" ${pair}` });
  assert.equal(host().last('surface.open').reason, `rule "\ufffd" ${pair}`);
  port.receive({ type: 'surface.close', surface: 's1', reason: pair[1] });
  assert.equal(host().last('surface.close').reason, '\ufffd');
});

describe('whose forms count', () => {
  test('a form in a page outside policy.sites does not count', async () => {
    browser.api.storage.local.data.policy = POLICY;
    await start();
    const port = connect(contentPort({ tab: { id: 9, url: 'https://elsewhere.test/' } }));
    open(port);
    assert.equal(browser.hosts.length, 0);
    assert.equal(viewOf(port), undefined);
  });

  test('the forms of a page count as long as the policy lists its site', async () => {
    browser.api.storage.local.data.policy = POLICY;
    await start();
    const tab = { id: 9, url: 'https://elsewhere.test/' };
    const other = connect(contentPort({ tab, origin: 'https://elsewhere.test' }));
    await page();
    open(other);
    assert.equal(host().last('surface.open'), undefined);
    const policy = { ...POLICY, sites: ['https://elsewhere.test/*'] };
    host().receive({ type: 'status', status: statusOf(), policy });
    assert.equal(host().last('surface.open').origin, 'https://elsewhere.test');
    host().receive({ type: 'status', status: statusOf(), policy: POLICY });
    assert.equal(host().last('surface.close').surface, '9-0-s1');
  });

  test('a page whose site leaves the policy keeps no "muted", and its fields need not wait', async () => {
    browser.api.storage.local.data.policy = POLICY;
    await start();
    const port = await page();
    host().welcome();
    open(port);
    host().say({ state: 'muted', surfaces: 1 });
    await settle();
    assert.equal(viewOf(port), 'muted');
    const policy = { ...POLICY, sites: ['https://elsewhere.test/*'] };
    host().receive({ type: 'status', status: statusOf(), policy });
    await settle();
    assert.equal(host().last('surface.close').surface, '5-0-s1');
    assert.equal(viewOf(port), 'recording');
    assert.equal(port.last('status').released, true);
  });

  test('a port from outside the extension is refused', async () => {
    await start();
    const foreign = connect(contentPort({ id: 'another-extension' }));
    assert.equal(foreign.connected, false);
    const page5 = contentPort();
    page5.name = 'popup';
    connect(page5);
    assert.equal(page5.connected, false);
  });
});

describe('the connection to the host', () => {
  test('an open form is unprotected at once, notified once, and declared again by the same id', async () => {
    await start();
    const port = await page();
    open(port);
    host().say({ state: 'muted', surfaces: 1 });
    host().drop('Native host has exited.');
    assert.equal(viewOf(port), 'unprotected');
    assert.match(port.last('status').lines[1], /broke off/);
    assert.equal(browser.calls.toolbar.badge.text, '!');
    assert.equal(browser.calls.notifications.length, 1);
    assert.match(browser.calls.notifications[0].title, /NOT MUTED/);

    clock.advance(2 * BACKOFF_FIRST_ms);
    assert.equal(viewOf(port), 'unprotected');
    host().drop('Native host has exited.');
    clock.advance(2 * BACKOFF_FIRST_ms);
    host().welcome();
    assert.equal(host().last('surface.open').surface, '5-0-s1');
    clock.advance(PASSING_ms);
    assert.equal(viewOf(port), 'muting');
    const cleared = () => browser.calls.cleared.filter((id) => id === 'unprotected').length;
    assert.equal(cleared(), 1); // the first worker clears a notification that an earlier worker may have left
    host().say({ state: 'muted', surfaces: 1 });
    assert.equal(viewOf(port), 'muted');
    assert.equal(browser.calls.notifications.length, 1);
    assert.equal(cleared(), 2);
  });

  test('a form that opens cuts a back-off short', async () => {
    await start();
    const port = await page();
    for (let n = 0; n < 8; n += 1) {
      host().drop('Native host has exited.');
      if (n < 7) clock.advance(BACKOFF_MAX_ms);
    }
    const before = browser.hosts.length;
    clock.advance(RETRY_MIN_ms);
    assert.equal(browser.hosts.length, before);
    open(port);
    assert.equal(browser.hosts.length, before + 1);
    host().welcome();
    assert.equal(host().last('surface.open').surface, '5-0-s1');
  });

  test('a form that opens while the host is missing is unprotected, with the reason', async () => {
    await start();
    const port = connect(contentPort());
    host().drop('Specified native messaging host not found.');
    assert.equal(viewOf(port), 'recording');
    assert.equal(browser.calls.toolbar.badge.text, '?');
    open(port);
    assert.equal(viewOf(port), 'unprotected');
    assert.match(port.last('status').lines[1], /not installed/);
    assert.ok(browser.calls.alarms.has('watch'));
    clock.advance(RETRY_MIN_ms); // the open form causes one more attempt to connect
    host().drop('Specified native messaging host not found.');
    clock.advance(60_000);
    assert.equal(browser.hosts.length, 2);
    browser.api.alarms.onAlarm.fire({ name: 'watch' });
    host().welcome();
    assert.equal(host().last('surface.open').surface, '5-0-s1');
  });

  test('texts name the telephone provider as the host does; with an older host they name none', async () => {
    await start();
    const port = await page();
    const problem = { code: 'timeout', message: 'x' };
    for (const [provider, said] of /** @type {const} */ ([
      ['Parley', /^Parley did not answer/], [undefined, /^The telephone provider did not answer/],
    ])) {
      host().say({ state: 'unprotected', surfaces: 1, provider, problem });
      assert.match(port.last('status').lines[1], said);
    }
  });

  for (const [code, message, title] of /** @type {const} */ ([
    ['banner_not_seen', { type: 'banner', painted: false }, /hides or covers/],
    ['overlay_failed', { type: 'overlay_failed', failed: true }, /cannot put its banner/],
  ])) {
    test(`${code}: badge, tooltip and notification say so, and the host gets it for the ledger`, async () => {
      await start();
      const port = await page();
      open(port);
      host().say({ state: 'muted', surfaces: 1 });
      port.receive(message);
      await settle();
      assert.equal(browser.calls.toolbar.badge.text, '✓?');
      assert.match(browser.calls.toolbar.title.title, title);
      const shown = browser.calls.notifications.filter(({ id }) => id === code);
      assert.equal(shown.length, 1);
      assert.match(shown[0].title, title);
      assert.equal(host().last('overlay.report').event, code);
    });
  }

  test('a mute that does not end is notified once each time, with words of its own', async () => {
    await start();
    const port = await page();
    const problem = { code: 'timeout', message: 'x' };
    host().say({ state: 'unmuting', problem });
    assert.equal(browser.calls.toolbar.badge.text, '?');
    assert.match(port.last('status').lines[1], /^Recording has NOT resumed\. Voicenter did not answer/);
    assert.equal(browser.calls.notifications.length, 1);
    const [shown] = browser.calls.notifications;
    assert.match(shown.title, /Not resumed/);
    assert.match(shown.message, /^Recording has NOT resumed/);
    assert.doesNotMatch(shown.message, /Do not ask/);
    host().say({ state: 'unmuting' }); // the host's next attempt to unmute
    host().say({ state: 'unmuting', problem });
    assert.equal(browser.calls.notifications.length, 1);
    const cleared = browser.calls.cleared.length;
    host().say({});
    assert.equal(browser.calls.cleared.length, cleared + 1);
    host().say({ state: 'unmuting', problem });
    assert.equal(browser.calls.notifications.length, 2);
    open(port);
    host().say({ state: 'unprotected', surfaces: 1, problem });
    assert.equal(browser.calls.notifications.length, 3);
    assert.match(browser.calls.notifications[2].title, /NOT MUTED/);
  });

  test('an unreadable status is not trusted, and the status is requested again', async () => {
    await start();
    const port = await page();
    open(port);
    host().say({ state: 'muted', surfaces: 1 });
    host().receive({ type: 'status', status: { state: 'wonderful' } });
    assert.equal(viewOf(port), 'unprotected');
    assert.equal(host().last('status').type, 'status');
    host().reply('status', { status: statusOf({ state: 'muted', surfaces: 1 }) });
    assert.equal(viewOf(port), 'muted');
  });

  test('the host is disconnected when nobody needs it, and not before', async () => {
    await start();
    const port = await page();
    open(port);
    host().pulse = { state: 'muted', surfaces: 1 };
    host().reply('surface.open', { status: statusOf({ state: 'muted', surfaces: 1 }) });
    clock.advance(10 * IDLE_CLOSE_ms);
    assert.equal(host().connected, true);
    port.drop();
    await settle();
    clock.advance(IDLE_CLOSE_ms);
    assert.equal(host().connected, true); // the host has not answered the close yet
    host().reply('surface.close');
    await settle();
    clock.advance(IDLE_CLOSE_ms - 1);
    assert.equal(host().connected, true);
    clock.advance(1);
    assert.equal(host().connected, false);
    assert.equal(browser.calls.toolbar.icon.path[16], 'icons/off-16.png');
    assert.equal(browser.calls.alarms.size, 0);
  });

  test('the host stays connected while it has no policy, so that a corrected one is noticed', async () => {
    await start();
    browser.api.runtime.onInstalled.fire({ reason: 'install' });
    const noPolicy = { policy: undefined, error: { code: 'config_invalid', message: 'x' } };
    host().welcome(noPolicy);
    await settle();
    host().welcome(noPolicy); // answers the second hello, which brings the installation's ID
    clock.advance(10 * IDLE_CLOSE_ms);
    assert.equal(host().connected, true);
    host().receive({ type: 'status', status: statusOf(), policy: POLICY });
    await settle();
    assert.ok(browser.registered.has(`site:${SITE}`));
    clock.advance(IDLE_CLOSE_ms);
    assert.equal(host().connected, false);
  });
});

describe('a host that hangs with its port open', () => {
  const muted = { state: 'muted', surfaces: 1 };
  const asked = () => host().sent.filter(({ type }) => type === 'status').length;

  test('is asked after a silence, then left for a new one; nothing stays green', async () => {
    await start();
    const port = await page();
    open(port);
    host().reply('surface.open', { status: statusOf(muted) });
    clock.advance(HOST_SILENCE_ms - 1);
    assert.equal(asked(), 0);
    clock.advance(1);
    assert.equal(asked(), 1);
    clock.advance(HOST_ANSWER_ms - 1);
    assert.equal(viewOf(port), 'muted');
    const hung = host();
    clock.advance(1);
    assert.equal(viewOf(port), 'unprotected');
    assert.match(port.last('status').lines[1], /does not answer/);
    assert.equal(hung.connected, false);
    clock.advance(2 * BACKOFF_FIRST_ms);
    assert.notEqual(host(), hung);
    host().welcome();
    host().reply('surface.open', { status: statusOf(muted) });
    assert.equal(viewOf(port), 'muted');
    assert.equal(browser.calls.notifications.length, 1);
  });

  for (const [what, speak] of [
    ['its answer', () => host().reply('status', { status: statusOf(muted) })],
    ['any other message', () => host().say(muted)],
  ]) {
    test(`stays connected after ${what}`, async () => {
      await start();
      const port = await page();
      open(port);
      host().say(muted);
      for (let n = 1; n <= 5; n += 1) {
        clock.advance(HOST_SILENCE_ms + HOST_ANSWER_ms - 1);
        assert.equal(asked(), n);
        speak();
      }
      assert.equal(viewOf(port), 'muted');
      assert.equal(browser.hosts.length, 1);
    });
  }

  test('is not asked while it sends messages by itself, or while nobody relies on it', async () => {
    await start();
    const port = await page();
    clock.advance(10 * HOST_SILENCE_ms);
    open(port);
    host().reply('surface.open');
    for (let n = 0; n < 10; n += 1) {
      host().say(muted);
      clock.advance(2000);
    }
    port.receive({ type: 'surface.close', surface: 's1', reason: 'hidden' });
    host().reply('surface.close');
    clock.advance(TAB_CHECK_ms); // one more check that the form's tab exists
    const { timers } = clock;
    assert.equal(timers.size, 0);
    clock.advance(10 * HOST_SILENCE_ms);
    assert.equal(asked(), 0);
  });

  test('makes an override that waits for its answer fail', async () => {
    await start();
    const popup = connect(popupPort());
    host().welcome();
    popup.receive({ type: 'override', mode: 'mute' });
    clock.advance(HOST_SILENCE_ms + HOST_ANSWER_ms);
    await settle();
    assert.equal(popup.last('answer').problem.code, 'host_silent');
    assert.equal(popup.last('snapshot').model.view, 'unprotected');
  });
});

describe('a frame', () => {
  test('whose script is replaced: the old forms are closed after the new ones are declared', async () => {
    await start();
    const old = await page();
    open(old, 'old');
    const fresh = connect(contentPort());
    open(fresh, 'fresh');
    assert.equal(host().last('surface.close'), undefined);
    clock.advance(REPLACED_AFTER_ms);
    assert.equal(host().last('surface.close').surface, '5-0-old');
    assert.equal(old.connected, false);
    assert.equal(fresh.connected, true);
  });

  test('that connects does not affect other frames', async () => {
    await start();
    const top = await page();
    open(top);
    connect(contentPort({ frameId: 3 }));
    connect(contentPort({ tab: { id: 6, url: 'https://crm.example.com/' } }));
    clock.advance(REPLACED_AFTER_ms);
    assert.equal(top.connected, true);
    assert.equal(host().last('surface.close'), undefined);
  });
});

describe('sites', () => {
  test('are registered, and the script is injected into tabs that are open already', async () => {
    browser.tabs.push({ id: 7, url: 'https://crm.example.com/pay' }, { id: 8, url: 'https://elsewhere.test/' });
    await start();
    browser.api.runtime.onInstalled.fire({ reason: 'install' });
    host().welcome();
    await settle();
    const script = browser.registered.get(`site:${SITE}`);
    assert.deepEqual([script.matches, script.js, script.allFrames, script.runAt],
      [[SITE], ['content.js'], true, 'document_start']);
    assert.deepEqual(browser.calls.injected.map(({ target }) => target), [{ tabId: 7, allFrames: true }]);
    assert.deepEqual(browser.api.storage.local.data.policy.sites, [SITE]);
  });

  test('are registered after an update, which starts the worker before its cache is read', async () => {
    browser.tabs.push({ id: 7, url: 'https://crm.example.com/pay' });
    browser.api.storage.local.data.policy = POLICY;
    const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
    coordinator.listen();
    const restored = coordinator.restore();
    browser.api.runtime.onInstalled.fire({ reason: 'update' });
    await restored;
    host().welcome();
    await settle();
    assert.ok(browser.registered.has(`site:${SITE}`));
    assert.equal(browser.calls.injected.length, 1);
  });

  test('that are invalid do not prevent the registration of valid ones', async () => {
    const warned = mock.method(console, 'warn', () => {});
    browser.refusedPatterns.add('https://bad.example/*');
    await start();
    await page();
    const sites = ['nonsense', 'https://bad.example/*', 'https://good.example/pay/*'];
    host().receive({ type: 'status', status: statusOf(), policy: { ...POLICY, sites } });
    await settle();
    assert.deepEqual([...browser.registered.values()].map(({ matches }) => matches),
      [['https://good.example/pay/*']]);
    assert.equal(warned.mock.callCount(), 1);
    mock.restoreAll();
  });

  for (const [scheme, pattern] of [
    ['chrome-extension', 'https://crm.example.com:8443/*'], ['moz-extension', 'https://crm.example.com/*'],
  ]) {
    test(`with a port are registered as ${scheme} accepts them`, async () => {
      browser.api.runtime.getURL = (path) => `${scheme}://own-id/${path}`;
      await start();
      await page();
      const sites = ['https://crm.example.com:8443/*'];
      host().receive({ type: 'status', status: statusOf(), policy: { ...POLICY, sites } });
      await settle();
      assert.deepEqual([...browser.registered.values()].map(({ matches }) => matches), [[pattern]]);
    });
  }

  test('that the policy no longer lists are unregistered', async () => {
    await start();
    await page();
    host().receive({ type: 'status', status: statusOf(), policy: { ...POLICY, sites: [] } });
    await settle();
    assert.equal(browser.registered.size, 0);
  });

  test('without permission are a problem until it is granted', async () => {
    browser.withheld.add(SITE);
    await start();
    const popup = connect(popupPort());
    host().welcome();
    await settle();
    assert.deepEqual(popup.last('snapshot').hiddenSites, [SITE]);
    assert.equal(popup.last('snapshot').model.problems[0].code, 'site_hidden');
    assert.equal(browser.calls.toolbar.badge.text, '?');
    assert.equal(host().last('hello').client.hidden_sites, 1, 'for doctor and report');
    browser.tabs.push({ id: 7, url: 'https://crm.example.com/pay' });
    browser.withheld.clear();
    browser.api.permissions.onAdded.fire({});
    await settle();
    assert.deepEqual(popup.last('snapshot').hiddenSites, []);
    assert.equal(host().last('hello').client.hidden_sites, 0);
    assert.equal(browser.calls.injected.at(-1).target.tabId, 7);
  });

  test('frames get the script at a limited rate, and the last request is always carried out', async () => {
    await start();
    const port = await page();
    const before = browser.calls.injected.length;
    for (let n = 0; n < 20; n += 1) port.receive({ type: 'frames' });
    assert.equal(browser.calls.injected.length, before + 1);
    clock.advance(FRAMES_MIN_ms);
    assert.equal(browser.calls.injected.length, before + 2);
    clock.advance(10 * FRAMES_MIN_ms);
    assert.equal(browser.calls.injected.length, before + 2);
  });
});

describe('the popup and the override', () => {
  const ask = (popup, mode) => popup.receive({ type: 'override', mode });

  test('the popup gets all that is known, and can retry', async () => {
    await start();
    const popup = connect(popupPort());
    host().drop('Specified native messaging host not found.');
    assert.equal(popup.last('snapshot').connection, 'missing');
    clock.advance(5000);
    popup.receive({ type: 'retry' });
    host().welcome();
    await settle();
    const snapshot = popup.last('snapshot');
    assert.equal(snapshot.connection, 'ready');
    assert.deepEqual([snapshot.hostVersion, snapshot.extensionVersion], ['1.0.0', '1.0.0']);
    assert.equal(snapshot.status.state, 'recording');
  });

  test('a mute by hand survives pages, connections and workers', async () => {
    await start();
    const popup = connect(popupPort());
    host().welcome();
    ask(popup, 'mute');
    host().reply('override', { status: statusOf({ state: 'muted', override: 'mute' }) });
    await settle();
    assert.deepEqual(popup.last('answer'), { type: 'answer', problem: null });
    popup.drop();
    host().pulse = { state: 'muted', override: 'mute' };
    clock.advance(10 * IDLE_CLOSE_ms);
    assert.equal(host().connected, true);

    host().drop('Native host has exited.');
    assert.equal(browser.calls.notifications.length, 1);
    clock.advance(2 * BACKOFF_FIRST_ms);
    host().welcome();
    assert.equal(host().last('override').mode, 'mute');

    browser.api.runtime.onConnect = fakeEvent(); // a new worker in the same browser
    await start();
    assert.equal(browser.hosts.length, 3);
    host().welcome();
    assert.equal(host().last('override').mode, 'mute');
    const again = connect(popupPort());
    ask(again, 'auto');
    host().reply('override');
    await settle();
    assert.equal(browser.api.storage.session.data.muteByHand, false);
  });

  describe('a mute by hand that an earlier worker has stored', () => {
    /** Starts a worker whose host is ready before the stored mute and policy have been read. */
    async function startSlowly() {
      const { session, local } = browser.api.storage;
      session.data.muteByHand = true;
      local.data.policy = POLICY;
      const gates = {};
      for (const [name, area] of [['session', session], ['local', local]]) {
        const { get } = area;
        const opened = new Promise((resolve) => { gates[name] = resolve; });
        area.get = (key) => opened.then(() => get(key));
      }
      const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
      coordinator.listen();
      const restored = coordinator.restore();
      const popup = connect(popupPort());
      host().welcome();
      await settle();
      assert.equal(host().last('override'), undefined);
      return { gates, restored, popup };
    }

    test('is requested, although the host was ready first and the policy is not read yet', async () => {
      const { gates, popup } = await startSlowly();
      gates.session();
      await settle();
      assert.equal(host().last('override').mode, 'mute');
      clock.advance(PASSING_ms);
      assert.equal(popup.last('snapshot').model.needed, true);
      assert.equal(popup.last('snapshot').model.view, 'muting');
    });

    test('does not undo what the agent has pressed meanwhile', async () => {
      const { gates, popup, restored } = await startSlowly();
      ask(popup, 'auto');
      gates.session();
      await settle();
      host().reply('override');
      await settle();
      assert.equal(popup.last('answer').problem, null);
      gates.local();
      await restored;
      assert.equal(host().sent.filter(({ type }) => type === 'override').length, 1);
      assert.equal(browser.api.storage.session.data.muteByHand, false);
      assert.equal(popup.last('snapshot').model.needed, false);
      assert.deepEqual(browser.calls.notifications, []);
    });

    test('is requested after all if what the agent has pressed meanwhile is refused', async () => {
      const { gates, popup } = await startSlowly();
      ask(popup, 'record');
      gates.session();
      await settle();
      assert.equal(host().last('override').mode, 'record');
      host().reply('override', { error: { code: 'override_refused', message: 'a form is open' } });
      await settle();
      assert.equal(host().last('override').mode, 'mute');
      assert.equal(browser.api.storage.session.data.muteByHand, true);
    });
  });

  test('a mute by hand that the host has ended by itself is not requested again', async () => {
    await start();
    const popup = connect(popupPort());
    host().welcome();
    ask(popup, 'mute');
    host().say({ state: 'recording' }); // the host sent it before the request arrived
    host().say({ state: 'muted', override: 'mute' });
    host().reply('override', { status: statusOf({ state: 'muted', override: 'mute' }) });
    await settle();
    ask(popup, 'mute'); // asks again just when the mute ends
    host().say({ state: 'unmuting' });
    host().reply('override', { status: statusOf({ state: 'muted', override: 'mute' }) });
    await settle();
    assert.equal(popup.last('snapshot').muteByHand, true);
    host().say({ state: 'unmuting' });
    host().say({ state: 'recording' });
    assert.equal(popup.last('snapshot').muteByHand, false);
    assert.equal(popup.last('snapshot').model.view, 'recording');
    assert.equal(browser.api.storage.session.data.muteByHand, false);
    assert.deepEqual(browser.calls.notifications, []);
    host().drop('Native host has exited.');
    clock.advance(2 * BACKOFF_FIRST_ms);
    host().welcome();
    assert.equal(host().last('override'), undefined);
  });

  test('a mute by hand that the host has never confirmed stays requested', async () => {
    await start();
    const popup = connect(popupPort());
    host().welcome();
    ask(popup, 'mute');
    host().reply('override', { status: statusOf({ state: 'muted', override: 'mute' }) });
    await settle();
    host().drop('Native host has exited.');
    clock.advance(2 * BACKOFF_FIRST_ms);
    const error = { code: 'config_invalid', message: 'x' };
    host().welcome({ error, policy: undefined });
    host().reply('override', { error });
    await settle();
    host().say({ problem: error });
    assert.equal(popup.last('snapshot').muteByHand, true);
    assert.equal(popup.last('snapshot').model.view, 'unprotected');
  });

  test('a mute by hand that Voicenter refuses stays requested, and is shown as unprotected', async () => {
    await start();
    const popup = connect(popupPort());
    host().welcome();
    ask(popup, 'mute');
    const problem = { code: 'timeout', message: 'no answer in 2000 ms' };
    const status = statusOf({ state: 'unprotected', override: 'mute', problem });
    host().reply('override', { error: problem, status });
    await settle();
    assert.deepEqual(popup.last('answer').problem, problem);
    assert.equal(popup.last('snapshot').model.view, 'unprotected');
    assert.equal(browser.api.storage.session.data.muteByHand, true);
  });

  test('a refused override changes nothing', async () => {
    await start();
    const popup = connect(popupPort());
    host().welcome();
    ask(popup, 'record');
    const error = { code: 'override_refused', message: 'a form is open' };
    host().reply('override', { error, status: statusOf({ state: 'muted', surfaces: 1 }) });
    await settle();
    assert.deepEqual(popup.last('answer').problem, error);
    assert.equal(browser.api.storage.session.data.muteByHand, undefined);
  });

  test('a mute by hand can be lifted while the host is away, and is not requested again', async () => {
    await start();
    const popup = connect(popupPort());
    host().welcome();
    ask(popup, 'mute');
    host().drop('Specified native messaging host not found.');
    await settle();
    assert.equal(popup.last('snapshot').muteByHand, true);
    assert.equal(popup.last('snapshot').model.view, 'unprotected');
    ask(popup, 'auto');
    await settle();
    assert.equal(popup.last('answer').problem, null);
    assert.equal(popup.last('snapshot').model.needed, false);
    assert.equal(browser.api.storage.session.data.muteByHand, false);
    clock.advance(5000);
    popup.receive({ type: 'retry' });
    host().welcome();
    assert.equal(host().last('override'), undefined);
  });

  test('a mute by hand fails at once while the host is away', async () => {
    await start();
    const popup = connect(popupPort());
    ask(popup, 'mute');
    await settle();
    assert.equal(popup.last('answer').problem.code, 'host_lost');
    ask(popup, 'loud');
    await settle();
    assert.equal(popup.sent.filter(({ type }) => type === 'answer').length, 1);
  });
});
