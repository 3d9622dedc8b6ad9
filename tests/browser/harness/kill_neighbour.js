// The agent's other browser in the kill tests: what is killed beside it may not touch its form's mute.
import { kGrace_ms, kProtocol_ms } from './kill_bounds.js';
import { Tab } from './kill_tab.js';
import { TestBrowser } from './browsers.js';
import { workerRegistered } from './privileged.js';

/** Its form comes and goes in the plainest way: this browser is not the one that is tried. */
const PLAN = /** @type {import('./kill_plans.js').Plan} */ ({ way: 'draw' });
/** What the killed have left is dealt with by then. */
export const kPastGrace_ms = kGrace_ms + 500;

export class Neighbour {
  /** @param {import('./scene.js').Scene} scene of the first browser; both have one store */
  static async start(scene) {
    const neighbour = new Neighbour();
    const name = scene.test_browser.name === 'chromium' ? 'firefox' : 'chromium';
    neighbour.test_browser = await TestBrowser.start({ name, config: scene.config,
      state_directory: scene.test_browser.state_directory, protocol_timeout_ms: kProtocol_ms });
    await workerRegistered(neighbour.test_browser);
    neighbour.tab = new Tab({ pages: scene.pages, test_browser: neighbour.test_browser });
    return neighbour;
  }

  async openForm() {
    await this.tab.ready(PLAN);
    await this.tab.openForm(PLAN);
  }

  async closeForm() {
    await this.tab.closeForm(PLAN);
  }

  /** After a broken promise: no form of before is left. */
  async forget() {
    await this.tab.leave();
  }

  async quit() {
    await this.test_browser.quit();
  }

  async close() {
    await this.test_browser.close();
  }
}
