// What a browser test needs: a browser with CardMute, a simulated Voicenter with an active call, and pages
// with payment forms. All tests of a file share one scene, since a browser takes seconds to start. At the
// start of each test the call is recorded, and no page of the previous test is open.
import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endSettlers } from '../../host/process/settlers.js';
import { startSimulator } from '../../simulator/simulator.js';
import { bannerShows } from './banner.js';
import { TestBrowser } from './browsers.js';
import { servePages } from './pages.js';
import { backToAutomatic, openPopup } from './popup.js';
import { speak } from './privileged.js';
import { until } from './until.js';

export const BROWSERS = /** @type {const} */ (['chromium', 'firefox']);
const PAGES = path.join(path.dirname(fileURLToPath(import.meta.url)), '../pages');

/** @typedef {import('./browsers.js').Options} Options */
/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */
/**
 * What is added to the configuration's `voicenter`, or a function that returns it.
 * @typedef {object | ((simulator: Simulator) => object | Promise<object>)} Voicenter
 */
/** @typedef {Partial<Options> & {policy?: object, voicenter?: Voicenter}} SceneOptions */
/** @typedef {import('../../simulator/simulator.js').SimulatorEvent} SimulatorEvent */

/**
 * From this many cycles (a form opens and closes) on, the end of a test resets the host's count of cycles.
 * The host allows five without a delay, and the next test adds its own.
 */
const cycles_without_delay = 3;

export class Scene {
  /** The number of events before a person's last decision. The host counts the cycles since then. */
  #counted_from = 0;

  /**
   * @param {'chromium' | 'firefox'} name
   * @param {SceneOptions} [options]
   */
  static async start(name, { policy = {}, voicenter = {}, ...options } = {}) {
    const scene = new Scene();
    scene.simulator = await startSimulator();
    scene.pages = await servePages(PAGES);
    scene.config = {
      voicenter: { mute_url: scene.simulator.muteUrl, extension: 'API1API',
        ...(typeof voicenter === 'function' ? await voicenter(scene.simulator) : voicenter) },
      policy: { sites: ['http://127.0.0.1/*'], ...policy },
    };
    const { config } = scene;
    const firefox_speaks = name === 'firefox' && options.language;
    try {
      scene.test_browser = await TestBrowser.start({ name, config, ...options,
        ...(firefox_speaks && { extension: null }) });
    } catch (error) {
      // Servers that go on listening would keep the test's process alive.
      await Promise.all([scene.pages.close(), scene.simulator.close()]);
      throw error;
    }
    if (firefox_speaks) {
      await speak(scene.test_browser, options.language);
      await scene.test_browser.installExtension(options.extension);
    }
    scene.newCall();
    return scene;
  }

  /**
   * Waits until the extension has the host's policy, and so runs in every page that is opened from now on.
   */
  async atWork() {
    const page = await openPopup(this.test_browser);
    await until('the content script is registered', () => page.evaluate(async () => {
      const { scripting } = globalThis.browser ?? globalThis.chrome;
      return (await scripting.getRegisteredContentScripts()).length > 0;
    }));
    await page.close();
  }

  /** @param {'chromium' | 'firefox'} name @param {SceneOptions} [options] */
  static async startAtWork(name, options) {
    const scene = await Scene.start(name, options);
    try {
      await scene.atWork();
    } catch (error) {
      await scene.close();
      throw error;
    }
    return scene;
  }

  /** Ends the last call, if any, and starts another one. */
  newCall() {
    if (this.ivrid) this.simulator.endCall(this.ivrid);
    this.ivrid = this.simulator.startCall({ answered: true }).ivrid;
  }

  /**
   * @param {string} file in tests/browser/pages, or an address
   * @param {object} [options] of puppeteer's newPage
   * @returns {Promise<any>} a page of puppeteer
   */
  async open(file, options) {
    const page = await this.test_browser.browser.newPage(options);
    await page.goto(new URL(file, `${this.pages.origin}/`).href);
    return page;
  }

  /** Ends a test: closes its tabs, clears the faults, and waits until the call is recorded again. */
  async clear() {
    const { simulator, test_browser } = this;
    const [first, ...others] = await test_browser.browser.pages();
    await first.goto('about:blank');
    for (const page of others) await page.close();
    simulator.clearFaults();
    simulator.changeSettings({ no_calls_answer: 'success' });
    await simulator.acceptConnections().catch(() => {}); // no effect if the simulator listens already
    if (simulator.mutedCalls().length > 0) {
      await simulator.waitFor(() => simulator.mutedCalls().length === 0, { after: simulator.events.length });
    }
    await this.countCyclesAnew();
    this.newCall();
  }

  /**
   * After five cycles in a minute the host delays unmutes (host/engine/unmute_delay.hpp) until a person
   * decides something. Tests reach that limit, since they open and close forms faster than a person.
   */
  async countCyclesAnew() {
    const unmutes = this.simulator.events.slice(this.#counted_from)
      .filter(({ type }) => type === 'call.unmuted');
    if (unmutes.length < cycles_without_delay) return;
    await backToAutomatic(this.test_browser);
    this.#counted_from = this.simulator.events.length;
  }

  /**
   * Waits for an acknowledged mute after which a call is muted.
   * @param {SimulatorEvent} after @param {number} [timeout_ms]
   */
  muted(after, timeout_ms) {
    const isMute = ({ type, command, http_status }) =>
      type === 'request.answered' && command === 'mute' && http_status === 200;
    return this.simulator.waitFor((event) => isMute(event) && this.simulator.mutedCalls().length > 0,
      { after: after.seq, timeout_ms });
  }

  /**
   * Checks one payment: `open` makes a payment form appear, `close` makes it go. Nothing may be recorded from
   * the acknowledged mute to the close, and afterwards the recording must go on.
   * @param {object} steps
   * @param {() => Promise<any>} steps.open
   * @param {() => any} [steps.banner] the page or frame that shows the banner
   * @param {() => Promise<unknown>} [steps.meanwhile] while the form is open
   * @param {() => Promise<unknown>} steps.close
   * @param {() => any} [steps.gone] the page or frame that must not show a banner afterwards
   */
  async payment({ open, banner, meanwhile, close, gone }) {
    const { simulator, ivrid } = this;
    const opening = simulator.mark('the form opens');
    await open();
    const acknowledged = await this.muted(opening);
    if (banner) await bannerShows(banner(), 'muted');
    await meanwhile?.();
    const closing = simulator.mark('the form closes');
    await close();
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: closing.seq });
    assert.equal(simulator.wasRecordedBetween(ivrid, acknowledged.at_ms, closing.at_ms), false,
      'recorded while the form was open');
    const unmutes = simulator.events.filter(({ type, command, seq }) =>
      type === 'request.received' && command === 'unmute' && seq > acknowledged.seq && seq < closing.seq);
    assert.equal(unmutes.length, 0, 'unmutes sent while the form was open');
    if (gone) await bannerShows(gone(), null);
    const last = simulator.recorded(ivrid).at(-1);
    assert.deepEqual([last.kind, last.to_ms], ['recorded', null], 'the recording goes on');
  }

  async close() {
    await this.test_browser.close();
    endSettlers(this.test_browser.state_directory); // a settler would retry for as long as a call can last
    await this.pages.close();
    await this.simulator.close();
  }
}

/**
 * Runs a test in a scene of its own.
 * @param {'chromium' | 'firefox'} name @param {SceneOptions} options @param {(scene: Scene) => any} test
 */
export async function inScene(name, options, test) {
  const scene = await Scene.start(name, options);
  try {
    await test(scene);
  } finally {
    await scene.close();
  }
}

/**
 * Runs a file's tests in each browser, with one scene for all of them.
 * @param {typeof import('node:test')} runner
 * @param {string} what
 * @param {SceneOptions} options
 * @param {(scene: () => Scene) => void} define declares the tests
 */
export function inBothBrowsers({ describe, before, after, afterEach }, what, options, define) {
  for (const name of BROWSERS) {
    describe(`${what}, ${name}`, () => {
      /** @type {Scene} */
      let scene;
      before(async () => { scene = await Scene.startAtWork(name, options); });
      afterEach(() => scene.clear());
      after(() => scene?.close());
      define(() => scene);
    });
  }
}
