// What the kill tests end, and how: always without a warning, as a crash or the system's memory killer would.
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { askFirefox, endBackground } from './privileged.js';

/** @typedef {import('./browsers.js').TestBrowser} TestBrowser */
/** @typedef {'host' | 'worker' | 'reload' | 'renderer' | 'browser'} Victim */
/** @typedef {{test_browser: TestBrowser, hosts: () => Promise<number[]>}} Surroundings */

/** @param {number[]} pids @returns {number[]} those that were still there */
export function killAll(pids) {
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 'SIGKILL');
    } catch {
      return false; // it has ended by itself meanwhile
    }
  });
}

/**
 * The processes that show pages of websites; of Chromium those of every tab, since it does not say which is
 * whose.
 * @param {TestBrowser} test_browser
 * @returns {Promise<number[]>}
 */
async function renderers({ name, browser }) {
  if (name === 'firefox') {
    const list = await askFirefox({ browser }, `JSON.stringify(
      Services.wm.getMostRecentWindow('navigator:browser').gBrowser.browsers
        .filter((tab) => tab.isRemoteBrowser && /^http/.test(tab.currentURI.spec))
        .map((tab) => tab.browsingContext.currentWindowGlobal.osPid))`);
    return JSON.parse(list);
  }
  if (!browser.targets().some((target) => target.type() === 'page' && /^http/.test(target.url()))) return [];
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pages = await Promise.all(processInfo.filter(({ type }) => type === 'renderer')
    .map(async ({ id }) => {
      const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '--extension-process');
      return /--(extension-process|top-chrome-webui)/.test(command) ? 0 : id;
    }));
  return pages.filter((pid) => pid !== 0);
}

/** @type {Record<Victim, (from: Surroundings) => Promise<string>>} each says what it has killed */
export const KILL = {
  async host(around) {
    return `host ${killAll(await around.hosts()).join(' ') || '(none was running)'}`;
  },
  async worker({ test_browser }) {
    await endBackground(test_browser);
    return 'the extension\'s background';
  },
  async reload({ test_browser }) {
    await test_browser.installExtension();
    return 'the extension was loaded again';
  },
  async renderer({ test_browser }) {
    return `renderer ${killAll(await renderers(test_browser)).join(' ') || '(none was running)'}`;
  },
  async browser({ test_browser }) {
    return `browser ${killAll([test_browser.browser.process().pid])}`;
  },
};
