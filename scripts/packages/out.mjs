// The folder into which the finished packages go.
import { cp, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SUMS } from './sums.mjs';

/** Refuses a folder that has files, but no sums of an earlier run among them. @param {string} out */
export async function checkOut(out) {
  const files = await readdir(out).catch((/** @type {any} */ { code, message }) => {
    if (code === 'ENOENT') return [];
    throw new Error(`--out is "${out}": ${message}`);
  });
  if (files.length > 0 && !files.includes(SUMS)) {
    throw new Error(`--out is "${out}", which has other files. Expected: a folder that is new or empty, or ` +
      'has the packages of an earlier run.');
  }
}

/** @param {string} out @returns {Promise<string[]>} the files that an earlier run has made there */
async function madeBefore(out) {
  const sums = await readFile(path.join(out, SUMS), 'utf8').catch(() => '');
  const signed = (await readdir(out).catch(() => [])).filter((file) => file.startsWith(SUMS));
  const packages = sums.split('\n').map((line) => path.basename(line.split('  ')[1] ?? ''));
  return [...signed, ...packages.filter(Boolean)];
}

/**
 * @param {string} made the folder with the finished packages
 * @param {string} out the folder to copy them to
 */
export async function replacePackages(made, out) {
  for (const file of await madeBefore(out)) await rm(path.join(out, file), { force: true });
  await mkdir(out, { recursive: true });
  await cp(made, out, { recursive: true, preserveTimestamps: true });
}
