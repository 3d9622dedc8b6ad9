// policy.sites and all that hangs on it: the cached policy, the registrations, and which sites the browser
// hides from us. coordinator.js is its only user.

import { matchesAny } from '../common/match-pattern.js';
import { INTERLOCK_TIMEOUT_ms } from '../common/protocol.js';
import { hiddenSites } from './permissions.js';
import { loadPolicy, savePolicy } from './policy-cache.js';
import { Registration } from './registration.js';

/**
 * @typedef {typeof import('../common/api.js').api} Api
 * @typedef {import('../common/protocol.js').Policy} Policy
 */

export class Sites {
  /** @type {Policy|null} */
  policy = null;
  /** @type {string[]} */
  hidden = [];

  #api;
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

  /** Where there is no policy yet a page is believed. @param {string} address */
  includes(address) {
    return this.policy === null || matchesAny(this.policy.sites, address);
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
    if (this.policy !== null) this.#registration.apply(this.policy.sites);
  }

  /** Looks whether the browser lets us see the sites. */
  async look() {
    const hidden = await hiddenSites(this.#api, this.policy?.sites ?? []);
    const before = this.hidden;
    this.hidden = hidden;
    if (before.some((site) => !hidden.includes(site))) this.apply();
    this.#onChange();
  }
}
