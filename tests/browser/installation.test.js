// Tests what an agent is told if CardMute is not installed correctly. Also tests that CardMute works as soon
// as it is installed correctly, at most after one click.
import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { bannerShows, readBanner } from './harness/banner.js';
import { HOST } from './harness/browsers.js';
import { BARRED, copyUnderAnotherId } from './harness/copies.js';
import { writeHostManifest } from './harness/manifest.js';
import { keepNotifications, readNotifications } from './harness/notifications.js';
import { openPopup, popupShows, readPopup } from './harness/popup.js';
import { addressIn, badgeShows, endBackground } from './harness/privileged.js';
import { BROWSERS, inScene } from './harness/scene.js';
import { until } from './harness/until.js';

/** @typedef {import('./harness/scene.js').Scene} Scene */

/**
 * Presses "Try again" until the popup shows the view. One press may have no effect, because the extension
 * tries at most once a second (RETRY_MIN_ms).
 * @param {any} popup
 * @param {string} view
 */
const tryAgain = (popup, view) => until(`popup ${view}`, async () => {
  if ((await readPopup(popup)).view === view) return true;
  await popup.click('#retry');
  return false;
});

/** @param {any} page @param {RegExp} reason */
async function notMuted(page, reason) {
  const { lines } = await bannerShows(page, 'unprotected');
  assert.match(lines.join('\n'), reason);
}

for (const name of BROWSERS) {
  describe(`the host is missing or misconfigured, ${name}`, () => {
    it('removed with a form open; "Try again" when it is back', () => inScene(name, {}, async (scene) => {
      const { test_browser, simulator } = scene;
      const page = await scene.open('plain.html');
      await bannerShows(page, 'muted');
      await test_browser.removeHost();
      await endBackground(test_browser);
      await notMuted(page, /not installed on this computer/);
      await badgeShows(test_browser, '!');
      const popup = await openPopup(test_browser);
      await popupShows(popup, ({ text }) => /not installed/.test(text) && /not connected/.test(text));
      await test_browser.installHost();
      const back = simulator.mark('the host is installed');
      await tryAgain(popup, 'muted');
      await page.bringToFront();
      await scene.payment({ open: () => scene.muted(back), banner: () => page,
        close: () => page.click('#payment button'), gone: () => page });
    }));

    it('missing from the start: the popup says so, and no page claims anything', () =>
      inScene(name, { install_host: false }, async (scene) => {
        const page = await scene.open('plain.html');
        const popup = await openPopup(scene.test_browser);
        const { text: words } = await popupShows(popup, ({ text }) => /is not installed/.test(text));
        assert.match(words, /Tell support to install it/);
        await badgeShows(scene.test_browser, '?');
        assert.equal(await readBanner(page), null);
        await scene.test_browser.installHost();
        await tryAgain(popup, 'muted');
        await page.bringToFront();
        await bannerShows(page, 'muted');
      }));

    it('missing from the start: one notification says so until the host is installed', () =>
      inScene(name, { install_host: false, extension: null }, async ({ test_browser }) => {
        await keepNotifications(test_browser);
        await test_browser.installExtension();
        const popup = await openPopup(test_browser);
        const { not_set_up: shown, ...others } = await until('a notification', async () => {
          const all = await readNotifications(popup);
          return all.not_set_up && all;
        });
        assert.deepEqual(others, {});
        if (name === 'firefox') {
          assert.equal(shown.title, 'CardMute is not set up on this computer');
          assert.match(shown.message, /not installed on this computer/);
        }
        await test_browser.installHost();
        await tryAgain(popup, 'recording');
        await until('no notification', async () => Object.keys(await readNotifications(popup)).length === 0);
      }));

    it('the configuration is wrong, and corrected while the form is open', () =>
      inScene(name, { voicenter: { extension: '' } }, async (scene) => {
        const { test_browser, simulator, config } = scene;
        const page = await scene.open('plain.html');
        const popup = await openPopup(test_browser);
        await popupShows(popup, ({ text }) => /settings on this computer are missing or wrong/.test(text));
        const exact = await popup.$eval('code', (element) => element.textContent);
        assert.match(exact, /config\.json: .*voicenter\.extension/);
        await badgeShows(test_browser, '?');
        config.voicenter.extension = 'API1API';
        await test_browser.configure(config);
        const mended = simulator.mark('mended');
        await page.bringToFront();
        await scene.payment({ open: () => scene.muted(mended), banner: () => page,
          close: () => page.click('#payment button'), gone: () => page });
      }));
  });

  describe(`a copy of the extension with another ID, ${name}`, () => {
    /** @param {RegExp} reason @param {(scene: Scene, id: string) => any} prepare @param {any} [judge] */
    const isTold = (reason, prepare, judge) => inScene(name, { extension: null }, async (scene) => {
      const { test_browser, simulator } = scene;
      const folder = path.join(test_browser.folder, 'strange');
      const id = await copyUnderAnotherId(name, folder);
      await prepare(scene, id);
      assert.equal(await test_browser.installExtension(folder), id);
      const page = await scene.open('plain.html');
      const popup = await openPopup(test_browser, await addressIn(test_browser, id, 'popup/popup.html'));
      await popupShows(popup, ({ text }) => reason.test(text));
      assert.equal((await readPopup(popup)).view, 'off');
      assert.equal(await readBanner(page), null);
      assert.equal(simulator.requests.length, 0, 'nothing was sent for it');
      await judge?.(scene);
    });

    it('is kept from the host by the browser', () =>
      isTold(BARRED[name], () => {}));

    it('is refused by the host if a manifest lets it through', () => {
      const exit_file = (scene) => path.join(scene.test_browser.folder, 'exit-code');
      return isTold(/does not accept this extension/, async (scene, id) => {
        const program = path.join(scene.test_browser.folder, 'host-that-notes-its-exit-code');
        await writeFile(program, `#!/bin/sh\n'${HOST}' "$@"\necho $? > '${exit_file(scene)}'\n`);
        await chmod(program, 0o755);
        await writeHostManifest(scene.test_browser, { program, extension_id: id });
      }, (scene) => until('exit code 77', async () => await readFile(exit_file(scene), 'utf8') === '77\n'));
    });
  });
}
