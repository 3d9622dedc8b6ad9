// Tests tabs whose page has no content script: the script is injected, or the page is reported because the
// browser prevents that.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { LOOK_AFTER_ms } from '../../../../extension/background/pages/tab-guard.js';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { createMessages } from '../../../../extension/common/messages.js';
import {
  contentPort, fakeApi, FakeClock, fakeI18n, i18nOf, POLICY, popupPort, settle,
} from '../../support/background.js';

const ADDRESS = 'https://crm.example.com/order/7';
const BY_POLICY = 'This page cannot be scripted due to an ExtensionsSettings policy.';
const BY_FIREFOX = 'Missing host permission for the tab or frames';

let browser;
let clock;

beforeEach(() => {
  browser = fakeApi();
  clock = new FakeClock();
});

/** @param {object} [stored] @param {object} [i18n] */
async function start(stored = { policy: POLICY }, i18n = fakeI18n) {
  Object.assign(browser.api.storage.local.data, stored);
  const coordinator = new Coordinator(browser.api, clock, createMessages(i18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  await settle();
}

const connect = (port) => {
  browser.api.runtime.onConnect.fire(port);
  return port;
};

async function popupShows() {
  const popup = connect(popupPort());
  if (browser.hosts.at(-1).last('hello')) browser.hosts.at(-1).welcome();
  await settle();
  return popup.last('snapshot').model;
}

/** @param {object} tab */
async function loads(tab, change = { status: 'complete' }) {
  browser.tabs.push({ id: 5, status: 'complete', ...tab });
  browser.api.tabs.onUpdated.fire(5, change, tab);
  await settle();
}

test('a page of a site that has no script gets it, and one that has it is left alone', async () => {
  await start();
  await loads({ url: ADDRESS });
  assert.deepEqual(browser.calls.injected.map(({ target }) => target.tabId), [5]);
  connect(contentPort());
  await loads({ url: ADDRESS });
  assert.equal(browser.calls.injected.length, 1);
});

test('a page that is still loading is checked a moment later', async () => {
  await start();
  await loads({ url: ADDRESS, status: 'loading' }, { status: 'loading' });
  assert.equal(browser.calls.injected.length, 0);
  clock.advance(LOOK_AFTER_ms);
  await settle();
  assert.equal(browser.calls.injected.length, 1);
});

test('no script is injected into other pages', async () => {
  await start();
  await loads({ url: 'https://news.example.com/' });
  await loads({ url: undefined });
  assert.deepEqual(browser.calls.injected, []);
});

test('while no site is known, a page that loads makes the background connect to the host', async () => {
  await start({});
  const before = browser.hosts.length;
  browser.hosts.at(-1).drop('Specified native messaging host not found.');
  clock.advance(2000);
  await loads({ url: ADDRESS });
  assert.equal(browser.hosts.length, before + 1);
});

for (const [what, tab, words, code, about] of [
  ['a policy', { url: ADDRESS }, BY_POLICY, 'site_blocked', 'crm.example.com'],
  ['a policy, which hides its address,', { url: undefined }, BY_POLICY, 'site_blocked', 'crm.example.com'],
  ['the browser\'s own list', { url: ADDRESS }, BY_FIREFOX, 'site_restricted', 'crm.example.com'],
]) {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    test(`a page that ${what} keeps us off is reported, ${language}`, async () => {
      await start({ policy: POLICY }, i18nOf(language));
      browser.refusals.set(5, words);
      await loads(tab);
      const { problems, words: said } = await popupShows();
      assert.deepEqual(problems, [{ code, message: about }]);
      assert.equal(said.title, 'view_recording_unseen', 'never that no form is open');
      assert.equal(browser.calls.toolbar.badge.text, '!');
      assert.match(browser.calls.toolbar.title.title, /crm\.example\.com/);
      const told = browser.calls.notifications.filter(({ id }) => id === 'site_blocked');
      assert.equal(told.length, 1);
      assert.match(told[0].message, /crm\.example\.com/);
    });
  }
}

test('the problem is over when the tab is closed, and when the page can be seen again', async () => {
  await start();
  browser.refusals.set(5, BY_POLICY);
  await loads({ url: ADDRESS });
  assert.equal((await popupShows()).problems.length, 1);
  browser.api.tabs.onRemoved.fire(5);
  assert.equal((await popupShows()).problems.length, 0);
  await loads({ url: ADDRESS });
  assert.equal((await popupShows()).problems.length, 1);
  connect(contentPort());
  assert.equal((await popupShows()).problems.length, 0);
  assert.ok(browser.calls.cleared.includes('site_blocked'));
});

test('an error page of Firefox and a closed tab are not reported', async () => {
  await start();
  browser.refusals.set(5, BY_FIREFOX);
  await loads({ url: ADDRESS, favIconUrl: 'chrome://global/skin/icons/info.svg' });
  assert.deepEqual((await popupShows()).problems, []);
  browser.closedTabs.add(5);
  await loads({ url: ADDRESS });
  assert.deepEqual((await popupShows()).problems, []);
});

test('a worker that starts checks the active tabs', async () => {
  browser.tabs.push({ id: 5, url: ADDRESS, status: 'complete', active: true });
  browser.refusals.set(5, BY_POLICY);
  await start();
  assert.equal((await popupShows()).problems[0].code, 'site_blocked');
});

describe('a check that takes long', () => {
  /** @type {((error: Error) => void)[]} */
  let refuse;
  beforeEach(async () => {
    await start();
    connect(popupPort());
    browser.hosts.at(-1).policy = { ...POLICY, sites: [...POLICY.sites, 'https://pay.example.com/*'] };
    browser.hosts.at(-1).welcome();
    await settle();
    refuse = [];
    browser.api.scripting.executeScript = () =>
      new Promise((_, reject) => { refuse.push((error) => reject(error)); });
  });
  const navigates = (url) => {
    browser.tabs.length = 0;
    return loads({ url });
  };
  const codes = async () => (await popupShows()).problems.map(({ code }) => code);

  test('says nothing of the page that the tab shows meanwhile', async () => {
    await loads({ url: ADDRESS });
    await navigates('https://news.example.com/');
    refuse[0](new Error(BY_POLICY));
    await settle();
    assert.deepEqual(await codes(), []);
  });

  test('says nothing of a page whose script has connected meanwhile', async () => {
    await loads({ url: ADDRESS });
    connect(contentPort());
    refuse[0](new Error(BY_POLICY));
    await settle();
    assert.deepEqual(await codes(), []);
  });

  test('does not keep what was found of the page before', async () => {
    await loads({ url: ADDRESS });
    refuse[0](new Error(BY_POLICY));
    await settle();
    assert.deepEqual(await codes(), ['site_blocked']);
    await navigates('https://pay.example.com/');
    assert.deepEqual(await codes(), []);
  });
});
