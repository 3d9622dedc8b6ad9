// Makes changed copies of the built extension.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EXTENSION } from './browsers.js';

/**
 * What banner and popup say if the host's manifest does not name the extension. Firefox then reports the host
 * as missing.
 */
export const BARRED = {
  chromium: /browser does not let the extension talk to the CardMute program/,
  firefox: /CardMute program is not installed/,
};

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} to a folder that does not exist yet
 * @param {{manifest?: (manifest: any) => void, before_content?: string}} changes before_content: source that
 *   is put before the content script's, so that it runs in the same world
 * @returns {Promise<string>} the folder
 */
export async function copyExtension(name, to, { manifest, before_content }) {
  await cp(EXTENSION[name], to, { recursive: true });
  if (manifest) {
    const file = path.join(to, 'manifest.json');
    const content = JSON.parse(await readFile(file, 'utf8'));
    manifest(content);
    await writeFile(file, JSON.stringify(content));
  }
  if (before_content) {
    const file = path.join(to, 'content.js');
    await writeFile(file, `${before_content}\n${await readFile(file, 'utf8')}`);
  }
  return to;
}

/**
 * Copies the extension under another ID, as if a stranger had published it.
 * @param {'chromium' | 'firefox'} name
 * @param {string} to
 * @returns {Promise<string>} its ID
 */
export async function copyUnderAnotherId(name, to) {
  if (name === 'firefox') {
    const id = '{00000000-aaaa-4bbb-8ccc-111111111111}';
    await copyExtension(name, to, { manifest: (it) => { it.browser_specific_settings.gecko.id = id; } });
    return id;
  }
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  await copyExtension(name, to, { manifest: (it) => { it.key = key.toString('base64'); } });
  // Chromium's ID is the first 128 bits of the key's hash, with the letters a to p as hexadecimal digits.
  const digits = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
}
