// Reads and controls the browser itself: its toolbar button, its language, the extension's background. In
// Firefox this runs as privileged JavaScript.
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { patience_ms } from '../../simulator/event_log.js';
import { EXTENSION_ID } from './browsers.js';
import { ask_again_ms, until } from './until.js';

/** @typedef {import('./browsers.js').TestBrowser} TestBrowser */
/** @typedef {{badge: string, title: string, icon: string}} Toolbar */

/**
 * @param {TestBrowser} test_browser
 * @param {string} expression privileged JavaScript that may use `extension`; its value is a string
 */
export async function askFirefox({ browser }, expression) {
  const { connection } = browser;
  const { result: tree } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const { result } = await connection.send('script.evaluate', {
    expression: `(async () => {
      const { ExtensionParent } =
        ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      const extension = ExtensionParent.GlobalManager.getExtension('${EXTENSION_ID.firefox}');
      return ${expression};
    })()`,
    awaitPromise: true,
    target: { context: tree.contexts[0].context },
  });
  if (result.type !== 'success') throw new Error(JSON.stringify(result.exceptionDetails));
  return result.result.value;
}

/**
 * Makes Firefox report a language to extensions although its language pack is not installed. Call it before
 * the extension is installed.
 * @param {TestBrowser} test_browser
 * @param {string} language
 */
export async function speak(test_browser, language) {
  await askFirefox(test_browser, `(() => {
    Services.locale.availableLocales = ['${language}', 'en-US'];
    Services.locale.requestedLocales = ['${language}'];
    return Services.locale.appLocaleAsBCP47;
  })()`);
}

/**
 * @param {TestBrowser} test_browser
 * @param {string} id of any extension that is installed
 * @param {string} page of it
 */
export async function addressIn(test_browser, id, page) {
  if (test_browser.name === 'chromium') return `chrome-extension://${id}/${page}`;
  const host = await askFirefox(test_browser, `WebExtensionPolicy.getByID('${id}').mozExtensionHostname`);
  return `moz-extension://${host}/${page}`;
}

/**
 * Reads Chromium's toolbar in a page that is opened for this. If the automation were attached to the worker
 * instead, Chromium would not start the worker again after a crash; and the popup would make the extension
 * connect to its host.
 * @template T
 * @param {TestBrowser} test_browser
 * @param {(read: () => Promise<Toolbar>) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withToolbar(test_browser, use) {
  if (test_browser.name === 'firefox') {
    return use(async () => {
      const { badgeText, title, icon } = JSON.parse(await askFirefox(test_browser,
        'JSON.stringify(ExtensionParent.apiManager.global.browserActionFor(extension).action.globals)'));
      return { badge: badgeText, title, icon: icon[32] };
    });
  }
  const page = await test_browser.browser.newPage({ background: true });
  try {
    await page.goto(test_browser.addressOf('manifest.json'));
    return await use(() => page.evaluate(async () => ({
      badge: await chrome.action.getBadgeText({}),
      title: await chrome.action.getTitle({}),
      icon: '', // Chromium does not report it
    })));
  } finally {
    await page.close().catch(() => {}); // it is closed if the extension was reloaded
  }
}

/**
 * @param {TestBrowser} test_browser
 * @returns {Promise<Toolbar>}
 */
export const readToolbar = (test_browser) => withToolbar(test_browser, (read) => read());

/**
 * @param {TestBrowser} test_browser
 * @param {string} badge
 * @returns {Promise<Toolbar>}
 */
export function badgeShows(test_browser, badge) {
  const deadline = performance.now() + patience_ms;
  // Opening a page takes much longer than reading in it. Another page is opened only if the extension was
  // reloaded, which ends its pages.
  return until(`badge ${badge}`, () => withToolbar(test_browser, async (read) => {
    for (;;) {
      const toolbar = await read();
      if (toolbar.badge === badge) return toolbar;
      if (performance.now() > deadline) throw new Error(JSON.stringify(toolbar));
      await sleep(ask_again_ms);
    }
  }));
}

/**
 * Waits until Chromium has registered the extension's worker. If the extension's process ends before that,
 * Chromium does not try again, and nothing wakes the extension until the browser is started again. So a test
 * must not kill the worker earlier. Firefox has no registration.
 * @param {TestBrowser} test_browser
 * @param {() => Promise<unknown>} [install] installs the extension again; the wait is then for its new worker
 */
export async function workerRegistered({ name, browser }, install) {
  if (name === 'firefox') {
    await install?.();
    return;
  }
  const session = await (await browser.pages())[0].createCDPSession();
  /** @type {Map<string, string> | null} version -> status; null: not yet received */
  let versions = null;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions: changed }) => {
    versions ??= new Map();
    for (const { versionId, status } of changed) versions.set(versionId, status);
  });
  await session.send('ServiceWorker.enable');
  await until('Chromium lists its workers', async () => versions !== null);
  const old = new Set(install ? versions.keys() : []);
  await install?.();
  await until('the worker is registered', async () =>
    [...versions].some(([version, status]) => status === 'activated' && !old.has(version)));
  await session.detach();
}

/**
 * Ends the background. In Chromium it kills the extension's process; in Firefox it makes the browser end the
 * background as it does after an idle time.
 * @param {TestBrowser} test_browser
 */
export async function endBackground(test_browser) {
  if (test_browser.name === 'firefox') {
    await askFirefox(test_browser, `extension.terminateBackground(
      { ignoreDevToolsAttached: true, disableResetIdleForTest: true }).then(() => '')`);
    return;
  }
  // Calling close() in the worker is no alternative: under this automation no worker is started after that.
  const session = await test_browser.browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  for (const { id } of processInfo) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('--extension-process')) process.kill(id, 'SIGKILL');
  }
}
