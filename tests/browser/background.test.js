// The extension's background ends or is loaded again while a payment form is open, and pages are there
// before the extension is: the state comes back by itself.
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
    ['is loaded again, as by an update', (browser) => browser.installExtension()],
  ])) {
    it(`${what} with a form open: muted again by itself`, async () => {
      const { simulator, test_browser } = scene();
      const page = await scene().open('plain.html');
      await bannerShows(page, 'muted');
      const connections = simulator.connections.length;
      const ending = simulator.mark(what);
      await end(test_browser);
      // A new host opens a connection of its own: the old one is really gone.
      await simulator.waitFor(() => simulator.connections.length > connections, { after: ending.seq });
      const back = await scene().muted(ending);
      await scene().payment({
        open: () => scene().muted(back), banner: () => page,
        meanwhile: async () => {
          await badgeShows(test_browser, '✓');
          await until('one banner, and no old one beside it', async () =>
            (await page.$$('[data-cardmute-banner]')).length === 1);
        },
        close: () => page.click('#payment button'), gone: () => page,
      });
    });
  }

  it('ends while nothing is open, and sees the next form', async () => {
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
  describe(`pages that were open before the extension came, ${name}`, () => {
    it('are seen', async () => {
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
