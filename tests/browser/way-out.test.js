// Tests "Continue anyway": no page can keep a person from pressing it, or lead a press onto it.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bannerShows, goOn, readBanner } from './harness/banner.js';
import { offersToGoOn, readField, uncovered } from './harness/interlock.js';
import { playHost } from './harness/played-host.js';
import { openInFrame } from './harness/played-scene.js';
import { openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, inScene, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const POLICY = {
  sites: ['http://127.0.0.1/*'], rules: [], interlock: 'block', interlock_timeout_ms: 300, premute: false,
  on_browser_gone: 'resume', grace_ms: 3000, allow_record_override: false, idle_minutes: 10,
  on_idle: 'alert', manual_mute_minutes: 30,
};
const NOT_MUTED = { state: 'unprotected', surfaces: 1, problem: { code: 'timeout', message: 'No answer.' } };

/**
 * How long the tests keep the button still: longer than steady_ms in extension/overlay/painted.js, after
 * which a press on it counts.
 */
const steady_ms = 2000;

/** @param {any} scene */
async function playNotMuted(scene) {
  const host = await playHost(scene.test_browser, POLICY);
  await host.say(NOT_MUTED);
  return host;
}

/** Lets the extension get its sites from the host. @param {any} scene */
async function learn(scene) {
  const popup = await openPopup(scene.test_browser);
  await popupShows(popup, ({ text }) => /No answer|not answer/.test(text));
  return popup;
}

const show = (page) => page.evaluate('panel().hidden = false');

/** Presses the button where it is now. A changed text may have moved the button. @param {any} page */
async function pressOnce(page) {
  const { button: { box } } = await readBanner(page);
  await page.mouse.click((box.left + box.right) / 2, (box.top + box.bottom) / 2);
}

/** @param {any} page @returns {Promise<{left: number, top: number}>} */
const placeOfFrame = (page) => page.$eval('iframe', (it_is) => {
  const { left, top } = it_is.getBoundingClientRect();
  return { left, top };
});

/** @param {any} page or frame whose banner has the button @param {any} keyboard */
async function focusButton(page, keyboard = page.keyboard) {
  const isThere = () => page.$eval('[data-cardmute-banner]', (ours) => document.activeElement === ours);
  // Takes the page's fields out of the tab order, so that Tab soon reaches the button.
  await page.evaluate(() => { for (const input of document.querySelectorAll('input')) input.tabIndex = -1; });
  for (let presses = 0; presses < 4 && !await isThere(); presses += 1) await keyboard.press('Tab');
  return isThere();
}

for (const name of BROWSERS) {
  describe(`"Continue anyway", ${name}`, () => {
    /** @type {Scene} */
    let scene;
    /** @type {Awaited<ReturnType<typeof playHost>>} */
    let host;
    before(async () => {
      scene = await Scene.start(name, { install_host: false });
      host = await playNotMuted(scene);
      await (await learn(scene)).close();
    });
    afterEach(() => scene.clear());
    after(() => scene?.close());

    const goneOn = async () => (await host.heard()).filter(({ type }) => type === 'surface.continue').length;

    for (const attack of ['starve', 'swallow']) {
      it(`${attack}: a page that has its listeners first keeps no press from the button`, async () => {
        const page = await scene.open(`overlay.html#${attack}`);
        await show(page);
        await offersToGoOn(page);
        const before_it = await goneOn();
        await goOn(page);
        await uncovered(page);
        assert.equal(await goneOn() - before_it, 1);
      });
    }

    it('works by keyboard in a page that keeps clicks', async () => {
      const page = await scene.open('overlay.html#starve');
      await show(page);
      await offersToGoOn(page);
      assert.ok(await focusButton(page));
      await page.keyboard.press('Enter');
      await uncovered(page);
    });

    it('one press is enough on a button that has been there for a while', async () => {
      const page = await scene.open('overlay.html');
      await show(page);
      await page.focus('#toggle');
      await offersToGoOn(page);
      await sleep(steady_ms);
      await pressOnce(page);
      await uncovered(page);
    });

    it('one press is enough while a frame of the page has the focus', async () => {
      const page = await scene.open('overlay.html');
      await show(page);
      await offersToGoOn(page);
      await page.evaluate(() => {
        const frame = Object.assign(document.createElement('iframe'), { srcdoc: '<input>' });
        return new Promise((done) => {
          frame.addEventListener('load', done);
          document.body.append(frame);
        });
      });
      await page.focus('iframe');
      await until('the focus is in the frame',
        () => page.evaluate(() => window.frames[0].document.hasFocus()));
      await sleep(steady_ms);
      await pressOnce(page);
      await uncovered(page);
    });

    it('a page that moves a frame leads no press onto the button', async () => {
      const { page, frame } = await openInFrame(scene);
      await offersToGoOn(frame);
      const outer = await placeOfFrame(page);
      const rest = { x: outer.left + 590, y: outer.top + 390 };
      const place = (dx, dy) => page.$eval('iframe', (it_is, x, y) => {
        it_is.style = `position:relative;left:${x}px;top:${y}px`;
      }, dx, dy);
      // The click gives the frame the focus, and leaves the pointer in the frame.
      await page.mouse.click(rest.x, rest.y);
      await sleep(steady_ms);
      const { button: { box } } = await readBanner(frame);
      const before_it = await goneOn();
      // Moves the frame so that its button comes under the pointer, which stays where it is.
      await place(rest.x - outer.left - (box.left + box.right) / 2,
        rest.y - outer.top - (box.top + box.bottom) / 2);
      const press = async () => {
        await page.mouse.down();
        await page.mouse.up();
      };
      await press();
      assert.equal((await readField(frame, '#number')).inert, true, 'the press did not count');
      assert.equal(await goneOn(), before_it);
      // After a press that did not count, the page's top frame shows its banner, maybe over this frame.
      const isGoneOn = async () => (await readBanner(frame))?.button === null;
      await until('the offer, or a press that counts', async () => {
        await sleep(2 * steady_ms); // so that button and frame have been still for long enough
        await press();
        return await isGoneOn() || (await readBanner(page))?.button;
      });
      if (!await isGoneOn()) {
        assert.equal(await goneOn(), before_it);
        await goOn(page);
      }
      await until('the ledger entry', async () => await goneOn() === before_it + 1);
      await bannerShows(frame, 'unprotected');
      await uncovered(frame);
    });

    // In Firefox the page's top frame offers the button instead.
    if (name === 'chromium') {
      it('one press is enough in a frame that stays where it is', async () => {
        const { page, frame } = await openInFrame(scene);
        await offersToGoOn(frame);
        const outer = await placeOfFrame(page);
        // The pointer moves within the frame first. So the extension learns the scale between frame and
        // screen.
        await page.mouse.move(outer.left + 590, outer.top + 390);
        await page.mouse.move(outer.left + 20, outer.top + 390, { steps: 8 });
        await sleep(steady_ms);
        const { button: { box } } = await readBanner(frame);
        await page.mouse.move(outer.left + (box.left + box.right) / 2, outer.top + (box.top + box.bottom) / 2,
          { steps: 8 });
        await page.mouse.down();
        await page.mouse.up();
        await uncovered(frame);
      });
    }

    it('by keyboard it works in a frame', async () => {
      const { page, frame } = await openInFrame(scene);
      await offersToGoOn(frame);
      await frame.focus('#toggle');
      assert.ok(await focusButton(frame, page.keyboard));
      // The focus may first be on the whole banner, so that a screen reader reads the banner out.
      await until('continued', async () => {
        await page.keyboard.press('Enter');
        if ((await readBanner(frame)).button === null) return true;
        await page.keyboard.press('Tab');
        return false;
      });
      await uncovered(frame);
    });
  });

  describe(`"Continue anyway" in a page that was there before the extension, ${name}`, () => {
    it('a press that the page keeps from other listeners still counts', () =>
      inScene(name, { install_host: false }, async (scene) => {
        const page = await scene.open('overlay.html#starve');
        await show(page);
        await playNotMuted(scene);
        await learn(scene);
        await page.bringToFront();
        await offersToGoOn(page);
        await goOn(page);
        await uncovered(page);
      }));

    it('a press that the page swallows altogether can be made in the popup', () =>
      inScene(name, { install_host: false }, async (scene) => {
        const page = await scene.open('overlay.html#swallow');
        await show(page);
        const host = await playNotMuted(scene);
        const popup = await learn(scene);
        await page.bringToFront();
        await offersToGoOn(page);
        await popup.bringToFront();
        await popup.waitForSelector('#go-on', { visible: true });
        await popup.click('#go-on');
        await page.bringToFront();
        await uncovered(page);
        await until('the ledger', async () =>
          (await host.heard()).some(({ type }) => type === 'surface.continue'));
      }));
  });
}
