// The watched sites, from the host's last policy and from the browser's administrator. When they change, the
// script registrations and the list of sites without permission are updated.

import { matches, matchesAny, parsePattern } from '../../common/match-pattern.js';
import { INTERLOCK_TIMEOUT_ms } from '../../common/protocol.js';
import { loadManaged, readManaged } from './managed.js';
import { hiddenSites } from './permissions.js';
import { loadPolicy, savePolicy } from './policy-cache.js';
import { Registration } from './registration.js';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../../common/protocol.js').Policy} Policy
 */

export class Sites {
  /** @type {Policy|null} */
  policy = null;
  /** @type {string[]} */
  hidden = [];
  managedIsRead = false;

  #api;
  #managed = readManaged({});
  #onChange;
  #registration;

  /**
   * @param {Api} api
   * @param {import('../host/native-port.js').Clock['after']} after
   * @param {() => void} onChange
   */
  constructor(api, after, onChange) {
    this.#api = api;
    this.#onChange = onChange;
    this.#registration = new Registration(api, after);
  }

  get interlock() {
    return this.policy?.interlock ?? 'warn';
  }

  get interlock_timeout_ms() {
    return this.policy?.interlock_timeout_ms ?? INTERLOCK_TIMEOUT_ms;
  }

  /** The sites that the host or the browser's administrator lists. */
  get all() {
    return [...new Set([...this.policy?.sites ?? [], ...this.#managed.sites])];
  }

  /** The entries of managed storage that cannot be read. */
  get unread() {
    return this.#managed.unread;
  }

  get known() {
    return this.policy !== null || this.#managed.sites.length > 0;
  }

  /** Whether the registrations are still being changed. */
  get applying() {
    return this.#registration.busy;
  }

  /** While no site is known, every page counts as one of the sites. @param {string} address */
  includes(address) {
    return !this.known || matchesAny(this.all, address);
  }

  /** @param {string} origin @returns {boolean} whether every page of the origin is watched */
  includesWhole(origin) {
    return this.all.some((site) => parsePattern(site)?.path === '/*' && matches(site, `${origin}/`));
  }

  /** Must be called in the worker's first turn of the event loop. */
  listen() {
    const { permissions, storage } = this.#api;
    storage.managed.onChanged.addListener(() => this.readManaged());
    permissions.onAdded.addListener(() => this.look());
    permissions.onRemoved.addListener(() => this.look());
  }

  async readManaged() {
    const managed = await loadManaged(this.#api);
    const changed = JSON.stringify(managed) !== JSON.stringify(this.#managed);
    this.#managed = managed;
    this.managedIsRead = true;
    if (changed) {
      this.apply();
      this.look();
    }
    this.#onChange();
  }

  async restore() {
    const cached = await loadPolicy(this.#api);
    // A policy that the host has sent already is newer than the stored policy.
    if (this.policy !== null || cached === null) return;
    this.policy = cached;
    // An update of the extension removes the registrations, and a crash may have left them incomplete.
    this.apply();
    await this.look();
  }

  /** @param {Policy} policy the policy that the host has sent */
  learn(policy) {
    if (JSON.stringify(policy) === JSON.stringify(this.policy)) return;
    this.policy = policy;
    savePolicy(this.#api, policy);
    this.apply();
    this.look();
    this.#onChange();
  }

  /** Makes the content script run on all sites, including pages that are open already. */
  apply() {
    if (this.known) this.#registration.apply(this.all).then(() => this.#onChange());
  }

  /** Checks which sites the extension has no permission for. If one was granted, registers them again. */
  async look() {
    const hidden = await hiddenSites(this.#api, this.all);
    const before = this.hidden;
    this.hidden = hidden;
    if (before.some((site) => !hidden.includes(site))) this.apply();
    this.#onChange();
  }
}
