// The sites where payments are taken and what depends on them: the last policy that the host has told, what
// the browser's administrator has set, the registrations, and which sites the browser hides from us.

import { matchesAny } from '../../common/match-pattern.js';
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
  /** Managed storage has been asked once. */
  managedIsRead = false;

  #api;
  #managed = readManaged({});
  #onChange;
  #registration;

  /** @param {Api} api @param {() => void} onChange */
  constructor(api, onChange) {
    this.#api = api;
    this.#onChange = onChange;
    this.#registration = new Registration(api);
  }

  get interlock() {
    return this.policy?.interlock ?? 'warn';
  }

  get interlock_timeout_ms() {
    return this.policy?.interlock_timeout_ms ?? INTERLOCK_TIMEOUT_ms;
  }

  /** The host's and the administrator's together: a site that one of them lacks is watched all the same. */
  get all() {
    return [...new Set([...this.policy?.sites ?? [], ...this.#managed.sites])];
  }

  get known() {
    return this.policy !== null || this.#managed.sites.length > 0;
  }

  /** The registrations are not yet those of the sites. */
  get applying() {
    return this.#registration.busy;
  }

  /** Where no site is known yet a page is believed. @param {string} address */
  includes(address) {
    return !this.known || matchesAny(this.all, address);
  }

  /** Must run before the worker's first turn ends. */
  listen() {
    this.#api.storage.managed.onChanged.addListener(() => this.readManaged());
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
    // The host may have been quicker, and knows better.
    if (this.policy !== null || cached === null) return;
    this.policy = cached;
    // An update empties the registrations, and a worker that crashes may leave them half done.
    this.apply();
    await this.look();
  }

  /** @param {Policy} policy the host's */
  learn(policy) {
    if (JSON.stringify(policy) === JSON.stringify(this.policy)) return;
    this.policy = policy;
    savePolicy(this.#api, policy);
    this.apply();
    this.look();
    this.#onChange();
  }

  /** Makes the content script run where the policy says, in pages too that are open already. */
  apply() {
    if (this.known) this.#registration.apply(this.all).then(() => this.#onChange());
  }

  /** Looks whether the browser lets us see the sites. */
  async look() {
    const hidden = await hiddenSites(this.#api, this.all);
    const before = this.hidden;
    this.hidden = hidden;
    if (before.some((site) => !hidden.includes(site))) this.apply();
    this.#onChange();
  }
}
