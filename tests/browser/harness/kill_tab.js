// The tab in which the kill tests open payment forms, and how it is loaded again after a crash.
import { kStart_ms } from './kill_bounds.js';
import { until } from './until.js';

/** A page that shows no payment form at first. */
const BASE = 'single-page.html';
const PAYMENT = 'plain.html';
const AROUND = 'frame.html';
/**
 * How long to wait for the crash event. It might never come if the page was being left when its renderer
 * ended.
 */
const crash_seen_ms = 1000;

/** @typedef {import('./kill_plans.js').Plan} Plan */

export class Tab {
  #scene;
  /** @type {any} a page of puppeteer; null: none is open */
  #page = null;
  #crashed = false;

  /** @param {Pick<import('./scene.js').Scene, 'pages' | 'test_browser'>} scene */
  constructor(scene) {
    this.#scene = scene;
  }

  get page() {
    return this.#page;
  }

  /** @param {string} file */
  #at(file) {
    return `${this.#scene.pages.origin}/${file}`;
  }

  /** @param {string} file */
  async #openAnew(file) {
    this.#page = await this.#scene.test_browser.browser.newPage();
    this.#crashed = false;
    this.#page.once('error', () => { this.#crashed = true; });
    await this.#page.goto(this.#at(file));
  }

  /**
   * Makes Chromium end the process that shows the page.
   * @returns {Promise<boolean>} false: there is no page
   */
  async crash() {
    if (this.#page === null) return false;
    const session = await this.#page.createCDPSession();
    session.send('Page.crash').catch(() => {}); // the renderer cannot answer any more
    return true;
  }

  /** Opens the page from which the form will open, if it opens in this tab. @param {Plan} plan */
  async ready({ way }) {
    if (way === 'tab') return;
    if (this.#page === null) await this.#openAnew(BASE);
    else if (this.#page.url().includes(AROUND)) await this.#page.goto(this.#at(BASE));
  }

  /** @param {Plan} plan */
  async openForm({ way }) {
    if (way === 'draw') {
      await this.#page.evaluate('location.hash = "#pay"');
    } else if (way === 'navigate') {
      await this.#page.goto(this.#at(PAYMENT));
    } else if (way === 'frame') {
      const source = encodeURIComponent(`${this.#scene.pages.other_origin}/${PAYMENT}`);
      await this.#page.goto(this.#at(`${AROUND}?src=${source}`));
    } else {
      await this.leave();
      await this.#openAnew(PAYMENT);
    }
  }

  /** @param {Plan} plan */
  async closeForm({ way }) {
    if (way === 'draw') await this.#page.evaluate('location.hash = "#customer"');
    else if (way === 'navigate') await this.#page.goto(this.#at(BASE));
    else if (way === 'frame') await this.#page.evaluate('remove()');
    else await this.leave();
  }

  /**
   * Waits for the new tab, which may still be missing on a slow machine. Without it a kill would hit nothing,
   * and the form would open afterwards.
   */
  async isThere() {
    await until('the tab', async () => this.#page !== null);
  }

  /** Loads the page again after a crash, as a person does. */
  async reload() {
    if (this.#page === null) return;
    if (this.#scene.test_browser.name === 'chromium') {
      await until('the crash is noticed', async () => this.#crashed, crash_seen_ms).catch(() => {});
    }
    this.#crashed = false;
    this.#page.once('error', () => { this.#crashed = true; });
    // Firefox's page about the crash may interrupt the navigation.
    const again = async () => this.#page.goto(this.#at(BASE), { timeout: kStart_ms });
    if (this.#scene.test_browser.name === 'chromium') await until('loaded again', again);
    else await until('loaded again', again, kStart_ms).catch(() => this.#replace());
  }

  /**
   * In Firefox 153, after the process of a page with a frame of another origin was killed, the tab loads its
   * next page, but the automation gets no event about it. This happens without the extension, too.
   */
  async #replace() {
    const dead = this.#page;
    await this.#openAnew(BASE);
    await dead.close();
  }

  async leave() {
    const page = this.#page;
    this.#page = null;
    await page?.close();
    // Firefox sometimes opens the address in a second tab too, and the form there would stay open.
    for (const other of await this.#scene.test_browser.browser.pages()) {
      if (other.url().endsWith(PAYMENT)) await other.close();
    }
  }

  /** To be called when the tab has ended with its browser. */
  forget() {
    this.#page = null;
  }
}
