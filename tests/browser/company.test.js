// Tests what an administrator of the machine or the browser may set or forbid. The browser's policies are
// real, but only the browser of the test sees them (harness/machine_policies.js).
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { bannerShows, readBanner } from './harness/banner.js';
import { EXTENSION_ID } from './harness/browsers.js';
import { BARRED, copyUnderAnotherId } from './harness/copies.js';
import { setPolicies } from './harness/machine_policies.js';
import { writeHostManifest } from './harness/manifest.js';
import { openPopup, popupShows } from './harness/popup.js';
import { askFirefox, badgeShows } from './harness/privileged.js';
import { BROWSERS, inScene } from './harness/scene.js';

/** @typedef {import('./harness/scene.js').Scene} Scene */

const SITES = ['http://127.0.0.1/*'];
/** The policy that gives an extension its sites. @param {string} name @param {string} [id] */
const managedSites = (name, id = EXTENSION_ID[name]) => ({
  '3rdparty': { [name === 'chromium' ? 'extensions' : 'Extensions']: { [id]: { sites: SITES } } },
});
const RELOAD_EVERY_ms = 3000;
const BLOCKED_HOSTS = { ExtensionSettings: { '*': { runtime_blocked_hosts: ['*://127.0.0.1'] } } };

/** @param {Scene} scene @param {RegExp} reason */
async function bannerSaysWhy(scene, reason) {
  const page = await scene.open('plain.html');
  const { lines } = await bannerShows(page, 'unprotected');
  assert.match(lines[0], /NOT MUTED/);
  assert.match(lines.join('\n'), reason);
  return page;
}

/** @param {Scene} scene @param {RegExp} reason */
async function notMuted(scene, reason) {
  const page = await bannerSaysWhy(scene, reason);
  await badgeShows(scene.test_browser, '!');
  return page;
}

/** @param {Scene} scene @param {RegExp} who matches the words for the person who can change it */
async function saysThatItIsKeptOff(scene, who) {
  const { test_browser } = scene;
  const page = await scene.open('plain.html');
  await badgeShows(test_browser, '!');
  assert.equal(await readBanner(page), null);
  const popup = await openPopup(test_browser);
  const { text } = await popupShows(popup, ({ text: words }) => /127\.0\.0\.1/.test(words));
  assert.match(text, /keeps CardMute off 127\.0\.0\.1/);
  assert.match(text, /card data there is NOT protected/);
  assert.match(text, who);
  assert.doesNotMatch(text, /No payment form is open/);
  await popup.close();
  return page;
}

/**
 * @param {Scene} scene in which the browser does not let the extension run on localhost
 * @param {boolean} isBuried whether the frame is in a closed shadow root and gets its address later
 */
async function namesTheFrame(scene, isBuried) {
  const page = await scene.open('plain.html');
  await bannerShows(page, 'muted');
  const address = `${new URL(page.url()).origin.replace('127.0.0.1', 'localhost')}/plain.html`;
  await page.evaluate((src, is_buried) => {
    const frame = document.createElement('iframe');
    const host = document.createElement('div');
    document.body.append(host);
    (is_buried ? host.attachShadow({ mode: 'closed' }) : host).append(frame);
    if (is_buried) setTimeout(() => { frame.src = src; }, 300);
    else frame.src = src;
  }, address, isBuried);
  const popup = await openPopup(scene.test_browser);
  const { text } = await popupShows(popup, ({ text: words }) => /A frame of localhost/.test(words));
  assert.match(text, /A frame of localhost:?\d* in this page is not seen/);
  assert.match(text, /only the browser’s administrator can change it/);
  await badgeShows(scene.test_browser, '✓?');
  await page.evaluate(() => document.querySelector('#payment').remove());
  await badgeShows(scene.test_browser, '!');
  await popupShows(popup, ({ title }) => /not protected everywhere/.test(title));
}

/**
 * Reloads the page again and again, because no event tells when Chromium has applied its new policies.
 * @param {import('puppeteer-core').Page} page
 * @param {Promise<unknown>} happened ends the reloading
 */
async function reloadUntil(page, happened) {
  let waiting = true;
  const over = happened.finally(() => { waiting = false; });
  while (waiting) {
    await page.reload();
    await Promise.race([over, delay(RELOAD_EVERY_ms)]);
  }
  await over;
}

for (const name of BROWSERS) {
  describe(`sites without a host, ${name}`, () => {
    const missing = /CardMute program is not installed/;

    it('from managed storage: a form says NOT MUTED, and is muted once the host is installed', () =>
      inScene(name, { install_host: false, machine_policies: managedSites(name) }, async (scene) => {
        const page = await notMuted(scene, missing);
        await scene.test_browser.installHost();
        const popup = await openPopup(scene.test_browser);
        const installed = scene.simulator.mark('the host is installed');
        await popup.click('#retry').catch(() => {}); // no button if the host has been found already
        await page.bringToFront();
        await scene.payment({ open: () => scene.muted(installed), banner: () => page,
          close: () => page.click('#payment button'), gone: () => page });
      }));

    it('from the last policy: a form says NOT MUTED after the host was removed', () =>
      inScene(name, {}, async (scene) => {
        const { test_browser } = scene;
        const page = await scene.open('plain.html');
        await bannerShows(page, 'muted');
        await page.close();
        await test_browser.removeHost();
        await test_browser.installExtension(); // as after an update: the new worker finds no host
        await notMuted(scene, missing);
      }));
  });

  describe(`a known site, but the host may not be used, ${name}`, () => {
    /** @type {string} */
    let folder;
    beforeEach(async () => { folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-copy-')); });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    /**
     * @param {RegExp} reason @param {(scene: Scene, id: string) => any} prepare called before a copy of the
     *   extension with another ID is installed
     */
    async function copyIsNotMuted(reason, prepare) {
      const id = await copyUnderAnotherId(name, folder);
      const options = { extension: null, machine_policies: managedSites(name, id) };
      await inScene(name, options, async (scene) => {
        await prepare(scene, id);
        await scene.test_browser.installExtension(folder);
        await bannerSaysWhy(scene, reason);
        assert.equal(scene.simulator.requests.length, 0, 'nothing was sent for it');
      });
    }

    it('the host refuses the extension: a form says NOT MUTED and why', () =>
      copyIsNotMuted(/does not accept this extension/, (scene, id) =>
        writeHostManifest(scene.test_browser, { extension_id: id })));

    it('the browser refuses the extension: a form says NOT MUTED and why', () =>
      copyIsNotMuted(BARRED[name], () => {}));
  });
}

describe('managed storage of Firefox in a file', () => {
  it('gives the sites like a policy', () =>
    inScene('firefox', { install_host: false, extension: null }, async (scene) => {
      const { test_browser } = scene;
      const folder = path.join(test_browser.folder, '.mozilla/managed-storage');
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, `${EXTENSION_ID.firefox}.json`), JSON.stringify({
        name: EXTENSION_ID.firefox, description: 'CardMute', type: 'storage', data: { sites: SITES },
      }));
      await test_browser.installExtension();
      await notMuted(scene, /not installed/);
    }));
});

describe('a site that the browser keeps the extension off', () => {
  it('by policy in Chromium; muted without a restart once it is allowed', () =>
    inScene('chromium', { machine_policies: BLOCKED_HOSTS }, async (scene) => {
      const { test_browser, simulator } = scene;
      const page = await saysThatItIsKeptOff(scene, /only the browser’s administrator/);
      await setPolicies('chromium', test_browser.folder, {});
      const settings = await test_browser.browser.newPage();
      await settings.goto('chrome://policy');
      await settings.evaluate('chrome.send("reloadPolicies")');
      await settings.close();
      const allowed = simulator.mark('the policy is gone');
      await page.bringToFront();
      await scene.payment({ open: () => reloadUntil(page, scene.muted(allowed, 30_000)), banner: () => page,
        close: () => page.click('#payment button'), gone: () => page });
      await badgeShows(test_browser, 'REC');
    }));

  for (const [what, site, isBuried] of /** @type {const} */ ([
    ['', 'http://localhost/*', false],
    [' and a closed shadow root, listed in part', 'http://localhost/pay/*', true],
    [', not listed', 'http://crm.example/*', false],
  ])) {
    const policy = { sites: [...SITES, site] };

    it(`by policy in Chromium, in a frame of a watched page${what}: it is named`, () => {
      const machine_policies = { ExtensionSettings: { '*': { runtime_blocked_hosts: ['*://localhost'] } } };
      return inScene('chromium', { machine_policies, policy }, (scene) => namesTheFrame(scene, isBuried));
    });

    it(`restricted in Firefox, in a frame of a watched page${what}: it is named`, () => {
      const preferences = { 'extensions.webextensions.restrictedDomains': 'localhost' };
      return inScene('firefox', { preferences, policy }, (scene) => namesTheFrame(scene, isBuried));
    });
  }

  for (const [what, preferences, allow] of /** @type {const} */ ([
    ['quarantined', { 'extensions.quarantinedDomains.enabled': true,
      'extensions.quarantinedDomains.list': '127.0.0.1' },
    // Turns on the switch "Run on sites with restrictions" of the add-ons page.
    `ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs').AddonManager
      .getAddonByID(extension.id).then((addon) => { addon.quarantineIgnoredByUser = true; return ''; })`],
    ['restricted', { 'extensions.webextensions.restrictedDomains': '127.0.0.1' },
      "Services.prefs.setStringPref('extensions.webextensions.restrictedDomains', '') ?? ''"],
  ])) {
    it(`${what} in Firefox; muted without a restart once it is allowed`, () =>
      inScene('firefox', { preferences }, async (scene) => {
        const { test_browser, simulator } = scene;
        const page = await saysThatItIsKeptOff(scene, /Run on sites with restrictions/);
        await askFirefox(test_browser, allow);
        const allowed = simulator.mark('the site is allowed');
        await page.bringToFront();
        await page.reload();
        await scene.payment({ open: () => scene.muted(allowed), banner: () => page,
          close: () => page.click('#payment button'), gone: () => page });
        await badgeShows(test_browser, 'REC');
      }));
  }
});

describe('native messaging that the administrator of Chromium restricts', () => {
  it('all native messaging is forbidden: the popup says so, and which program to allow', () =>
    inScene('chromium', { machine_policies: { NativeMessagingBlocklist: ['*'] } }, async (scene) => {
      const popup = await openPopup(scene.test_browser);
      const { text } = await popupShows(popup, ({ text: words }) => /administrator .* forbids/.test(words));
      assert.match(text, /com\.cardmute\.host/);
      assert.doesNotMatch(text, /reconnecting/);
      await badgeShows(scene.test_browser, '?');
    }));

  it('all native messaging is forbidden, at a known site: a form says NOT MUTED and why', () => {
    const machine_policies = { ...managedSites('chromium'), NativeMessagingBlocklist: ['*'] };
    return inScene('chromium', { machine_policies }, async (scene) => {
      await notMuted(scene, /The administrator of this browser forbids .*com\.cardmute\.host/s);
      assert.equal(scene.simulator.requests.length, 0);
    });
  });

  it('hosts of a single user are forbidden: the popup says how to install one for everybody', () =>
    inScene('chromium', { machine_policies: { NativeMessagingUserLevelHosts: false } }, async (scene) => {
      const popup = await openPopup(scene.test_browser);
      await popupShows(popup, ({ text }) => /install --system/.test(text));
    }));
});
