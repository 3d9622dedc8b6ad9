// From a payment form's insertion to the green banner beside it, in a real browser with the real extension,
// the real host and a simulated Voicenter, by the page's own clock.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestBrowser } from '../browser/harness/browsers.js';
import { servePages } from '../browser/harness/pages.js';
import { startSimulator } from '../simulator/simulator.js';
import { watchBanner } from './banner_root.js';

export const PAGES = path.join(path.dirname(fileURLToPath(import.meta.url)), 'pages');
const WARM_UP_FORMS = 5;
const POLICY_ms = 2500;
const SETTLED_ms = 500;

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {string} mute_url */
export const configuration = (mute_url) => ({
  voicenter: { mute_url, extension: 'API1API' },
  policy: { sites: ['http://127.0.0.1/*'] },
});

/** One browser that stays open from round to round. */
export class FormTimer {
  /** @param {'chromium' | 'firefox'} name @returns {Promise<FormTimer>} */
  static async start(name) {
    const timer = new FormTimer();
    try {
      await timer.begin(name);
    } catch (error) {
      await timer.close();
      throw error;
    }
    return timer;
  }

  /** @param {'chromium' | 'firefox'} name */
  async begin(name) {
    this.simulator = await startSimulator();
    this.simulator.startCall({ answered: true });
    this.pages = await servePages(PAGES);
    this.browser = await TestBrowser.start({ name, config: configuration(this.simulator.muteUrl) });
    this.page = await this.browser.browser.newPage();
    await this.page.goto(`${this.pages.origin}/form.html`);
    // The extension learns from the host which sites are watched, and then watches this one.
    await pause(POLICY_ms);
    await this.measure(WARM_UP_FORMS, 0);
  }

  /** @param {number} forms @param {number} round_trip_ms @returns {Promise<number[]>} */
  async measure(forms, round_trip_ms) {
    this.simulator.changeSettings({ round_trip_ms });
    // A form before the first: its banner's element is the one that the next ones use.
    await this.page.evaluate('benchOpen()');
    await pause(SETTLED_ms);
    await watchBanner(this.page);
    await this.page.evaluate('benchClose()');
    return /** @type {Promise<number[]>} */ (this.page.evaluate(`benchMeasure(${forms})`));
  }

  async close() {
    await this.browser?.close();
    await Promise.all([this.pages?.close(), this.simulator?.close()]);
  }
}
