// Reads the extension's desktop notifications.
import { askFirefox } from './privileged.js';

/**
 * Plays a service that shows notifications until they are closed. The machine of a test has none, and then
 * Firefox closes each notification at once. Chromium keeps them by itself. Call it before the extension is
 * installed.
 * @param {import('./browsers.js').TestBrowser} test_browser
 */
export async function keepNotifications(test_browser) {
  if (test_browser.name === 'chromium') return;
  await askFirefox(test_browser, `(() => {
    const service = new Proxy({}, { get: (_, name) => () => (name === 'QueryInterface' ? service : null) });
    const factory = { createInstance: () => service, QueryInterface: ChromeUtils.generateQI(['nsIFactory']) };
    Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
      Services.uuid.generateUUID(), 'played alerts', '@mozilla.org/alerts-service;1', factory);
    return '';
  })()`);
}

/**
 * @param {any} popup
 * @returns {Promise<Record<string, {title: string, message: string} | true>>} by ID; Chromium does not report
 *   the words
 */
export const readNotifications = (popup) =>
  popup.evaluate(() => (globalThis.browser ?? globalThis.chrome).notifications.getAll());
