// Builds the extension with which CardMute's hops (from page to worker to host, and back) are compared.
// That extension has CardMute's ID, because the host answers no other.
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTENSION } from '../browser/harness/browsers.js';

const SOURCE = path.join(path.dirname(fileURLToPath(import.meta.url)), 'bare');
const MATCHES = ['http://127.0.0.1/*'];

/** @param {'chromium' | 'firefox'} name @returns {Promise<string>} the folder of the extension */
export async function buildBare(name) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-bare-'));
  const { manifest_version, version, key, background, browser_specific_settings } =
    JSON.parse(await readFile(path.join(EXTENSION[name], 'manifest.json'), 'utf8'));
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify({
    manifest_version, version, key, background, browser_specific_settings, name: 'The bare hops',
    permissions: ['nativeMessaging'], host_permissions: MATCHES,
    content_scripts: [{ matches: MATCHES, js: ['content.js'], run_at: 'document_start' }],
  }));
  await mkdir(path.join(folder, 'popup'));
  for (const file of ['content.js', 'background.js']) {
    await copyFile(path.join(SOURCE, file), path.join(folder, file));
  }
  for (const file of ['popup.html', 'popup.js']) {
    await copyFile(path.join(SOURCE, file), path.join(folder, 'popup', file));
  }
  return folder;
}
