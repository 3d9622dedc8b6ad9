// Looks after the tabs whose page has no content script. Where it may run it is injected: the worker may have
// been ended before it was registered. Where the browser keeps the extension off the page, this is reported.
// Its listener on tabs also wakes a worker that was ended before it knew its sites.

import { inject, probe } from './injection.js';

/** How long a page that was just entered is left alone: its registered script connects by itself. */
export const LOOK_AFTER_ms = 500;

/** Chromium's words for a policy (runtime_blocked_hosts), which hides the page's address as well. */
const BY_POLICY = /ExtensionsSettings policy/i;
/** Firefox's words for quarantined and restricted domains, and for its error pages. */
const BY_FIREFOX = /missing host permission/i;
/** Firefox shows its error pages under the address that failed; they have an icon of its own. */
const FIREFOX_ICON = /^chrome:/;

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../host/native-port.js').Clock} Clock
 * @typedef {{code: 'site_blocked'|'site_restricted', host: string|null}} Blocked
 *   host: null where the browser does not tell it
 * @typedef {{api: Api, clock: Clock, sites: {known: boolean, includes: (address: string) => boolean},
 *   hasPage: (tabId: number) => boolean, onUnknown: () => void, onChange: () => void}} Parts
 *   hasPage: the content script of the tab's top frame is connected. onUnknown: a page has loaded, and no
 *   site is known yet.
 */

export class TabGuard {
  #parts;
  /** @type {Map<number, Blocked>} */
  #blocked = new Map();
  /** @type {Map<number, () => void>} tab -> what cancels the look that is due */
  #due = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @returns {Blocked[]} the pages that the browser keeps us off, of all tabs */
  get blocked() {
    return [...this.#blocked.values()];
  }

  /** Must run before the worker's first turn ends, so that a tab wakes the next one. */
  listen() {
    const { tabs } = this.#parts.api;
    tabs.onUpdated.addListener((tabId, { status, url }) => {
      if (status === 'complete') this.#look(tabId);
      else if (status !== undefined || url !== undefined) this.#lookSoon(tabId);
    });
    tabs.onActivated.addListener(({ tabId }) => this.#look(tabId));
  }

  /** The sites have changed, or a worker has started: the pages in front are looked at. */
  async lookAtFront() {
    const front = await this.#parts.api.tabs.query({ active: true }).catch(() => []);
    for (const { id } of front) if (id !== undefined) this.#look(id);
  }

  /** @param {number} tabId the page there has connected */
  seen(tabId) {
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
    const tab = await this.#parts.api.tabs.get(tabId).catch(() => null);
    this.#set(tabId, tab === null ? null : await this.#blockedIn(tabId, tab));
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
    // Listened for only while it matters, so that no closed tab wakes a worker for nothing.
    if (this.#blocked.size > 0) tabs.onRemoved.addListener(this.#removed);
    else tabs.onRemoved.removeListener(this.#removed);
    this.#parts.onChange();
  }

  #removed = (/** @type {number} */ tabId) => this.#set(tabId, null);
}
