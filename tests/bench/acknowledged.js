// Measures the time from the insertion of a payment form to its green banner, by the page's clock, with a
// real browser, the real extension and host, and a simulated Voicenter.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TestBrowser } from '../browser/harness/browsers.js';
import { servePages } from '../browser/harness/pages.js';
import { openPopup } from '../browser/harness/popup.js';
import { until } from '../browser/harness/until.js';
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

/** A browser that stays open from round to round. */
export class FormTimer {
  /**
   * @param {'chromium' | 'firefox'} name
   * @param {Partial<import('../browser/harness/browsers.js').Options>} [options]
   * @returns {Promise<FormTimer>}
   */
  static async start(name, options = {}) {
    const timer = new FormTimer();
    try {
      await timer.begin(name, options);
    } catch (error) {
      await timer.close();
      throw error;
    }
    return timer;
  }

  /**
   * @param {'chromium' | 'firefox'} name
   * @param {Partial<import('../browser/harness/browsers.js').Options>} options
   */
  async begin(name, options) {
    this.simulator = await startSimulator();
    this.simulator.startCall({ answered: true });
    this.pages = await servePages(PAGES);
    const config = configuration(this.simulator.muteUrl);
    this.browser = await TestBrowser.start({ name, config, ...options });
    this.page = await this.browser.browser.newPage();
    await this.page.goto(`${this.pages.origin}/form.html`);
    this.popup = await openPopup(this.browser);
    await this.page.bringToFront();
    // Meanwhile the extension learns from the host that this site is watched.
    await pause(POLICY_ms);
    await this.measure(WARM_UP_FORMS, 0);
  }

  /** @param {number} forms @param {number} round_trip_ms @returns {Promise<number[]>} */
  async measure(forms, round_trip_ms) {
    this.simulator.changeSettings({ round_trip_ms });
    // A form before the first measurement creates the banner's element, which later forms reuse.
    await this.page.evaluate('benchOpen()');
    await pause(SETTLED_ms);
    await watchBanner(this.page);
    await this.page.evaluate('benchClose()');
    const samples = [];
    for (let form = 0; form < forms; form += 1) {
      await this.unmuted();
      samples.push(/** @type {number} */ (await this.page.evaluate('benchMeasure()')));
    }
    return samples;
  }

  /** Unmutes by hand if necessary: the forms open and close so fast that the host delays their unmutes. */
  async unmuted() {
    await until('the call is unmuted', async () => {
      if (this.simulator.mutedCalls().length === 0) return true;
      await this.popup.evaluate(() => document.getElementById('record')?.click());
      return false;
    });
  }

  async close() {
    await this.browser?.close();
    await Promise.all([this.pages?.close(), this.simulator?.close()]);
  }
}
