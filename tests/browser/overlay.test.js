// Tests a page that hides, covers, strips or shrinks the banner. Either the banner stays visible, or badge,
// popup and ledger say that it cannot be seen. If a page tricks a person into a press on "Continue anyway",
// the press does not count.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { bannerShows, goOn, readBanner } from './harness/banner.js';
import { offersToGoOn, readField } from './harness/interlock.js';
import { startMuted } from './harness/played-scene.js';
import { popupShows } from './harness/popup.js';
import { badgeShows } from './harness/privileged.js';
import { BROWSERS } from './harness/scene.js';
import { until } from './harness/until.js';

const POLICY = {
  sites: ['http://127.0.0.1/*'], rules: [], interlock: 'block', interlock_timeout_ms: 300, premute: false,
  on_browser_gone: 'resume', grace_ms: 3000, allow_record_override: false, idle_minutes: 10,
  on_idle: 'alert', manual_mute_minutes: 30, form_mute_minutes: 10,
};
const MUTED = { state: 'muted', surfaces: 1 };
const NOT_MUTED = { state: 'unprotected', surfaces: 1, problem: { code: 'timeout', message: 'No answer.' } };

/** Attacks that do not hide the banner. */
const VAIN = ['zoom', 'shrink', 'enlarge', 'styles', 'attributes', 'animate', 'popover', 'dialog', 'cancel',
  'grow', 'backdrop', 'strip', 'define', 'modal', 'late_shadow', 'large_page'];
/** Attacks that hide the banner. `remove` and `cover` are repeated in each animation frame. */
const WON_BY_THE_PAGE = ['remove', 'cover', 'reopen', 'transition', 'flash', 'flash_shadow', 'flash_late',
  'reopen_late', 'reopen_inert', 'reopen_backdrop', 'cover_modal', 'cover_inert'];
/** Attacks that begin before the banner is there; `none` is no attack. */
const FROM_THE_START = ['shrink', 'cancel', 'define', 'none'];

for (const name of BROWSERS) {
  describe(`a hostile page, ${name}`, () => {
    /** @type {import('./harness/scene.js').Scene} */
    let scene;
    let host;
    let popup;
    before(async () => {
      ({ scene, host, popup } = await startMuted(name, POLICY));
    });
    afterEach(async () => {
      for (const page of (await scene.test_browser.browser.pages()).filter((one) => one !== popup)) {
        if ((await scene.test_browser.browser.pages()).length > 1) await page.close();
      }
    });
    after(() => scene?.close());

    const reports = async () => (await host.heard()).filter(({ type }) => type === 'overlay.report');

    /** @param {string} attack */
    async function attacked(attack) {
      const page = await scene.open(`overlay.html${FROM_THE_START.includes(attack) ? `#${attack}` : ''}`);
      await page.click('#toggle');
      if (!FROM_THE_START.includes(attack)) {
        await bannerShows(page, 'muted');
        await page.evaluate(`attack('${attack}')`);
        await page.waitForSelector('[data-small]', { hidden: true });
      }
      return page;
    }

    /** Whether the banner is in the window and has about its own size. */
    const isWhole = async (page) => {
      const banner = await readBanner(page);
      if (!banner) return false;
      const { left, top, right, bottom } = banner.box;
      assert.ok(left >= 0 && top >= 0 && right <= 1000 && bottom <= 700, JSON.stringify(banner.box));
      return right - left > 150 && right - left <= 421;
    };

    for (const attack of VAIN) {
      it(`${attack}: the banner stays`, async () => {
        await host.say(MUTED);
        const before_it = (await reports()).length;
        const page = await attacked(attack);
        await until('a whole banner', () => isWhole(page));
        const picture = await until('a picture with the banner in it', async () => {
          const { left, top, right, bottom } = (await readBanner(page)).box;
          const taken = await page.screenshot({
            clip: { x: left, y: top, width: right - left, height: bottom - top },
          });
          return taken.length > 1500; // bytes: a picture with text, not an empty one
        });
        assert.ok(picture);
        assert.equal((await reports()).length, before_it, 'it was seen all the time');
      });
    }

    for (const attack of WON_BY_THE_PAGE) {
      it(`${attack}: it is told in badge, popup and ledger, until the page stops`, async () => {
        await host.say(MUTED);
        const before_it = (await reports()).length;
        const page = await attacked(attack);
        await badgeShows(scene.test_browser, '✓?');
        const said = await until('the report', async () => (await reports())[before_it]);
        assert.equal(said.event, 'banner_not_seen');
        await popupShows(popup, ({ text }) => /hides or covers/.test(text));
        await page.evaluate('stop()');
        await page.bringToFront();
        await badgeShows(scene.test_browser, '✓');
      });
    }

    it('a press counts only on a button that was on top and unmoved; the ledger has whether', async () => {
      await host.say(NOT_MUTED);
      const page = await attacked('none');
      const { button: { box } } = await offersToGoOn(page);
      const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      // The page covers the button and uncovers it just before the press.
      await page.evaluate("attack('cover')");
      await until('covered', async () => !await page.evaluate(([x, y]) =>
        document.elementFromPoint(x, y).hasAttribute('data-cardmute-banner'), middle));
      await page.evaluate('stop()');
      await page.mouse.click(...middle);
      assert.equal((await readField(page, '#number')).inert, true, 'the press did not count');
      const heard = async () => (await host.heard()).filter(({ type }) => type === 'surface.continue');
      assert.deepEqual(await heard(), []);
      await goOn(page);
      const [continued] = await until('the ledger', async () => {
        const all = await heard();
        return all.length > 0 ? all : null;
      });
      assert.equal(continued.seen, true);
    });
  });
}
