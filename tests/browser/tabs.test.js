// Tests payment forms in several tabs and windows: only the last one that closes ends the mute.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { inBothBrowsers, Scene, BROWSERS } from './harness/scene.js';

const { it, describe } = runner;

inBothBrowsers(runner, 'several pages', {}, (scene) => {
  it('the tab is closed', async () => {
    let page;
    await scene().payment({ open: async () => { page = await scene().open('plain.html'); },
      banner: () => page, close: () => page.close() });
  });

  for (const [what, options] of /** @type {const} */ ([
    ['three tabs', {}], ['three windows', { type: 'window' }],
  ])) {
    it(`${what}: two forms close, and the call stays muted`, async () => {
      const pages = [];
      await scene().payment({
        open: async () => {
          for (let n = 0; n < 3; n += 1) pages.push(await scene().open('plain.html', options));
        },
        banner: () => pages[2],
        meanwhile: async () => {
          await pages[0].close();
          await pages[2].bringToFront();
          await pages[2].click('#payment button');
          await bannerShows(pages[2], null);
          await bannerShows(pages[1], 'muted');
          assert.deepEqual(scene().simulator.mutedCalls(), [scene().ivrid]);
        },
        close: () => pages[1].close(),
      });
    });
  }

  it('two forms in one page', async () => {
    const page = await scene().open('plain.html');
    await scene().payment({
      open: () => page.evaluate(() => {
        document.body.append(document.querySelector('#payment').cloneNode(true));
      }),
      banner: () => page,
      meanwhile: async () => {
        await page.evaluate(() => document.querySelector('form + form').remove());
        await bannerShows(page, 'muted');
      },
      close: () => page.evaluate(() => document.querySelector('#payment').remove()), gone: () => page,
    });
  });
});

describe('the whole browser is closed', () => {
  for (const name of BROWSERS) {
    it(name, async () => {
      const scene = await Scene.startAtWork(name);
      try {
        let page;
        await scene.payment({ open: async () => { page = await scene.open('plain.html'); },
          banner: () => page, close: () => scene.test_browser.browser.close() });
      } finally {
        await scene.close();
      }
    });
  }
});
