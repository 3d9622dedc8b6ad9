// What the browser's administrator has set for the extension itself, in managed storage. Each key has one
// reader here and one entry in managed-schema.json, without which Chromium does not pass it on.

import { parsePattern } from '../../common/match-pattern.js';
import { MAX_SITES } from '../../common/protocol.js';

/** @typedef {typeof import('../../common/api.js').api} Api */
/** @typedef {{sites: string[]}} Managed */

/** @param {unknown} it @returns {string[]} the match patterns in it */
const readSites = (it) => (Array.isArray(it) ? it : [])
  .filter((site) => typeof site === 'string' && parsePattern(site) !== null).slice(0, MAX_SITES);

/** Each reader takes any value, undefined included. */
export const READERS = { sites: readSites };

/** @param {Record<string, unknown>} stored @returns {Managed} */
export const readManaged = (stored) => ({ sites: READERS.sites(stored.sites) });

/** @param {Api} api @returns {Promise<Managed>} */
export async function loadManaged(api) {
  // Firefox rejects the promise if the administrator has set nothing.
  return readManaged(await api.storage.managed.get(null).catch(() => ({})));
}
