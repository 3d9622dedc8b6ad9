// Tests that the extension's element in a page does not disturb React, even if React hydrates the whole
// document after the extension has added the element.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bannerShows } from './harness/banner.js';
import { covered } from './harness/interlock.js';
import { playHost } from './harness/played-host.js';
import { openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, Scene } from './harness/scene.js';
import { until } from './harness/until.js';
import { serveHydrated } from './hydrated/server.js';

const POLICY = {
  sites: ['http://127.0.0.1/*'], rules: [], interlock: 'block', interlock_timeout_ms: 30_000, premute: false,
  on_browser_gone: 'resume', grace_ms: 3000, allow_record_override: false, idle_minutes: 10,
  on_idle: 'alert', manual_mute_minutes: 30, form_mute_minutes: 10,
};

for (const name of BROWSERS) {
  it(`React hydrates a page with a banner: no error, the same form, the typed text, ${name}`, async () => {
    const server = await serveHydrated();
    const scene = await Scene.start(name, { install_host: false });
    try {
      const host = await playHost(scene.test_browser, POLICY);
      await host.say({ state: 'muted', surfaces: 1 });
      const popup = await openPopup(scene.test_browser); // so that the extension gets its sites from the host
      await popupShows(popup, ({ view }) => view === 'muted');
      // The banner shows before the page has loaded completely.
      const page = await scene.open(server.origin);
      await bannerShows(page, 'muted');
      await page.waitForFunction(() => typeof globalThis.hydrate === 'function');
      await page.type('#number', '4111');
      await page.evaluate(() => {
        globalThis.form = document.querySelector('form');
        globalThis.hydrate();
      });
      // React puts such a property on an element that it has hydrated.
      await until('React', async () => page.$eval('form', (form) =>
        Object.keys(form).some((key) => key.startsWith('__react'))));
      assert.deepEqual(await page.evaluate(() => globalThis.mended), []);
      assert.equal(await page.evaluate(() => globalThis.form === document.querySelector('form')), true);
      assert.equal(await page.$eval('#number', (field) => field.value), '4111');
      await bannerShows(page, 'muted');
      await host.say({ state: 'unprotected', surfaces: 1, problem: { code: 'timeout', message: '' } });
      await covered(page, ['#number', '#code']);
    } finally {
      await scene.close();
      await server.close();
    }
  });
}
