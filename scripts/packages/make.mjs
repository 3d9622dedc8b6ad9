// Makes the packages for Linux and for the browsers from what scripts/build has built. With `windows` it
// makes the MSI and the policy templates from what scripts/build-windows has built.
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDeb } from './deb.mjs';
import { checkKey, packExtensions } from './extension.mjs';
import { checkOut, replacePackages } from './out.mjs';
import { makeMsi } from './msi.mjs';
import { makePolicyTemplates } from './policy-templates.mjs';
import { makeRpm } from './rpm.mjs';
import { settleTree, tool } from './run.mjs';
import { writeSums } from './sums.mjs';
import { layOut } from './tree.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BILLS = ['build/sbom/cardmute-host.spdx.json', 'build/sbom/cardmute-extension.spdx.json'];
const WINDOWS_BILL = 'build/sbom-windows/cardmute-host-windows.spdx.json';

/**
 * @typedef {object} LinuxOptions
 * @property {string} root the project's folder
 * @property {string} work a folder for copies
 * @property {string} out for the package
 * @property {string} version @property {number} epoch_s
 * @property {string} maintainer "NAME <ADDRESS>"
 */

/** @returns {Promise<string>} the version of extension, host and packages */
export const projectVersion = async () =>
  JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')).version;

/** @returns {Promise<number>} the packages' time: SOURCE_DATE_EPOCH, or else the last commit's */
export async function projectEpoch() {
  const given = process.env.SOURCE_DATE_EPOCH;
  const text = given ?? await tool('git', ['log', '-1', '--format=%ct'], { cwd: ROOT }).catch(() => '');
  if (!/^\d+\s*$/.test(text)) {
    throw new Error(`SOURCE_DATE_EPOCH is ${given === undefined ? 'not set, and this is no git repository' :
      `"${given}"`}. Expected: the packages' time in seconds since 1970.`);
  }
  return Number(text);
}

/**
 * @param {object} options
 * @param {string} options.key the file of the RSA key that signs the CRX
 * @param {string} options.url of the company's folder for the extension
 * @param {string} options.out the folder for the packages, which replace those of an earlier run
 * @param {string} options.version @param {number} options.epoch_s
 * @param {string} options.maintainer "NAME <ADDRESS>"
 * @param {import('./sums.mjs').Signer} [options.signer]
 * @param {{signer?: import('./msi.mjs').MsiSigner}} [options.windows] makes the MSI too
 * @returns {Promise<{id: string}>} the ID of the extension in Chromium
 */
export async function makePackages({ key, url, out: final, version, epoch_s, maintainer, signer,
  windows }) {
  await checkKey(key);
  await checkOut(final);
  const work = await mkdtemp(path.join(os.tmpdir(), 'cardmute-packages-'));
  // Made in a work folder first, so that nothing is replaced before everything is made.
  const out = path.join(work, 'finished');
  try {
    await mkdir(out);
    const extension = await packExtensions({ built: path.join(ROOT, 'build/extension'), work, out, key,
      url: url.endsWith('/') ? url : `${url}/`, version, epoch_s });
    const tree = path.join(work, 'tree');
    const host = path.join(ROOT, 'build/host/cardmute-host');
    await layOut(tree, { root: ROOT, host, packages: out, extension, version, epoch_s });
    const linux = { root: ROOT, work, out, version, epoch_s, maintainer };
    await makeDeb(tree, linux);
    await makeRpm(tree, linux);
    if (windows) {
      await makeMsi(tree, { ...linux, id: extension.id, signer: windows.signer });
      await makePolicyTemplates({ ...linux, id: extension.id });
    }
    for (const bill of windows ? [...BILLS, WINDOWS_BILL] : BILLS) {
      await cp(path.join(ROOT, bill), path.join(out, path.basename(bill)));
    }
    await settleTree(out, epoch_s);
    await writeSums(out, signer);
    await replacePackages(out, final);
    return { id: extension.id };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
