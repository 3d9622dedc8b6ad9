// The packages of an invented company, signed with a throw-away key.
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { RECORD, SOURCES } from '../../../scripts/packages/build-record.mjs';
import { makePackages } from '../../../scripts/packages/make.mjs';

const KEY_bits = 2048;

/** What scripts/package needs of the project. */
export const PARTS_TO_PACK = [...new Set([...SOURCES, 'scripts', 'manifests', 'LICENSE', 'build/extension',
  'build/sbom', 'build/host/cardmute-host', RECORD])];
/** The time that the packages carry. Any time will do, as long as it is always the same. */
export const EPOCH_s = 1_790_000_000;
/** The address on the company's server that the packages name. */
export const COMPANY_URL = 'https://intranet.example.com/cardmute';
export const MAINTAINER = 'Call Centre IT <it@call-centre.org>';

/** @param {string} file */
export async function writeKey(file) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: KEY_bits });
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/**
 * @param {{key: string, out: string, version?: string,
 *   signer?: import('../../../scripts/packages/sums.mjs').Signer}} options
 * @returns {Promise<{id: string}>}
 */
export const makeTestPackages = ({ version = '1.0.0', ...more }) =>
  makePackages({ url: COMPANY_URL, version, epoch_s: EPOCH_s, maintainer: MAINTAINER, ...more });
