// SHA256SUMS over all packages, and its signature.
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tool } from './run.mjs';

export const SUMS = 'SHA256SUMS';

/** How to sign a file: `key` is a key's name for gpg, the file of a secret key for minisign. */
const SIGNERS = {
  gpg: { suffix: '.asc', args: (/** @type {string} */ key, /** @type {string} */ file) =>
    ['--batch', '--yes', '--local-user', key, '--armor', '--output', `${file}.asc`, '--detach-sign', file] },
  minisign: { suffix: '.minisig', args: (/** @type {string} */ key, /** @type {string} */ file) =>
    ['-S', '-s', key, '-m', file] },
};

/** @typedef {{program: 'gpg' | 'minisign', key: string}} Signer */

/** @param {string} text "gpg:KEY" or "minisign:FILE" @returns {Signer} */
export function signerOf(text) {
  const at = text.indexOf(':');
  return { program: /** @type {'gpg' | 'minisign'} */ (text.slice(0, at)), key: text.slice(at + 1) };
}

/** @param {string} out the folder with the packages @param {Signer} [signer] */
export async function writeSums(out, signer) {
  const files = (await readdir(out)).filter((file) => !file.startsWith(SUMS)).sort();
  for (const { suffix } of Object.values(SIGNERS)) await rm(path.join(out, SUMS + suffix), { force: true });
  await writeFile(path.join(out, SUMS), await tool('sha256sum', files, { cwd: out }));
  if (signer) await tool(signer.program, SIGNERS[signer.program].args(signer.key, path.join(out, SUMS)));
}
