// Finds the saved pages that scripts/detect opens.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * @param {string} place a file, or a folder with pages
 * @returns {Promise<string[]>} the pages; also a place that does not exist, so that reading it reports that
 */
async function pagesAt(place) {
  const isFolder = await stat(place).then((it) => it.isDirectory(), () => false);
  if (!isFolder) return [place];
  const names = await readdir(place, { recursive: true });
  return names.filter((name) => /\.html?$/i.test(name)).sort().map((name) => path.join(place, name));
}

/** @param {string[]} places @returns {Promise<string[]>} each page once */
export const findPages = async (places) => [...new Set((await Promise.all(places.map(pagesAt))).flat())];
