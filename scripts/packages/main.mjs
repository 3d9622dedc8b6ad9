// The command line of scripts/package.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkBuild } from './build-record.mjs';
import { makePackages, projectEpoch, projectVersion } from './make.mjs';
import { signerOf } from './sums.mjs';

const WRONG_USE = 64;
const DEFAULT_OUT = fileURLToPath(new URL('../../build/packages', import.meta.url));

class WrongUse extends Error {}

/** @param {string} option @param {string | undefined} text @param {RegExp} shape @param {string} expected */
function checked(option, text, shape, expected) {
  if (text !== undefined && shape.test(text)) return text;
  const found = text === undefined ? 'missing' : `"${text}"`;
  throw new WrongUse(`--${option} is ${found}. Expected: ${expected}.`);
}

/**
 * @param {{windows?: boolean, 'windows-certificate'?: string, 'windows-key'?: string,
 *   'windows-timestamp'?: string}} values
 * @returns {{signer?: import('./msi.mjs').MsiSigner} | undefined} undefined: no package for Windows
 */
function windowsOptions({ windows, 'windows-certificate': certificate, 'windows-key': key,
  'windows-timestamp': timestamp_url }) {
  if (timestamp_url !== undefined) {
    checked('windows-timestamp', timestamp_url, /^https?:\/\/[^\s"<>&\\]+$/,
      'the address of an RFC 3161 authority');
    if (certificate === undefined) throw new WrongUse('--windows-timestamp needs --windows-certificate.');
  }
  if ((certificate === undefined) !== (key === undefined) || (certificate !== undefined && !windows)) {
    throw new WrongUse('--windows-certificate and --windows-key belong together, and to --windows.');
  }
  if (!windows) return undefined;
  return certificate === undefined || key === undefined ? {} :
    { signer: { certificate: path.resolve(certificate), key: path.resolve(key), timestamp_url } };
}

/** @param {string[]} args */
function readArguments(args) {
  const { values } = parseArgs({ args, options: { 'key': { type: 'string' }, 'url': { type: 'string' },
    'maintainer': { type: 'string' }, 'sign': { type: 'string' },
    'windows': { type: 'boolean', default: false },
    'windows-certificate': { type: 'string' }, 'windows-key': { type: 'string' },
    'windows-timestamp': { type: 'string' },
    'out': { type: 'string', default: DEFAULT_OUT } } });
  return {
    key: checked('key', values.key, /./, 'the file of the key that signs the extension'),
    url: checked('url', values.url, /^https:\/\/[^\s"<>&\\]+$/,
      'the https address of your folder for the extension'),
    maintainer: checked('maintainer', values.maintainer,
      /^[^<>\n]+ <[^<>@\s]+@[^<>@\s]+>$/, 'NAME <ADDRESS>'),
    windows: windowsOptions(values),
    out: path.resolve(checked('out', values.out, /./, 'a folder')),
    ...(values.sign !== undefined && { signer: signerOf(
      checked('sign', values.sign, /^(gpg|minisign):./, 'gpg:KEY or minisign:FILE')) }),
  };
}

try {
  const options = readArguments(process.argv.slice(2));
  await checkBuild();
  const version = await projectVersion();
  const { id } = await makePackages({ ...options, version, epoch_s: await projectEpoch() });
  console.log(`CardMute ${version} is in ${path.relative(process.cwd(), options.out)}. ` +
    `Its ID in Chromium is ${id}.`);
} catch (error) {
  const { message, code = '' } = /** @type {any} */ (error);
  const wrong_use = error instanceof WrongUse || code.startsWith('ERR_PARSE_ARGS');
  console.error(`scripts/package: ${message}${wrong_use ? ' --help shows what there is.' : ''}`);
  process.exitCode = wrong_use ? WRONG_USE : 1;
}
