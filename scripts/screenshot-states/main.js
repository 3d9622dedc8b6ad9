// Takes pictures of the popup and the banner in every state, in each language, light, dark and in forced
// colours, for a person to look at. A program plays the host, and keeps each state as long as needed.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bannerShows } from '../../tests/browser/harness/banner.js';
import { playHost } from '../../tests/browser/harness/played-host.js';
import { openGroups, openPopup, popupShows } from '../../tests/browser/harness/popup.js';
import { Scene } from '../../tests/browser/harness/scene.js';
import { inEachLook } from './looks.js';
import { playBackground, POPUP_STATES } from './popup-states.js';
import { STATES } from './states.js';

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../build/screenshots/looks');
/** As tall as browsers let a popup be. */
const POPUP = { width: 368, height: 600 };
/** With "For support" open, the popup scrolls. At this size all of it is visible. */
const TALL_POPUP = { ...POPUP, height: 1200 };
const PAGE = { width: 900, height: 700 };
const POLICY = {
  sites: ['http://127.0.0.1/*'], rules: [], interlock: 'warn', on_browser_gone: 'resume', grace_ms: 3000,
  allow_record_override: false,
};
const IN_USE = { sip_id: 'API1API', source: 'table', may_set: false };

/** The view that a status leads to. @param {any} status */
const viewOf = ({ state, target }) => (target === null ? 'off' : state);

/**
 * Takes pictures of the popup in the states that do not come from the host.
 * @param {Scene} scene @param {string} language
 */
async function takePopups({ test_browser }, language) {
  const popup = await test_browser.browser.newPage();
  await popup.evaluateOnNewDocument(playBackground);
  for (const [name, { messages, press, query = '', supports = false }] of Object.entries(POPUP_STATES)) {
    await popup.setViewport(supports ? TALL_POPUP : POPUP);
    await popup.goto(test_browser.addressOf(`popup/popup.html${query}`));
    for (const message of messages) {
      await popup.evaluate((it) => /** @type {any} */ (globalThis).fromBackground(it), message);
    }
    if (supports) await popup.$eval('#support', (/** @type {any} */ group) => { group.open = true; });
    if (name === 'correction-confirmed') {
      await popup.$eval('#correct', (/** @type {any} */ group) => { group.open = true; });
    }
    if (press) await popup.click(press);
    await inEachLook(popup, (look) => path.join(FOLDER, `popup-${name}-${language}-${look}.png`),
      await popup.$('body'));
    console.log(`${language}: ${name}`);
  }
}

/**
 * Takes pictures of the banner with covered card fields: while the mute is on its way, and when it is late.
 * @param {'en' | 'he'} language
 */
async function takeBanners(language) {
  for (const [name, policy, view] of /** @type {const} */ ([
    ['covered', { ...POLICY, interlock: 'block', interlock_timeout_ms: 30_000 }, 'muting'],
    ['may-go-on', { ...POLICY, interlock: 'block', interlock_timeout_ms: 100 }, 'unprotected'],
  ])) {
    const scene = await Scene.start('chromium', { language, install_host: false });
    try {
      const host = await playHost(scene.test_browser, policy);
      const problem = view === 'unprotected' ? { code: 'timeout', message: '' } : null;
      await host.say({ provider: 'Voicenter', extension: IN_USE, surfaces: 1, state: view, problem });
      const page = await scene.open(`crm.html${language === 'he' ? '?he' : ''}`);
      await page.setViewport(PAGE);
      await page.click('#toggle');
      await bannerShows(page, view);
      await inEachLook(page, (look) => path.join(FOLDER, `banner-${name}-${language}-${look}.png`));
      console.log(`${language}: banner ${name}`);
    } finally {
      await scene.close();
    }
  }
}

/** @param {'en' | 'he'} language */
async function takePictures(language) {
  const scene = await Scene.start('chromium', { language, install_host: false });
  try {
    const host = await playHost(scene.test_browser, POLICY);
    const popup = await openPopup(scene.test_browser);
    await popup.setViewport(POPUP);
    const page = await scene.open(`crm.html${language === 'he' ? '?he' : ''}`);
    await page.setViewport(PAGE);
    let isOpen = false;
    for (const [name, { status, open = false, supports = false }] of Object.entries(STATES)) {
      await host.say({ provider: 'Voicenter', extension: IN_USE, ...status });
      await page.bringToFront();
      if (open !== isOpen) await page.click('#toggle');
      isOpen = open;
      if (open) {
        await bannerShows(page, /** @type {any} */ (status).state);
        await inEachLook(page, (look) => path.join(FOLDER, `banner-${name}-${language}-${look}.png`));
      }
      await popup.bringToFront();
      await popupShows(popup, ({ view }) => view === viewOf(status) || view === 'recording', name);
      if (supports) {
        await openGroups(popup);
        await popup.setViewport(TALL_POPUP);
      }
      await inEachLook(popup, (look) => path.join(FOLDER, `popup-${name}-${language}-${look}.png`),
        await popup.$('body'));
      console.log(`${language}: ${name}`);
    }
    await takePopups(scene, language);
  } finally {
    await scene.close();
  }
  await takeBanners(language);
}

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
for (const language of /** @type {const} */ (['en', 'he'])) await takePictures(language);
console.log(`The pictures are in ${path.relative(process.cwd(), FOLDER)}.`);
