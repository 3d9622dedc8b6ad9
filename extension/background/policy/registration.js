// Registers the content script for exactly the watched sites. Each pattern has a registration of its own, so
// that a pattern which the browser refuses does not prevent the others.

import { normalized, parsePattern, withoutPort } from '../../common/match-pattern.js';
import { CONTENT_FILE, inject } from '../pages/injection.js';

const ID_PREFIX = 'site:';

/**
 * How long to wait for an injection into a tab. In a tab that hangs it may never end, and would block the
 * registrations of a later policy. The injection itself goes on.
 */
export const INJECT_ms = 3000;

/** @typedef {typeof import('../../common/api.js').api} Api */

/** @param {string} site */
const idOf = (site) => ID_PREFIX + site;

/** @param {string} site @param {string} pattern @returns {chrome.scripting.RegisteredContentScript} */
const scriptFor = (site, pattern) => ({
  id: idOf(site),
  matches: [pattern],
  js: [CONTENT_FILE],
  allFrames: true,
  runAt: 'document_start',
  // Includes frames without an address of their own. Browsers accept this only for a pattern of a whole site.
  // For other patterns, the script is injected into such frames when the page around them reports that a
  // frame has loaded.
  matchOriginAsFallback: parsePattern(pattern)?.path === '/*',
  persistAcrossSessions: true,
});

export class Registration {
  #api;
  #after;
  #takesPorts;
  // Changes run one after the other: of two at once that find the same registration missing, the second would
  // fail.
  #last = Promise.resolve();
  #running = 0;

  /** @param {Api} api @param {import('../host/native-port.js').Clock['after']} after */
  constructor(api, after) {
    this.#api = api;
    this.#after = after;
    this.#takesPorts = !api.runtime.getURL('').startsWith('moz-extension:');
  }

  get busy() {
    return this.#running > 0;
  }

  /**
   * Registers exactly these sites, and injects the script into pages that are open already.
   * @param {readonly string[]} sites
   * @returns {Promise<void>}
   */
  apply(sites) {
    this.#running += 1;
    this.#last = this.#last.then(() => this.#apply(sites)).catch((error) => {
      console.warn('CardMute: content scripts could not be registered:', error);
    }).finally(() => { this.#running -= 1; });
    return this.#last;
  }

  /** @param {readonly string[]} sites */
  async #apply(sites) {
    const wanted = new Set(sites.filter((site) => parsePattern(site) !== null));
    const registered = await this.#api.scripting.getRegisteredContentScripts();
    const stale = registered.map(({ id }) => id).filter((id) => !wanted.has(id.slice(ID_PREFIX.length)));
    if (stale.length > 0) await this.#api.scripting.unregisterContentScripts({ ids: stale });
    const present = new Set(registered.map(({ id }) => id));
    for (const site of wanted) {
      if (!present.has(idOf(site))) await this.#register(site);
    }
    await this.#injectOpen([...wanted]);
  }

  /** @param {string} site */
  async #register(site) {
    // Firefox accepts a pattern with a port and then matches nothing. Without the port the script also runs
    // on the other ports of that host, where its forms do not count, see content-ports.js.
    const pattern = (this.#takesPorts && normalized(site)) || withoutPort(site);
    try {
      await this.#api.scripting.registerContentScripts([scriptFor(site, pattern)]);
    } catch (error) {
      console.warn(`CardMute: the browser does not take the site "${site}":`, error);
    }
  }

  /** @param {readonly string[]} sites */
  async #injectOpen(sites) {
    const tabs = new Set();
    for (const site of sites) {
      const found = await this.#api.tabs.query({ url: withoutPort(site) }).catch(() => []);
      for (const { id } of found) tabs.add(id);
    }
    await Promise.all([...tabs].map((tabId) => this.#inject(tabId)));
  }

  /** @param {number} tabId @returns {Promise<void>} */
  #inject(tabId) {
    return new Promise((resolve) => {
      const cancel = this.#after(INJECT_ms, resolve);
      inject(this.#api, tabId).then(() => {
        cancel();
        resolve();
      });
    });
  }
}
