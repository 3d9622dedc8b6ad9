// The extension's packages: zip files for the stores, CRX and XPI for a company's own delivery, and the lists
// of updates by which browsers find them.
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import crx3 from 'crx3';
import { settleTree, tool } from './run.mjs';

/** Chromium and Chrome accept no smaller key for an extension. */
const MIN_KEY_bits = 2048;

/**
 * Rejects with what is wrong with a key. Without this check the CRX tool would make a new key.
 * @param {string} file a private key in PEM
 * @returns {Promise<void>}
 */
export async function checkKey(file) {
  const expected = 'Expected: an RSA key in PEM, as `openssl genrsa -out FILE 2048` makes it.';
  const text = await readFile(file).catch((error) => {
    throw new Error(`--key: ${file} cannot be read (${error.code}). ${expected}`);
  });
  let key;
  try {
    key = createPublicKey(createPrivateKey(text));
  } catch {
    throw new Error(`--key: ${file} has no private key without a passphrase. ${expected}`);
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_KEY_bits) {
    throw new Error(`--key: ${file} is not an RSA key of at least ${MIN_KEY_bits} bits. ${expected}`);
  }
}

/**
 * @param {string} from the built extension @param {string} folder for the copy
 * @param {(manifest: any) => void} change
 */
async function copyWith(from, folder, change) {
  await rm(folder, { recursive: true, force: true });
  await cp(from, folder, { recursive: true });
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  change(manifest);
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @param {string} folder @param {string} archive @param {number} epoch_s */
async function zip(folder, archive, epoch_s) {
  const files = await settleTree(folder, epoch_s);
  await rm(archive, { force: true });
  // -X leaves out the user and the time of access.
  await tool('zip', ['-X', '-9', '-q', archive, ...files], { cwd: folder, epoch_s });
}

/** @param {string} id @param {string} url of the CRX @param {any} manifest */
export const updatesXml = (id, url, { version, minimum_chrome_version: browser }) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
  <app appid="${id}">
    <updatecheck codebase="${url}" version="${version}" prodversionmin="${browser}"/>
  </app>
</gupdate>
`;

/** @param {string} url of the XPI @param {any} manifest */
function updatesJson(url, { version, browser_specific_settings: { gecko } }) {
  const update = { version, update_link: url,
    applications: { gecko: { strict_min_version: gecko.strict_min_version } } };
  return `${JSON.stringify({ addons: { [gecko.id]: { updates: [update] } } }, null, 2)}\n`;
}

/**
 * @typedef {object} Extension
 * @property {string} id in Chromium, which follows from the key
 * @property {any} chromium the manifest of the CRX
 * @property {{crx: string, xpi: string}} names of the packages
 */

/**
 * @param {object} options
 * @param {string} options.built the folder with the built extensions
 * @param {string} options.work a folder for copies
 * @param {string} options.out for the packages
 * @param {string} options.key the private key's file
 * @param {string} options.url of the company's folder with these files, with a slash at the end
 * @param {string} options.version @param {number} options.epoch_s
 * @returns {Promise<Extension>}
 */
export async function packExtensions({ built, work, out, key, url, version, epoch_s }) {
  await mkdir(out, { recursive: true });
  const names = { crx: `cardmute-${version}.crx`, xpi: `cardmute-${version}.xpi` };
  const manifests = /** @type {any} */ ({});
  for (const browser of ['chromium', 'firefox']) {
    await copyWith(path.join(built, browser), path.join(work, browser), (manifest) => {
      manifest.version = version;
      delete manifest.key; // the ID follows from the key that signs, or from the store
      manifests[browser] = manifest;
    });
    await zip(path.join(work, browser), path.join(out, `cardmute-${browser}-${version}.zip`), epoch_s);
  }
  await copyWith(path.join(work, 'firefox'), path.join(work, 'firefox-own'), (manifest) => {
    manifest.browser_specific_settings.gecko.update_url = `${url}updates.json`;
  });
  await zip(path.join(work, 'firefox-own'), path.join(out, names.xpi), epoch_s);
  const { appId: id } = await crx3(createReadStream(path.join(out, `cardmute-chromium-${version}.zip`)),
    { keyPath: key, crxPath: path.join(out, names.crx) });
  await writeFile(path.join(out, 'updates.xml'), updatesXml(id, url + names.crx, manifests.chromium));
  await writeFile(path.join(out, 'updates.json'), updatesJson(url + names.xpi, manifests.firefox));
  return { id, chromium: manifests.chromium, names };
}
