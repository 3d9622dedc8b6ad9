// The agent's other browser in the kill tests. Nothing in it is killed, and its form must stay muted.
import { kGrace_ms, kProtocol_ms, kQuiet_ms } from './kill_bounds.js';
import { Tab } from './kill_tab.js';
import { TestBrowser } from './browsers.js';
import { workerRegistered } from './privileged.js';
import { until } from './until.js';
import { nowMs } from '../../simulator/clock.js';

/** The form opens in the simplest way, because this browser is not the one under test. */
const PLAN = /** @type {import('./kill_plans.js').Plan} */ ({ way: 'draw' });
/** How long until the mutes of killed processes have ended. */
export const kPastGrace_ms = kGrace_ms + 500;

export class Neighbour {
  /** @param {import('./scene.js').Scene} scene of the first browser; both browsers use the same store */
  static async start(scene) {
    const neighbour = new Neighbour();
    const name = scene.test_browser.name === 'chromium' ? 'firefox' : 'chromium';
    neighbour.test_browser = await TestBrowser.start({ name, config: scene.config,
      state_directory: scene.test_browser.state_directory, protocol_timeout_ms: kProtocol_ms });
    await workerRegistered(neighbour.test_browser);
    neighbour.tab = new Tab({ pages: scene.pages, test_browser: neighbour.test_browser });
    return neighbour;
  }

  /**
   * Waits until the last form's requests have ended. While one host unmutes, the other may repeat the mute,
   * and then take it back. The simulator cannot tell that mute from one for the next form, and no browser
   * shows that mute.
   * @param {import('../../simulator/simulator.js').Simulator} simulator
   */
  async quiet(simulator) {
    const isRequest = (/** @type {{type: string}} */ { type }) => type.startsWith('request.');
    await until('no request for a while', async () => {
      const last = simulator.events.filter(isRequest).at(-1);
      return last === undefined || nowMs() - last.at_ms > kQuiet_ms;
    });
  }

  async openForm() {
    await this.tab.ready(PLAN);
    await this.tab.openForm(PLAN);
  }

  async closeForm() {
    await this.tab.closeForm(PLAN);
  }

  /** Closes the form of a cycle that broke a promise. */
  async forget() {
    await this.tab.leave();
  }
}
