// What the browser's administrator has set for the extension itself, in managed storage. Each key has a
// reader here and an entry in managed-schema.json; Chromium passes on no other keys. What cannot be read is
// named, so that no site is left out unnoticed.

import { normalized } from '../../common/match-pattern.js';
import { MAX_SITES } from '../../common/protocol.js';
import { cut } from '../../common/text.js';

/** At most MAX_NAMED entries that cannot be read are named, each by its first MAX_NAME_characters. */
export const MAX_NAMED = 20;
export const MAX_NAME_characters = 80;

const INVISIBLE = '[\\s\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}\\u2800]';
const AT_THE_ENDS = new RegExp(`^${INVISIBLE}+|${INVISIBLE}+$`, 'gu');
const NOT_A_BLANK = new RegExp(`(?! )${INVISIBLE}`, 'gu');

/** @typedef {typeof import('../../common/api.js').api} Api */
/** @typedef {{sites: string[], unread: string[]}} Managed unread: names of the entries that are left out */

/** @param {unknown} it @returns {string} its text, with invisible characters as their code points */
function nameOf(it) {
  const text = typeof it === 'string' ? it : JSON.stringify(it) ?? String(it);
  return cut(text, MAX_NAME_characters).replace(NOT_A_BLANK, (one) =>
    `\\u{${Number(one.codePointAt(0)).toString(16)}}`) || '""';
}

/** @param {unknown} it @returns {Managed} */
function readSites(it) {
  if (it === undefined) return { sites: [], unread: [] };
  if (!Array.isArray(it)) return { sites: [], unread: [nameOf(it)] };
  const read = it.map((site) =>
    (typeof site === 'string' ? normalized(site.replace(AT_THE_ENDS, '')) : null));
  const sites = [...new Set(read.filter((site) => site !== null))];
  const unread = it.filter((_, at) => read[at] === null).map(nameOf);
  return { sites: sites.slice(0, MAX_SITES), unread: [...unread, ...sites.slice(MAX_SITES).map(nameOf)] };
}

/** Each reader takes any value, undefined included. */
export const READERS = { sites: readSites };

/** @param {Record<string, unknown>} stored @returns {Managed} */
export function readManaged(stored) {
  const { sites, unread } = READERS.sites(stored.sites);
  const strange = Object.keys(stored).filter((key) => !Object.hasOwn(READERS, key)).map(nameOf);
  const all = [...unread, ...strange];
  const more = all.length > MAX_NAMED ? [`… (${all.length})`] : [];
  return { sites, unread: [...all.slice(0, MAX_NAMED), ...more] };
}

/** @param {Api} api @returns {Promise<Managed>} */
export async function loadManaged(api) {
  // Firefox rejects the promise if the administrator has set nothing.
  return readManaged(await api.storage.managed.get(null).catch(() => ({})));
}
