// Writes a host's manifest, for tests that need another program or caller than `cardmute-host install`
// registers.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EXTENSION_ID, HOST } from './browsers.js';

const NAME = 'com.cardmute.host';

/**
 * @param {import('./browsers.js').TestBrowser} browser
 * @param {{program?: string, extension_id?: string}} [wanted]
 */
export async function writeHostManifest(browser, { program = HOST, extension_id } = {}) {
  const id = extension_id ?? EXTENSION_ID[browser.name];
  const callers = browser.name === 'chromium' ? { allowed_origins: [`chrome-extension://${id}/`] }
    : { allowed_extensions: [id] };
  await mkdir(browser.manifest_folder, { recursive: true });
  const manifest = { name: NAME, description: 'CardMute, as a test wants it', path: program, type: 'stdio' };
  await writeFile(path.join(browser.manifest_folder, `${NAME}.json`),
    JSON.stringify({ ...manifest, ...callers }));
}
