// Checks tabs whose page should have a content script and has none. The worker may have been ended before it
// had registered the script, so the script is injected. If the browser keeps the extension off the page, that
// is reported. The listeners also start a worker that was ended before it knew the sites.

import { inject, probe } from './injection.js';

/**
 * The time from the beginning of a navigation to the check of the page. Usually the registered content script
 * has connected by then. A page that has loaded completely is checked at once.
 */
export const LOOK_AFTER_ms = 500;

/**
 * A part of Chromium's error text if a policy (runtime_blocked_hosts) keeps the extension off a page. Such a
 * policy also hides the page's address.
 */
const BY_POLICY = /ExtensionsSettings policy/i;
/** A part of Firefox's error text for quarantined and restricted domains, and for its own error pages. */
const BY_FIREFOX = /missing host permission/i;
/** If Firefox cannot load a page, it shows an error page under the page's address, with its own icon. */
const FIREFOX_ICON = /^chrome:/;

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../host/native-port.js').Clock} Clock
 * @typedef {{code: 'site_blocked'|'site_restricted', host: string|null}} Blocked
 *   host: null if the browser hides it
 * @typedef {{api: Api, clock: Clock, sites: {known: boolean, includes: (address: string) => boolean},
 *   hasPage: (tabId: number) => boolean, onUnknown: () => void, onChange: () => void}} Parts
 *   hasPage: whether the content script of the tab's top frame is connected. onUnknown: called if a check is
 *   due while no site is known.
 */

export class TabGuard {
  #parts;
  /** @type {Map<number, Blocked>} */
  #blocked = new Map();
  /** @type {Map<number, () => void>} tab -> cancels the check that is due */
  #due = new Map();
  /** @type {Map<number, object>} tab -> the newest check that is under way */
  #checks = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @returns {Blocked[]} the pages, in all tabs, on which the browser does not let the extension run */
  get blocked() {
    return [...this.#blocked.values()];
  }

  /** Must be called in the worker's first turn of the event loop, so that these events can start a worker. */
  listen() {
    const { tabs } = this.#parts.api;
    tabs.onUpdated.addListener((tabId, { status, url }) => {
      if (status === 'complete') this.#look(tabId);
      else if (status !== undefined || url !== undefined) this.#lookSoon(tabId);
    });
    tabs.onActivated.addListener(({ tabId }) => this.#look(tabId));
  }

  /** Checks the active tab of each window. To be called after a change of the sites or a worker's start. */
  async lookAtFront() {
    const front = await this.#parts.api.tabs.query({ active: true }).catch(() => []);
    for (const { id } of front) if (id !== undefined) this.#look(id);
  }

  /**
   * To be called when a content script in the tab has connected, or the tab has closed.
   * @param {number} tabId
   */
  seen(tabId) {
    this.#checks.delete(tabId);
    this.#set(tabId, null);
  }

  /** @param {number} tabId */
  #lookSoon(tabId) {
    if (this.#due.has(tabId)) return;
    this.#due.set(tabId, this.#parts.clock.after(LOOK_AFTER_ms, () => this.#look(tabId)));
  }

  /** @param {number} tabId */
  async #look(tabId) {
    this.#due.get(tabId)?.();
    this.#due.delete(tabId);
    if (!this.#parts.sites.known) {
      this.#parts.onUnknown();
      return;
    }
    // A check may take long. If the tab shows another page meanwhile, that page's check counts instead.
    const check = {};
    this.#checks.set(tabId, check);
    const isCurrent = () => this.#checks.get(tabId) === check;
    const tab = await this.#parts.api.tabs.get(tabId).catch(() => null);
    if (isCurrent() && this.#isOtherPage(tabId, tab)) this.#set(tabId, null);
    const blocked = tab === null ? null : await this.#blockedIn(tabId, tab);
    if (!isCurrent()) return;
    this.#checks.delete(tabId);
    this.#set(tabId, blocked);
  }

  /**
   * Whether the tab was found to be blocked at one host and now shows another. False if the browser hid the
   * blocked host.
   * @param {number} tabId
   * @param {chrome.tabs.Tab|null} tab
   */
  #isOtherPage(tabId, tab) {
    const { host } = this.#blocked.get(tabId) ?? { host: null };
    const { url = '' } = tab ?? {};
    return host !== null && (!URL.canParse(url) || new URL(url).host !== host);
  }

  /** @param {number} tabId @param {chrome.tabs.Tab} tab @returns {Promise<Blocked|null>} */
  async #blockedIn(tabId, { url, favIconUrl = '', status }) {
    const { api, sites, hasPage } = this.#parts;
    if (url === undefined) {
      return BY_POLICY.test(await probe(api, tabId)) ? { code: 'site_blocked', host: null } : null;
    }
    if (!sites.includes(url) || hasPage(tabId)) return null;
    const words = await inject(api, tabId);
    const { host } = new URL(url);
    if (BY_POLICY.test(words)) return { code: 'site_blocked', host };
    const isJudged = status === 'complete' && !FIREFOX_ICON.test(favIconUrl);
    return isJudged && BY_FIREFOX.test(words) ? { code: 'site_restricted', host } : null;
  }

  /** @param {number} tabId @param {Blocked|null} blocked */
  #set(tabId, blocked) {
    if (blocked === null && !this.#blocked.has(tabId)) return;
    const { tabs } = this.#parts.api;
    if (blocked === null) this.#blocked.delete(tabId);
    else this.#blocked.set(tabId, blocked);
    // The listener exists only while a tab is blocked, so that a closing tab does not start an ended worker
    // needlessly.
    if (this.#blocked.size > 0) tabs.onRemoved.addListener(this.#removed);
    else tabs.onRemoved.removeListener(this.#removed);
    this.#parts.onChange();
  }

  #removed = (/** @type {number} */ tabId) => this.seen(tabId);
}
