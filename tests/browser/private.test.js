// Tests private windows, in which an extension runs only if a person or an administrator allows it.
import { describe, it } from 'node:test';
import { openPopup, popupShows } from './harness/popup.js';
import { askFirefox } from './harness/privileged.js';
import { BROWSERS, inScene } from './harness/scene.js';

const FORBIDDEN = /Private windows: .*not protected there.*you can allow it.*administrator/s;

for (const name of BROWSERS) {
  describe(`private windows, ${name}`, () => {
    it('the popup says that they are not protected, and who can change it', () =>
      inScene(name, {}, async ({ test_browser }) => {
        const popup = await openPopup(test_browser);
        await popup.waitForSelector('#private:not([hidden])');
        await popupShows(popup, ({ text }) => FORBIDDEN.test(text));
      }));
  });
}

describe('a private window of Firefox', () => {
  it('is muted without a restart once the add-on may run in private windows', () =>
    inScene('firefox', {}, async (scene) => {
      const { test_browser, simulator, pages } = scene;
      await scene.atWork();
      const allowed = simulator.mark('private windows are allowed');
      // Does what the add-ons page does when a person chooses "Run in Private Windows".
      await askFirefox(test_browser, `(async () => {
        const { ExtensionPermissions } =
          ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
        const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
        const permission = { permissions: ['internal:privateBrowsingAllowed'], origins: [] };
        await ExtensionPermissions.add(extension.id, permission, extension);
        await (await AddonManager.getAddonByID(extension.id)).reload();
        return '';
      })()`);
      await scene.atWork();
      await askFirefox(test_browser, `(async () => {
        const opener = Services.wm.getMostRecentWindow('navigator:browser');
        const opened = opener.OpenBrowserWindow({ private: true });
        // Only then has the window asked for its own first page, which would replace any other.
        const started = 'browser-delayed-startup-finished';
        await new Promise((resolve) => Services.obs.addObserver(function observe(subject) {
          if (subject !== opened) return;
          Services.obs.removeObserver(observe, started);
          resolve();
        }, started));
        const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
        opened.gBrowser.selectedBrowser.fixupAndLoadURIString('${pages.origin}/plain.html',
          { triggeringPrincipal });
        return '';
      })()`);
      await scene.muted(allowed);
      const popup = await openPopup(test_browser);
      await popup.waitForSelector('#private[hidden]');
    }));
});
