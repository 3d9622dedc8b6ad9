// Copies of the built extension with something changed, for tests that need another one.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { EXTENSION } from './browsers.js';

/**
 * @param {'chromium' | 'firefox'} name
 * @param {string} to a folder that does not exist yet
 * @param {{manifest?: (manifest: any) => void, before_content?: string}} changes before_content: a script
 *   that runs in the content script's own world before it
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
 * The same extension by another name, as a stranger would publish it.
 * @param {'chromium' | 'firefox'} name
 * @param {string} to
 */
export function copyUnderAnotherId(name, to) {
  return copyExtension(name, to, {
    manifest: (it) => {
      if (name === 'firefox') it.browser_specific_settings.gecko.id = OTHER_FIREFOX_ID;
      else {
        const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        it.key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
      }
    },
  });
}

export const OTHER_FIREFOX_ID = '{00000000-aaaa-4bbb-8ccc-111111111111}';
