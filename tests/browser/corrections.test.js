// Tests that an agent corrects the detector with two clicks. A form that was missed is then muted at once,
// and after a reload by itself. What was wrongly taken for a form closes. The administrator finds each
// correction as a rule in the ledger and in `doctor`. Leaves pictures in build/screenshots.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { keepPicture } from './harness/looks.js';
import { isPicking, outlinesIn } from './harness/picker.js';
import { openGroups, openPopup } from './harness/popup.js';
import { BROWSERS, inBothBrowsers, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const { describe, it } = runner;

const DARK = [{ name: 'prefers-color-scheme', value: 'dark' }];

/**
 * Opens the popup's page in a tab of its own, with `page` in front, so that the popup is about that page.
 * @param {Scene} scene
 * @param {any} page
 */
async function popupOver(scene, page) {
  const popup = await openPopup(scene.test_browser);
  await page.bringToFront();
  return popup;
}

/** Presses a button as soon as the popup shows it. @param {any} popup @param {string} id */
async function press(popup, id) {
  await until(`the button ${id}`, () => popup.evaluate((wanted) => {
    const button = document.getElementById(wanted);
    const group = button?.closest('details');
    if (group) group.open = true;
    if (button?.checkVisibility() !== true) return false;
    button.click(); // the popup may close at this click
    return true;
  }, id).catch(() => true));
}

/**
 * @param {Scene} scene
 * @param {string} command of the host; its JSON is read even if it fails
 * @returns {Promise<any>}
 */
const ask = async ({ test_browser }, command) =>
  JSON.parse(await test_browser.runHost(command, '--json').catch(({ stdout }) => stdout));

/** @param {any} popup @param {string} selector */
const isShown = (popup, selector) => popup.$eval(selector, (element) => element.checkVisibility());

/**
 * Brings the popup's tab to the front, which Chromium needs for a picture. The popup must not notice the
 * change of tabs, so its query for the active tab finds none from now on.
 * @param {any} popup
 */
async function stay(popup) {
  await popup.evaluate(() => {
    const { tabs } = globalThis.browser ?? globalThis.chrome;
    Object.defineProperty(tabs, 'query', { value: async () => [] });
  });
  await popup.bringToFront();
}

/**
 * The corrections in the ledger, with their rules, and what doctor says about corrections.
 * @param {Scene} scene
 */
async function told(scene) {
  const { entries } = await ask(scene, 'ledger');
  const { checks } = await ask(scene, 'doctor');
  return {
    made: entries.filter(({ kind }) => kind === 'correction')
      .map(({ outcome, request, rule }) => [outcome, request, rule.open ?? rule.ignore]),
    doctor: checks.filter(({ check }) => check === 'corrections').map(({ text }) => text),
  };
}

/** @param {any} page @param {string} selector of a field */
async function pointAt(page, selector) {
  const { x, y } = await page.$eval(selector, (field) => {
    const { left, top } = field.getBoundingClientRect();
    return { x: left + 5, y: top + 5 };
  });
  await page.mouse.move(x - 1, y);
  await page.mouse.move(x, y);
  await until('the outline', async () => (await outlinesIn(page))?.length === 1);
  return () => page.mouse.click(x, y);
}

inBothBrowsers(runner, 'a form that is not seen', {}, (scene) => {
  it('mutes by two clicks, and by itself from then on', async () => {
    const { simulator, ivrid } = scene();
    const page = await scene().open('unknown.html');
    const popup = await popupOver(scene(), page);
    const said = simulator.mark('this is a payment form');
    await press(popup, 'say-mute');
    const acknowledged = await scene().muted(said);
    await until('the picker', () => isPicking(page));
    await (await pointAt(page, '#reference'))();
    await bannerShows(page, 'muted');
    await until('the picker to leave', async () => !await isPicking(page));
    await page.focus('#reference');
    const leaving = simulator.mark('the page goes');
    await page.goto('about:blank');
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: leaving.seq });
    assert.equal(simulator.wasRecordedBetween(ivrid, acknowledged.at_ms, leaving.at_ms), false, 'no gap');

    let again;
    await scene().payment({
      open: async () => { again = await scene().open('unknown.html'); }, banner: () => again,
      close: () => again.evaluate("document.querySelector('#reference').remove()"), gone: () => again,
    });
    const { made, doctor } = await told(scene());
    assert.deepEqual(made, [['made', 'mute', '#reference']]);
    assert.match(doctor[0], /is a payment form.*policy\.rules: \{"name":"127\.0\.0\.1:\d+: #reference"/);

    const last = await scene().open('unknown.html');
    await bannerShows(last, 'muted');
    await press(await popupOver(scene(), last), 'take-back-mute');
    await bannerShows(last, null);
    assert.deepEqual((await told(scene())).doctor, []);
  });

  it('is recorded again if the agent leaves the picker', async () => {
    const { simulator, ivrid } = scene();
    const page = await scene().open('unknown.html');
    const said = simulator.mark('this is a payment form');
    await press(await popupOver(scene(), page), 'say-mute');
    await scene().muted(said);
    await until('the picker', () => isPicking(page));
    await page.keyboard.press('Escape');
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: said.seq });
    await until('the picker to leave', async () => !await isPicking(page));
  });
});

inBothBrowsers(runner, 'a false alarm', { policy: { agent_may_correct: 'both' } }, (scene) => {
  it('ends by two clicks and stays away, until the agent takes it back', async () => {
    const { simulator, ivrid } = scene();
    const page = await scene().open('unknown.html?alarm');
    await bannerShows(page, 'muted');
    const popup = await popupOver(scene(), page);
    await press(popup, 'say-unmute');
    const said = simulator.mark('this is no payment form');
    await press(popup, 'confirm-yes');
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: said.seq });
    await bannerShows(page, null);
    const loaded = simulator.mark('the page loads again');
    await page.reload();
    const again = await popupOver(scene(), page);
    await until('what was said', () => isShown(again, '#take-back-unmute'));
    const sent = simulator.events.filter(({ seq, type, command }) =>
      seq > loaded.seq && type === 'request.received' && command === 'mute');
    assert.deepEqual(sent, [], 'not even for a moment');
    await press(await popupOver(scene(), page), 'take-back-unmute');
    await bannerShows(page, 'muted');
    const { made } = await told(scene());
    const fields = ['[name="first_entry"]', '[name="second_entry"]'].map((name) => `input${name}`);
    assert.deepEqual(made, [['made', 'unmute', fields], ['taken_back', 'unmute', fields]]);
  });

  it('of another kind is not concerned', async () => {
    const page = await scene().open('unknown.html?alarm');
    await bannerShows(page, 'muted');
    const popup = await popupOver(scene(), page);
    await press(popup, 'say-unmute');
    await press(popup, 'confirm-yes');
    await bannerShows(page, null);
    await page.evaluate("document.querySelector('#entries').insertAdjacentHTML('beforeend', "
      + '\'<label>CVV <input name="cvv"></label>\')');
    await bannerShows(page, 'muted');
  });
});

for (const name of BROWSERS) {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    describe(`what corrections look like, ${name}, ${language}`, () => {
      it('in the popup and on the page', async () => {
        const scene = await Scene.startAtWork(name, { language, policy: { agent_may_correct: 'both' } });
        try {
          const keep = (page, what) => keepPicture(page, `${name}-${language}-correction-${what}`);
          const keepPopup = async (popup, what) => {
            await stay(popup);
            await keep(await popup.$('body'), what);
          };
          const page = await scene.open('unknown.html');
          const popup = await popupOver(scene, page);
          await until('the button', async () => {
            await openGroups(popup);
            return isShown(popup, '#say-mute');
          });
          await keepPopup(popup, 'offered');
          await page.bringToFront();
          await press(popup, 'say-mute');
          await until('the picker', () => isPicking(page));
          const click = await pointAt(page, '#reference');
          await keep(page, 'pointing');
          await click();
          await bannerShows(page, 'muted');
          const said = await popupOver(scene, page);
          await until('what it says', () => isShown(said, '#said-mute'));
          await keepPopup(said, 'said');
          const alarm = await scene.open('unknown.html?alarm');
          await bannerShows(alarm, 'muted');
          const asked = await popupOver(scene, alarm);
          if (name === 'chromium') await asked.emulateMediaFeatures(DARK);
          await press(asked, 'say-unmute');
          await keepPopup(asked, 'confirm');
        } finally {
          await scene.close();
        }
      });
    });
  }
}
