// Opens the popup's page in a tab, because the automation cannot open a popup. The page works the same there.
import { until } from './until.js';

/**
 * @param {import('./browsers.js').TestBrowser} test_browser
 * @param {string} [url] of the popup, if it is another extension's
 * @returns {Promise<any>} a page of puppeteer
 */
export async function openPopup(test_browser, url = test_browser.addressOf('popup/popup.html')) {
  const { browser } = test_browser;
  const page = await browser.newPage();
  if (test_browser.name === 'chromium') await page.goto(url);
  else {
    // page.goto() waits for events that Firefox does not send for an extension's page.
    const context = page.mainFrame()._id;
    await browser.connection.send('browsingContext.navigate', { context, url, wait: 'complete' });
  }
  return page;
}

/** Opens the groups that are closed at first, such as "For support". @param {any} popup */
export const openGroups = (popup) => popup.$$eval('details:not([hidden])', (groups) => {
  for (const group of groups) group.open = true;
});

/** @typedef {{view: string, title: string, text: string, mode: string, refusal: string}} Popup */

/** @param {any} page @returns {Promise<Popup>} */
export function readPopup(page) {
  return page.evaluate(() => {
    const text = (/** @type {string} */ id) => document.getElementById(id)?.textContent ?? '';
    return {
      view: document.getElementById('state')?.dataset.view,
      title: text('title'),
      mode: text('mode'),
      refusal: text('refusal'),
      // innerText leaves out closed groups.
      text: [document.body.innerText, ...[...document.querySelectorAll('details:not([open])')]
        .map((group) => group.textContent)].join('\n'),
    };
  });
}

/**
 * @param {any} page
 * @param {(popup: Popup) => unknown} wanted
 * @param {string} [what]
 * @returns {Promise<Popup>}
 */
export function popupShows(page, wanted, what = String(wanted)) {
  return until(`popup: ${what}`, async () => {
    const popup = await readPopup(page);
    if (wanted(popup)) return popup;
    throw new Error(JSON.stringify(popup));
  });
}

/** How long to wait for the background's answer. The background also answers if it has no host. */
const answered_ms = 5000;

/**
 * Does what the button "Back to automatic" does, also when the popup does not offer it.
 * @param {import('./browsers.js').TestBrowser} test_browser
 */
export async function backToAutomatic(test_browser) {
  const page = await openPopup(test_browser);
  await page.evaluate((timeout_ms) => new Promise((resolve) => {
    const port = (globalThis.browser ?? globalThis.chrome).runtime.connect({ name: 'popup' });
    port.onMessage.addListener(({ type }) => { if (type === 'answer') resolve(null); });
    port.postMessage({ type: 'override', mode: 'auto' });
    setTimeout(resolve, timeout_ms);
  }), answered_ms);
  await page.close();
}
