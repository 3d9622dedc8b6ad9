// What has led to payment forms: for each site the keys of pressed controls and routes, with how well they
// foretold. Kept on disk, so that the first form of the day is foretold too. A key is a short hash of names
// that the page's author has chosen. It is hashed again with a random salt of this profile before it is kept,
// so that no table made elsewhere tells which control it was.

import { hashOf } from '../../common/hash.js';

/** Sites and keys that are remembered; the one that was not used for longest is forgotten first. */
export const MAX_SITES = 50;
export const MAX_KEYS = 100;
/** A predictor counts from 1. It gains when a form follows and loses twice as much when none does. */
export const BEST_SCORE = 3;
const GAIN = 1;
const LOSS = 2;

const STORED_AS = 'predictors';

/** @typedef {typeof import('../../common/api.js').api} Api */

/**
 * @template V @param {Map<string, V>} map @param {string} key @param {V} value @param {number} most
 * Puts it last, as the one that was used last.
 */
function keep(map, key, value, most) {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}

/** @param {unknown} it @returns {any[][]} the pairs in what was stored */
const pairs = (it) => (Array.isArray(it) ? it.filter(Array.isArray) : []);

/** @param {unknown} it @returns {[string, Map<string, number>][]} what of it can be relied upon */
const readSites = (it) => pairs(it).map(([origin, scores]) =>
  [String(origin), new Map(pairs(scores).map(([key, score]) => [String(key), Number(score) || 0]))]);

/**
 * @param {unknown} it what was stored
 * @returns {{salt: string, sites: [string, Map<string, number>][]}} a new salt where there is none
 */
function readStored(it) {
  const { salt, sites } = /** @type {Record<string, unknown>} */ (it ?? {});
  return typeof salt === 'string' && salt !== '' ? { salt, sites: readSites(sites) }
    : { salt: crypto.randomUUID(), sites: [] };
}

export class Predictors {
  #api;
  #restored = false;
  /** Empty until it is read: nothing is stored before that. */
  #salt = '';
  /** @type {Map<string, Map<string, number>>} origin -> salted key -> score */
  #sites = new Map();

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** What earlier workers have learnt; where both know something, this one knows better. */
  async restore() {
    const { [STORED_AS]: stored } = await this.#api.storage.local.get(STORED_AS);
    const { salt, sites } = readStored(stored);
    const learnt = this.#sites;
    this.#salt = salt;
    this.#sites = new Map();
    for (const [origin, scores] of sites) keep(this.#sites, origin, scores, MAX_SITES);
    for (const [origin, scores] of learnt) {
      const keys = this.#sites.get(origin) ?? new Map();
      for (const [key, score] of scores) keep(keys, this.#salted(key), score, MAX_KEYS);
      keep(this.#sites, origin, keys, MAX_SITES);
    }
    this.#restored = true;
    if (learnt.size > 0) this.#save();
  }

  /** @param {string} key */
  #salted(key) {
    return this.#salt === '' ? key : hashOf(`${this.#salt} ${key}`);
  }

  /** @param {string} origin @param {string} key whether a form is to be expected */
  foretells(origin, key) {
    return (this.#sites.get(origin)?.get(this.#salted(key)) ?? 0) > 0;
  }

  /** @param {string} origin @param {string} key a form has followed */
  followed(origin, key) {
    this.#change(origin, key, GAIN);
  }

  /** @param {string} origin @param {string} key none has */
  failed(origin, key) {
    this.#change(origin, key, -LOSS);
  }

  /** @param {string} origin @param {string} key @param {number} by */
  #change(origin, key, by) {
    const keys = this.#sites.get(origin) ?? new Map();
    const salted = this.#salted(key);
    const before = keys.get(salted) ?? 0;
    const score = Math.max(-BEST_SCORE, Math.min(BEST_SCORE, before + by));
    keep(keys, salted, score, MAX_KEYS);
    keep(this.#sites, origin, keys, MAX_SITES);
    if (score !== before && this.#restored) this.#save();
  }

  #save() {
    const sites = [...this.#sites].map(([site, scores]) => [site, [...scores]]);
    // What cannot be kept is learnt again.
    this.#api.storage.local.set({ [STORED_AS]: { salt: this.#salt, sites } }).catch(() => {});
  }
}
