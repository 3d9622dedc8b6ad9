// What has led to payment forms: for each origin, the keys of pressed controls and routes, each with a score.
// They are stored on disk, so that the first form of the day is predicted too. A key is a short hash of names
// that the page's author has chosen. Before it is stored, it is hashed again with a random salt of this
// profile, so that a table of precomputed hashes cannot reveal the control.

import { hashOf } from '../../common/hash.js';

/** At most this many sites, and keys of each site, are kept. The one changed least recently is dropped. */
export const MAX_SITES = 50;
export const MAX_KEYS = 100;
/**
 * A key predicts a form while its score is above 0. The score is between -BEST_SCORE and BEST_SCORE. A form
 * that follows raises it by GAIN; a wrong prediction lowers it by LOSS.
 */
export const BEST_SCORE = 3;
const GAIN = 1;
const LOSS = 2;

const STORED_AS = 'predictors';

/** @typedef {typeof import('../../common/api.js').api} Api */

/**
 * Puts an entry last, as the most recently changed, and drops the first ones beyond `most`.
 * @template V @param {Map<string, V>} map @param {string} key @param {V} value @param {number} most
 */
function keep(map, key, value, most) {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}

/** @param {unknown} it a stored value @returns {any[][]} its pairs */
const pairs = (it) => (Array.isArray(it) ? it.filter(Array.isArray) : []);

/** @param {unknown} it a stored value @returns {[string, Map<string, number>][]} its readable part */
const readSites = (it) => pairs(it).map(([origin, scores]) =>
  [String(origin), new Map(pairs(scores).map(([key, score]) => [String(key), Number(score) || 0]))]);

/**
 * @param {unknown} it what was stored
 * @returns {{salt: string, sites: [string, Map<string, number>][]}} with a new salt if there is none
 */
function readStored(it) {
  const { salt, sites } = /** @type {Record<string, unknown>} */ (it ?? {});
  return typeof salt === 'string' && salt !== '' ? { salt, sites: readSites(sites) }
    : { salt: crypto.randomUUID(), sites: [] };
}

export class Predictors {
  #api;
  #restored = false;
  /** Empty until storage has been read. */
  #salt = '';
  /** @type {Map<string, Map<string, number>>} origin -> salted key -> score */
  #sites = new Map();

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** Adds what earlier workers have learnt. Scores that this worker has already learnt replace theirs. */
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

  /** Whether a form is expected after this key. @param {string} origin @param {string} key */
  foretells(origin, key) {
    return (this.#sites.get(origin)?.get(this.#salted(key)) ?? 0) > 0;
  }

  /** To be called when a form has opened after this key. @param {string} origin @param {string} key */
  followed(origin, key) {
    this.#change(origin, key, GAIN);
  }

  /** To be called when a form was expected and none has opened. @param {string} origin @param {string} key */
  failed(origin, key) {
    this.#change(origin, key, -LOSS);
  }

  /** @param {string} origin */
  forget(origin) {
    if (this.#sites.delete(origin) && this.#restored) this.#save();
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
    // If storing fails, the next worker learns the scores again.
    this.#api.storage.local.set({ [STORED_AS]: { salt: this.#salt, sites } }).catch(() => {});
  }
}
