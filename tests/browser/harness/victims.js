// What the kill tests kill, and how. Almost everything is killed without warning, as by a crash or by the
// system when memory runs out. Two victims are not: the extension is reloaded, and Firefox itself ends the
// background.
import { kSettlerSeen_ms } from './kill_bounds.js';
import { killAll } from './processes.js';
import { askFirefox, endBackground, workerRegistered } from './privileged.js';
import { until } from './until.js';

/** @typedef {import('./browsers.js').TestBrowser} TestBrowser */
/** @typedef {import('./kill_tab.js').Tab} Tab */
/** @typedef {import('./processes.js').Process} Process */
/** @typedef {'host' | 'worker' | 'reload' | 'renderer' | 'browser' | 'settler' | 'machine'} Victim */
/**
 * @typedef {object} Surroundings
 * @property {TestBrowser} test_browser
 * @property {Tab} tab
 * @property {() => Promise<Process[]>} processes of this browser, its hosts and its settlers
 */

/**
 * Ends the process that shows the tab of the website, and no other. If Chromium's spare renderers were killed
 * too, Chromium might give a dead one to the next tab. In Firefox the processes of all websites' tabs end.
 * @param {Surroundings} around
 * @returns {Promise<boolean>} false: there was no such process
 */
async function endRenderer({ test_browser: { name, browser }, tab }) {
  if (name === 'chromium') return tab.crash();
  const list = await askFirefox({ browser }, `JSON.stringify(
    Services.wm.getMostRecentWindow('navigator:browser').gBrowser.browsers
      .filter((tab) => tab.isRemoteBrowser && /^http/.test(tab.currentURI.spec))
      .map((tab) => tab.browsingContext.currentWindowGlobal.osPid))`);
  return killAll(JSON.parse(list)).length > 0;
}

const isHost = (/** @type {Process} */ { is_host, settles }) => is_host && !settles;
const isSettler = (/** @type {Process} */ { settles }) => settles;

/** @param {Surroundings} around @param {(process: Process) => boolean} which */
async function end(around, which) {
  return killAll((await around.processes()).filter(which).map(({ pid }) => pid));
}

/**
 * Repeats until no process is left, since a host may start a settler as it ends.
 * @param {Surroundings} around
 */
async function endAll(around) {
  await until('nothing is left', async () => {
    await end(around, () => true);
    return (await around.processes()).length === 0;
  });
}

/** @type {Record<Victim, (around: Surroundings) => Promise<string>>} each returns what it has killed */
export const KILL = {
  async host(around) {
    return `host ${(await end(around, isHost)).join(' ') || '(none was running)'}`;
  },
  async worker({ test_browser }) {
    await endBackground(test_browser);
    return 'the extension\'s background';
  },
  async reload({ test_browser }) {
    await workerRegistered(test_browser, () => test_browser.installExtension());
    return 'the extension was loaded again';
  },
  async renderer(around) {
    return `renderer ${await endRenderer(around) ? '' : '(none was running)'}`;
  },
  async browser({ test_browser }) {
    return `browser ${killAll([test_browser.browser.process().pid])}`;
  },
  async settler(around) {
    const browser = await KILL.browser(around);
    /** @type {number[]} */
    let killed = [];
    await until('a settler', async () => {
      killed = await end(around, isSettler);
      return killed.length > 0;
    }, kSettlerSeen_ms).catch(() => {}); // there may have been nothing to settle
    return `${browser}, settler ${killed.join(' ') || '(none was running)'}`;
  },
  async machine(around) {
    await endAll(around);
    return 'browser, hosts and settlers';
  },
};
