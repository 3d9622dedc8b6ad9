// Tests the picker, from the popup's button to a working rule: by pointer and by keyboard, in shadow roots
// and frames, in both languages. The page does not notice the picker. Leaves pictures in build/screenshots.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { keepPicture } from './harness/looks.js';
import {
  isPicking, nameOf, outlinesIn, panelShows, pressInPanel, startPicker,
} from './harness/picker.js';
import { openGroups, openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, inBothBrowsers, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const { after, before, describe, it } = runner;

/** A spot in picker.html that belongs to the panel itself and to none of its children. */
const PANEL = { x: 60, y: 105 };
const WHERE = /policy\.rules/;

/** @param {any} page @param {{x: number, y: number}} spot */
async function pick(page, { x, y }) {
  await page.mouse.move(x - 1, y);
  await page.mouse.move(x, y);
  await page.mouse.click(x, y);
  return panelShows(page);
}

/** @param {any} frame @param {string} selector @param {number} [inset] from its corner */
const spotIn = (frame, selector, inset = 5) => frame.$eval(selector, (element, by) => {
  const { left, top } = element.getBoundingClientRect();
  return { x: left + by, y: top + by };
}, inset);

inBothBrowsers(runner, 'the picker', {}, (scene) => {
  async function begin(query = '') {
    const page = await scene().open(`picker.html${query}`);
    await startPicker(scene().test_browser, page);
    return page;
  }

  it('gives a rule for what is pointed at, which then works as configuration', async () => {
    const page = await begin();
    await page.mouse.move(PANEL.x, PANEL.y);
    await until('what is pointed at', async () => /div\.checkout-panel/.test(await nameOf(page)));
    const panel = await pick(page, PANEL);
    const rule = JSON.parse(panel.json);
    assert.equal(rule.open, 'div.checkout-panel');
    assert.equal(rule.match, `${scene().pages.origin}/*`);
    assert.match(rule.name, /^127\.0\.0\.1:\d+: div\.checkout-panel$/);
    assert.match(panel.text, WHERE);
    assert.match(panel.text, /one element/);
    assert.match(panel.text, /Without a rule CardMute sees no payment form here/);
    assert.doesNotMatch(panel.text + panel.json, /typed by somebody|839201/);
    assert.equal(panel.hasFocus, true);
    assert.equal((await outlinesIn(page)).length, 1);
    assert.equal(await page.evaluate('presses'), 0, 'the page has heard of it');
    assert.equal(await page.evaluate("document.activeElement?.id === 'one'"), false);
    await page.keyboard.press('Escape');
    await until('the picker to leave', async () => !await isPicking(page));
    await page.click('#send');
    assert.ok(await page.evaluate('presses') > 0, 'the page hears again');

    // The administrator copies the rule into the configuration, which the host reads again by itself.
    const { config, test_browser } = scene();
    await page.evaluate("document.querySelector('.checkout-panel').hidden = true");
    await test_browser.configure({ ...config, policy: { ...config.policy, rules: [rule] } });
    await scene().payment({
      open: () => until('the rule to arrive', async () => {
        await page.evaluate("document.querySelector('.checkout-panel').hidden = false");
        await bannerShows(page, 'muted');
        return true;
      }),
      banner: () => page,
      close: () => page.evaluate("document.querySelector('.checkout-panel').remove()"), gone: () => page,
    });
    await test_browser.configure(config);
  });

  it('works by keyboard alone: arrows move to parent, child and sibling, and Escape leaves', async () => {
    const page = await scene().open('picker.html');
    await page.focus('#one');
    await startPicker(scene().test_browser, page);
    const says = (wanted) => until(String(wanted), async () => {
      const name = await nameOf(page);
      if (wanted.test(name)) return true;
      throw new Error(name);
    });
    await says(/input#one/);
    await page.keyboard.press('ArrowUp');
    await says(/\bp$/);
    await page.keyboard.press('ArrowUp');
    await says(/div\.checkout-panel/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await says(/input#one/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await says(/\binput$/);
    await page.keyboard.press('Escape');
    await until('the picker to leave', async () => !await isPicking(page));
    await startPicker(scene().test_browser, page);
    await says(/input#one/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    assert.equal(JSON.parse((await panelShows(page)).json).open, 'div.checkout-panel');
    await page.keyboard.press('Tab'); // the rule
    await page.keyboard.press('Tab'); // Copy
    await page.keyboard.press('Tab'); // Close
    await page.keyboard.press('Enter');
    await until('the picker to leave', async () => !await isPicking(page));
    assert.equal(await page.evaluate('document.activeElement.id'), 'one');
  });

  it('copies the rule', async () => {
    const page = await begin();
    await pick(page, PANEL);
    await pressInPanel(page, 0);
    await until('the panel to say so', async () => /Copied\./.test((await panelShows(page)).text));
    await pressInPanel(page, 1);
    await until('the picker to leave', async () => !await isPicking(page));
  });

  it('looks into a closed shadow root', async () => {
    const page = await begin();
    const panel = await pick(page, await spotIn(page, 'pay-box', 15));
    assert.equal(JSON.parse(panel.json).open, 'section.card-entry');
    assert.match(panel.text, /one element/);
  });

  it('works in frames of other origins: outline in the frame, panel in the top frame', async () => {
    const page = await begin(`?frame=${encodeURIComponent(`${scene().pages.other_origin}/picker.html`)}`);
    const frame = await (await page.$('iframe')).contentFrame();
    const { x, y } = await spotIn(page, 'iframe', 0);
    const inner = await spotIn(frame, '.checkout-panel', 15);
    await until('the picker in the frame', async () => {
      await page.mouse.move(x + inner.x + 1, y + inner.y);
      await page.mouse.move(x + inner.x, y + inner.y);
      return isPicking(frame);
    });
    await until('the top frame to let go', async () => await outlinesIn(page) === null);
    const panel = await pick(page, { x: x + inner.x, y: y + inner.y });
    assert.equal(JSON.parse(panel.json).match, `${scene().pages.other_origin}/*`);
    assert.equal(JSON.parse(panel.json).open, 'div.checkout-panel');
    assert.equal((await outlinesIn(frame)).length, 1);
    assert.equal(await outlinesIn(page), null);
    assert.equal(await frame.evaluate('presses'), 0);
    await page.keyboard.press('Escape');
    await until('both to leave', async () => !await isPicking(page) && !await isPicking(frame));
  });

  it('works in a modal dialog, where nothing outside can be pressed', async () => {
    const page = await scene().open('dialog.html');
    await page.click('body > button');
    await startPicker(scene().test_browser, page);
    await pick(page, await spotIn(page, 'dialog', 8));
    await pressInPanel(page, 1);
    await until('the picker to leave', async () => !await isPicking(page));
    assert.equal(await page.evaluate("document.querySelector('dialog').open"), true);
  });

  it('warns about a selector that may not last, and says where the detector finds a form', async () => {
    const page = await scene().open('plain.html');
    await bannerShows(page, 'muted');
    await startPicker(scene().test_browser, page);
    const panel = await pick(page, await spotIn(page, '#payment p'));
    assert.match(panel.text, /sees a payment form here without a rule/);
    assert.notEqual(panel.warnings, 0, 'a paragraph of many has nothing lasting');
  });

  it('says so on a page where it may not run, such as one of an extension', async () => {
    const popup = await openPopup(scene().test_browser);
    await openGroups(popup);
    await popup.click('#pick');
    await popupShows(popup, ({ text }) => /may not run on this page/.test(text));
  });
});

for (const name of BROWSERS) {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    describe(`what the picker looks like, ${name}, ${language}`, () => {
      /** @type {Scene} */
      let scene;
      before(async () => { scene = await Scene.startAtWork(name, { language }); });
      after(() => scene?.close());

      it('has the language\'s direction and texts', async () => {
        const page = await scene.open('picker.html');
        await startPicker(scene.test_browser, page);
        await page.mouse.move(PANEL.x, PANEL.y);
        await until('what is pointed at', async () => /checkout-panel/.test(await nameOf(page)));
        await keepPicture(page, `${name}-${language}-picker-pointing`);
        const panel = await pick(page, PANEL);
        assert.equal(panel.dir, language === 'he' ? 'rtl' : 'ltr');
        assert.match(panel.text, language === 'he' ? /כלל לטופס התשלום הזה/ : /Rule for this payment form/);
        await keepPicture(page, `${name}-${language}-picker`);
      });
    });
  }
}
