// Records the sources from which scripts/build has built, so that scripts/package packs no outdated program.
//   node build-record.mjs sources        prints the sources' sums
//   node build-record.mjs write <SUMS    records them with the sums of what was built
import { createHash } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const RECORD = 'build/record.json';
/** What scripts/build makes depends on these files, and on the machine's tools. */
export const SOURCES = ['host', 'extension', 'manifests/extension', 'CMakeLists.txt', 'CMakePresets.json',
  'package.json', 'package-lock.json', 'scripts/build-extension.mjs', 'scripts/keep-notes.mjs',
  'scripts/sbom.mjs'];
const BUILT = ['build/host/cardmute-host', 'build/extension', 'build/sbom'];

/** @typedef {Record<string, string>} Sums by the file's path in the project */

/** @param {string} place a file or a folder @returns {Promise<string[]>} the files */
async function filesOf(place) {
  const found = await stat(path.join(ROOT, place)).catch(() => undefined);
  if (!found?.isDirectory()) return found ? [place] : [];
  const entries = await readdir(path.join(ROOT, place), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}

/** @param {string[]} places @returns {Promise<Sums>} */
async function sumsOf(places) {
  const files = (await Promise.all(places.map(filesOf))).flat().sort();
  return Object.fromEntries(await Promise.all(files.map(async (file) =>
    [file, createHash('sha256').update(await readFile(path.join(ROOT, file))).digest('hex')])));
}

/** @param {Sums} before @param {Sums} after @returns {string | undefined} the first file that differs */
const difference = (before, after) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].find((file) => before[file] !== after[file]);

/** @returns {Promise<void>} rejects if what is built was not built from the present sources */
export async function checkBuild() {
  const expected = 'Expected: what scripts/build makes of these sources. Run it first.';
  const recorded = await readFile(path.join(ROOT, RECORD), 'utf8').then(JSON.parse).catch(() => {
    throw new Error(`${RECORD} is missing or damaged, so it is not known what was built. ${expected}`);
  });
  const source = difference(recorded.sources, await sumsOf(SOURCES));
  if (source) throw new Error(`${source} has changed since scripts/build ran. ${expected}`);
  const built = difference(recorded.built, await sumsOf(BUILT));
  if (built) throw new Error(`${built} is not the one that scripts/build has made. ${expected}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === 'sources') {
    console.log(JSON.stringify(await sumsOf(SOURCES)));
  } else {
    const record = { sources: JSON.parse(await text(process.stdin)), built: await sumsOf(BUILT) };
    await writeFile(path.join(ROOT, RECORD), JSON.stringify(record));
  }
}
