// Tests that the call is muted without a person doing anything if the extension's background ends or is
// reloaded while a payment form is open, or if the extension is installed after a page has opened.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows, readBanner } from './harness/banner.js';
import { badgeShows, endBackground } from './harness/privileged.js';
import { BROWSERS, inBothBrowsers, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const { describe, it } = runner;

inBothBrowsers(runner, 'the extension\'s background', {}, (scene) => {
  for (const [what, end] of /** @type {const} */ ([
    ['ends', endBackground],
    ['is reloaded, as by an update,', (browser) => browser.installExtension()],
  ])) {
    it(`${what} with a form open: muted again by itself`, async () => {
      const { simulator, test_browser } = scene();
      const page = await scene().open('plain.html');
      await bannerShows(page, 'muted');
      const connections = simulator.connections.length;
      const ending = simulator.mark(what);
      await end(test_browser);
      // A new connection shows that a new host has been started.
      await simulator.waitFor(() => simulator.connections.length > connections, { after: ending.seq });
      const back = await scene().muted(ending);
      await scene().payment({
        open: () => scene().muted(back), banner: () => page,
        meanwhile: async () => {
          await badgeShows(test_browser, '✓');
          await until('one banner only', async () =>
            (await page.$$('[data-cardmute-banner]')).length === 1);
        },
        close: () => page.click('#payment button'), gone: () => page,
      });
    });
  }

  it('ends while no form is open: the next form is muted', async () => {
    const { test_browser } = scene();
    const page = await scene().open('hidden-shown.html?way=attribute');
    for (let round = 0; round < 2; round += 1) {
      await scene().payment({ open: () => page.click('#toggle'), banner: () => page,
        close: () => page.click('#toggle'), gone: () => page });
      await endBackground(test_browser);
    }
  });
});

for (const name of BROWSERS) {
  describe(`pages that were open before the extension was installed, ${name}`, () => {
    it('are muted once it is installed', async () => {
      const scene = await Scene.start(name, { extension: null });
      try {
        const open = await scene.open('plain.html');
        const frame = await scene.open(
          `frame.html?src=${encodeURIComponent(`${scene.pages.other_origin}/plain.html`)}`);
        assert.equal(await readBanner(open), null);
        await scene.payment({
          open: () => scene.test_browser.installExtension(), banner: () => open,
          meanwhile: async () => {
            await open.close();
            const inner = frame.frames().find((each) => each.parentFrame());
            await bannerShows(inner, 'muted');
          },
          close: () => frame.close(),
        });
      } finally {
        await scene.close();
      }
    });
  });
}
