// The package for Windows: an MSI, by wixl. The same commit and key give the same bytes, unless the
// signatures are timestamped.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finishTables, settleSummary } from './msi-tables.mjs';
import { settleTree, tool } from './run.mjs';

/** Never changes, because Windows recognises an earlier version by it. */
const UPGRADE_CODE = '6F2C8B0E-3D53-5C0B-9A7E-0B6C4F7D5E21';
const COMPONENTS = ['Data', 'Program', 'WindowlessProgram', 'ChromiumManifest', 'FirefoxManifest', 'Callers',
  'Schedule', 'EventSource', 'Saved', 'ForceExtension'];
const BUILT = 'build/windows/host';
const PROGRAMS = ['cardmute-host.exe', 'cardmute-hostw.exe'];

/** @param {string} name @returns {string} its GUID (RFC 4122, version 5), in capitals as MSI needs it */
export function guidOf(name) {
  const bytes = createHash('sha1').update(`${UPGRADE_CODE} ${name}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = bytes.toString('hex').toUpperCase();
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * @param {string} text
 * @returns {Buffer} encoded like Windows' own XML files: UTF-16 with a byte order mark
 */
const utf16 = (text) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le');

/**
 * The manifest that the host writes on Linux, but with the program beside the manifest.
 * @param {string} file
 */
async function manifest(file) {
  const content = { ...JSON.parse(await readFile(file, 'utf8')), path: 'cardmute-host.exe' };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * Who signs: files in PEM, and the address of a timestamp authority (RFC 3161), so that the signature
 * outlives the certificate. With a timestamp, two builds do not have the same bytes.
 * @typedef {{certificate: string, key: string, timestamp_url?: string}} MsiSigner
 */

/**
 * @param {string} from a folder as layOut() makes it, with the manifests
 * @typedef {object} MsiOptions
 * @property {string} root the project's folder @property {string} work a folder for copies
 * @property {string} out for the package
 * @property {string} version @property {number} epoch_s @property {string} maintainer "NAME <ADDRESS>"
 * @property {string} id of the extension in Chromium
 * @property {MsiSigner} [signer] for the programs and the package
 * @param {MsiOptions} options
 * @returns {Promise<string>} the package's file
 */
export async function makeMsi(from, { root, work, out, version, epoch_s, maintainer, id, signer }) {
  const folder = path.join(work, 'msi');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const source = (/** @type {string} */ name) => readFile(path.join(root, 'manifests/windows', name), 'utf8');
  for (const program of PROGRAMS) {
    await copyFile(path.join(root, BUILT, program), path.join(folder, program));
    if (signer) await sign(path.join(folder, program), signer);
  }
  const chromium = 'etc/chromium/native-messaging-hosts/com.cardmute.host.json';
  const firefox = 'usr/lib/mozilla/native-messaging-hosts/com.cardmute.host.json';
  await writeFile(path.join(folder, 'chromium.json'), await manifest(path.join(from, chromium)));
  await writeFile(path.join(folder, 'firefox.json'), await manifest(path.join(from, firefox)));
  await writeFile(path.join(folder, 'callers.json'),
    `${JSON.stringify({ allowed_callers: [`chrome-extension://${id}/`] }, null, 2)}\n`);
  const task = (await source('settle.xml')).replace('@VERSION@', version);
  await writeFile(path.join(folder, 'settle.xml'), utf16(task));
  await writeFile(path.join(folder, 'cardmute.wxs'), await source('cardmute.wxs'));
  const files = await settleTree(folder, epoch_s);
  const content = createHash('sha256');
  for (const file of files) content.update(await readFile(path.join(folder, file)));
  const values = {
    ProductCode: guidOf(`product ${version}`), UpgradeCode: UPGRADE_CODE, Version: version,
    PackageCode: guidOf(`package ${content.digest('hex')}`),
    Manufacturer: maintainer.replace(/ <.*/, ''), ExtensionId: id,
    ...Object.fromEntries(COMPONENTS.map((name) => [`Guid${name}`, guidOf(`component ${name} ${version}`)])),
    // All versions have the same GUID for the configuration's folder, so that an upgrade keeps it.
    GuidData: guidOf('component Data'),
  };
  const file = path.join(folder, `cardmute-${version}-x64.msi`);
  const said = await tool('sh', ['-c', 'exec "$0" "$@" 2>&1', 'wixl', '-a', 'x64', '-o', file,
    ...Object.entries(values).flatMap(([name, value]) => ['-D', `${name}=${value}`]), 'cardmute.wxs'],
  { cwd: folder, epoch_s });
  // wixl leaves out what it does not know, and only prints a warning.
  if (said.trim()) throw new Error(`wixl: ${said}`);
  await finishTables(file);
  const bytes = await readFile(file);
  settleSummary(bytes, { code: values.PackageCode, epoch_s });
  await writeFile(file, bytes);
  if (signer) await sign(file, signer);
  const final = path.join(out, path.basename(file));
  await rename(file, final);
  return final;
}

/** @param {string} file @param {MsiSigner} signer */
async function sign(file, { certificate, key, timestamp_url }) {
  const signed = `${file}.signed`;
  const timestamp = timestamp_url ? ['-ts', timestamp_url] : [];
  await tool('osslsigncode', ['sign', '-certs', certificate, '-key', key, '-h', 'sha256', '-n', 'CardMute',
    ...timestamp, '-in', file, '-out', signed]);
  await rename(signed, file);
}
