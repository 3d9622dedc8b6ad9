// Tests computers on which the host, its policy or the permission to talk to it is missing. The sites then
// come from managed storage and from the last policy. Also tests workers that end right after their start.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, test } from 'node:test';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { MAX_WORDLESS_ENDS } from '../../../../extension/background/host/native-port.js';
import { BACKOFF_MAX_ms } from '../../../../extension/background/host/backoff.js';
import { MAX_NAMED, readManaged, READERS } from '../../../../extension/background/policy/managed.js';
import { INJECT_ms } from '../../../../extension/background/policy/registration.js';
import { createMessages } from '../../../../extension/common/messages.js';
import { MAX_SITES } from '../../../../extension/common/protocol.js';
import {
  contentPort, fakeApi, FakeClock, fakeI18n, POLICY, popupPort, settle, SITE, statusOf,
} from '../../support/background.js';

const MISSING = 'Specified native messaging host not found.';
const BLOCKED = 'Access to the native messaging host was disabled by the system administrator.';

let browser;
let clock;

beforeEach(() => {
  browser = fakeApi();
  clock = new FakeClock();
});

async function start({ managed = {}, local = {} } = {}) {
  Object.assign(browser.api.storage.managed.data, managed);
  Object.assign(browser.api.storage.local.data, local);
  const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  await settle();
}

const host = () => browser.hosts.at(-1);
const connect = (port) => {
  browser.api.runtime.onConnect.fire(port);
  return port;
};
const modelIn = async () => {
  const popup = connect(popupPort());
  await settle();
  return popup.last('snapshot').model;
};
const told = (code) => browser.calls.notifications.filter(({ id }) => id === code);

describe('the sites', () => {
  for (const [from, given] of [['managed storage', { managed: { sites: [SITE] } }],
    ['the last policy', { local: { policy: POLICY } }]]) {
    test(`are known from ${from}: without the host a form there is NOT MUTED`, async () => {
      await start(given);
      assert.deepEqual([...browser.registered.values()].map(({ matches }) => matches), [[SITE]]);
      const port = connect(contentPort());
      port.receive({ type: 'surface.open', surface: 's1', reason: 'autocomplete cc-number' });
      host().drop(MISSING);
      assert.equal(port.last('status').view, 'unprotected');
      assert.match(port.last('status').lines[1], /not installed on this computer/);
      assert.deepEqual(told('not_set_up'), []);
    });
  }

  test('from both count together', async () => {
    await start({ managed: { sites: ['https://pay.example.com/*'] }, local: { policy: POLICY } });
    const sites = [...browser.registered.values()].flatMap(({ matches }) => matches);
    assert.deepEqual(sites.sort(), [SITE, 'https://pay.example.com/*']);
  });

  test('that the administrator adds are watched at once', async () => {
    await start();
    browser.api.storage.managed.data.sites = [SITE];
    browser.api.storage.managed.onChanged.fire({ sites: {} });
    await settle();
    assert.equal(browser.registered.size, 1);
  });

  test('from managed storage are validated like any other input', () => {
    assert.deepEqual(readManaged({}), { sites: [], unread: [] });
    for (const [sites, unread] of [[null, ['null']], ['https://a/*', ['https://a/*']], [{}, ['{}']],
      [[7, 'no pattern', null, ''], ['7', 'no pattern', 'null', '""']]]) {
      assert.deepEqual(readManaged({ sites }), { sites: [], unread });
    }
    const many = Array.from({ length: MAX_SITES + 1 }, (_, at) => `https://a${at}.example.com/*`);
    assert.equal(readManaged({ sites: many }).sites.length, MAX_SITES);
    assert.deepEqual(readManaged({ sites: many }).unread, [many[MAX_SITES]]);
    assert.equal(readManaged({ sites: Array(1000).fill('x') }).unread.length, MAX_NAMED + 1);
    assert.deepEqual(readManaged({ Sites: [SITE] }), { sites: [], unread: ['Sites'] });
  });

  /** Ways to write a site, and the pattern that is used for each; null: it is invalid, and is reported. */
  const FORMS = [
    ['https://crm.example.com/*', 'https://crm.example.com/*'],
    ['\u00a0 https://crm.example.com/*\t\r\n', 'https://crm.example.com/*'],
    ['\ufeff\u200ehttps://crm.example.com/*\u200b\u2060', 'https://crm.example.com/*'],
    ['HTTPS://CRM.Example.COM/Pay/*', 'https://crm.example.com/Pay/*'],
    ['https://crm\u200b.example.com/*', 'https://crm.example.com/*'],
    ['https://crm.example.com/\u200b*', null],
    ['https://crm.example.com/a b', null],
    ['https://קופה.example/*', 'https://xn--8dbb9bk.example/*'],
    ['https://*.קופה.example/*', 'https://*.xn--8dbb9bk.example/*'],
    ['https://crm.example.com:08443/*', 'https://crm.example.com:8443/*'],
    ['https://crm.example.com:*/*', 'https://crm.example.com/*'],
    ['https://crm.example.com:0/*', null],
    ['https://crm.example.com:70000/*', null],
    ['http://[0:0:0:0:0:0:0:1]/*', 'http://[::1]/*'],
    ['http://[::1]:8080/*', 'http://[::1]:8080/*'],
    ['http://[::1/*', null],
    ['http://*.[::1]/*', null],
    ['http://127.1/*', 'http://127.0.0.1/*'],
    ['*://*/*', '*://*/*'],
    ['https://*.com/*', 'https://*.com/*'],
    ['crm.example.com', null],
    ['crm.example.com/*', null],
    ['*.com', null],
    ['//crm.example.com/*', null],
    ['https://crm.example.com', null],
    ['https://crm.example.com./*', 'https://crm.example.com./*'],
    ['https://user@crm.example.com/*', null],
    ['https://crm.example.com/#/pay', null],
    ['https://a*b.com/*', null],
    ['https://*.*/*', null],
    ['file:///*', null],
    ['about:blank', null],
    ['<all_urls>', null],
    ['https://\ud800.example.com/*', null],
  ];
  for (const [written, used] of FORMS) {
    const what = used === null ? 'named' : `used as ${used}`;
    test(`${JSON.stringify(written)} in managed storage is ${what}`, () => {
      const { sites, unread } = readManaged({ sites: [written] });
      assert.deepEqual(sites, used === null ? [] : [used]);
      assert.equal(unread.length, used === null ? 1 : 0);
      assert.doesNotMatch(unread.join(), /[\u200b\ud800]/, 'a person can see what is written');
    });
  }

  test('that cannot be read are told in the popup, and by a notification if none remains', async () => {
    await start({ managed: { sites: [SITE, 'crm.example.com'] } });
    const [{ code, message }] = (await modelIn()).notices;
    assert.deepEqual([code, message], ['managed_unread', 'crm.example.com']);
    assert.deepEqual(told('not_set_up'), []);
    browser.api.storage.managed.data.sites = ['crm.example.com'];
    browser.api.storage.managed.onChanged.fire({ sites: {} });
    await settle();
    assert.match(told('not_set_up')[0].message, /cannot be read[^]*crm\.example\.com/);
    browser.api.storage.managed.data.sites = [SITE];
    browser.api.storage.managed.onChanged.fire({ sites: {} });
    await settle();
    assert.ok(browser.calls.cleared.includes('not_set_up'));
    assert.deepEqual((await modelIn()).notices, []);
  });

  test('and all other managed keys are in the schema that the browser reads', () => {
    const file = new URL('../../../../extension/managed-schema.json', import.meta.url);
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(file, 'utf8')).properties), Object.keys(READERS));
  });
});

describe('a computer that is not set up', () => {
  test('causes one notification with the reason, and is shown by the icon', async () => {
    await start();
    host().drop(MISSING);
    assert.equal(told('not_set_up').length, 1);
    assert.equal(told('not_set_up')[0].title, 'CardMute is not set up on this computer');
    assert.match(told('not_set_up')[0].message, /not installed/);
    assert.equal(browser.calls.toolbar.badge.text, '?');
    await settle();
    await start(); // starts the next worker
    host().drop(MISSING);
    assert.equal(told('not_set_up').length, 1);
  });

  test('causes no notification while the problem may pass by itself', async () => {
    await start();
    host().drop('Native host has exited.');
    assert.deepEqual(told('not_set_up'), []);
  });

  test('no longer has the notification once the host is installed', async () => {
    await start();
    host().drop(MISSING);
    assert.ok(browser.calls.alarms.has('watch'));
    clock.advance(30_000);
    browser.api.alarms.onAlarm.fire({ name: 'watch' });
    host().welcome();
    await settle();
    assert.ok(browser.calls.cleared.includes('not_set_up'));
    assert.equal(browser.registered.size, 1);
    assert.equal(browser.calls.alarms.has('watch'), false);
  });

  test('causes a notification if only its configuration is wrong, too', async () => {
    await start();
    const problem = { code: 'config_invalid', message: '' };
    host().welcome({ policy: null, status: statusOf({ state: 'unprotected', problem }) });
    await settle();
    assert.match(told('not_set_up')[0].message, /settings/);
  });
});

describe('why there is no host', () => {
  test('forbidden by the administrator: the problem is named, and nothing is retried', async () => {
    await start();
    host().drop(BLOCKED);
    const { words, problems } = await modelIn();
    clock.advance(2000); // the open popup causes one more attempt
    host().drop(BLOCKED);
    const { length } = browser.hosts;
    assert.equal(problems[0].code, 'host_blocked');
    assert.match(fakeI18n.getMessage(words.action), /com\.cardmute\.host/);
    assert.equal(browser.calls.alarms.has('watch'), false);
    clock.advance(10 * BACKOFF_MAX_ms);
    assert.equal(browser.hosts.length, length);
  });

  test('a program that keeps ending before it answers counts as one that cannot be started', async () => {
    await start();
    for (let end = 1; end <= MAX_WORDLESS_ENDS; end += 1) {
      host().drop(end % 2 ? 'Native host has exited.' : undefined);
      if (end < MAX_WORDLESS_ENDS) clock.advance(BACKOFF_MAX_ms);
    }
    assert.equal((await modelIn()).problems[0].code, 'host_not_starting');
  });

  test('in Firefox a missing program counts as one that cannot be started', async () => {
    await start();
    host().drop('An unexpected error occurred');
    assert.equal((await modelIn()).problems[0].code, 'host_not_starting');
  });
});

describe('a worker that is ended in its first moments', () => {
  test('has set its alarm in its first turn', () => {
    const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
    coordinator.listen();
    assert.ok(browser.calls.alarms.has('watch'));
  });

  test('is followed by one that connects to the host', async () => {
    await start();
    assert.equal(browser.hosts.length, 1);
  });

  test('keeps its alarm until the scripts are registered', async () => {
    let release;
    const { registerContentScripts } = browser.api.scripting;
    browser.api.scripting.registerContentScripts = async (scripts) => {
      await new Promise((resolve) => { release = resolve; });
      return registerContentScripts(scripts);
    };
    await start();
    host().welcome();
    await settle();
    assert.ok(browser.calls.alarms.has('watch'));
    release();
    await settle();
    assert.equal(browser.calls.alarms.has('watch'), false);
  });

  test('registers the scripts of a later policy although a tab hangs', async () => {
    browser.tabs.push({ id: 7, url: 'https://crm.example.com/' }, { id: 8, url: 'https://crm.example.com/8' });
    const { executeScript } = browser.api.scripting;
    browser.api.scripting.executeScript = (details) =>
      (details.target.tabId === 7 ? new Promise(() => {}) : executeScript(details));
    await start();
    host().welcome();
    await settle();
    assert.deepEqual(browser.calls.injected.map(({ target }) => target.tabId), [8], 'the others go on');
    host().receive({ type: 'status', status: statusOf(),
      policy: { ...POLICY, sites: ['https://pay.example.com/*'] } });
    await settle();
    assert.deepEqual([...browser.registered.keys()], ['site:https://crm.example.com/*']);
    clock.advance(INJECT_ms);
    await settle();
    assert.deepEqual([...browser.registered.keys()], ['site:https://pay.example.com/*']);
    assert.equal(browser.calls.alarms.has('watch'), false, 'nothing is under way any more');
  });
});
