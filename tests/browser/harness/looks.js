// The states that a person can see, how the simulator keeps the host in each, and pictures of them in
// build/screenshots.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../build/screenshots');

/**
 * How long the simulator keeps a state: longer than a test needs, and shorter than the host's timeout.
 */
const held_ms = 8000;
export const PATIENCE = { timeout_ms: 10_000 };

/**
 * `view`: the state. `hold` makes the simulator keep it. `open`: whether a form is open in this state.
 * @type {{view: string, open: boolean, hold: (simulator: any) => void}[]}
 */
export const STATES = [
  { view: 'recording', open: false, hold: () => {} },
  { view: 'muting', open: true,
    hold: (it) => it.setFault({ fault: 'delay', only: 'mute', times: 1, answer_delay_ms: held_ms }) },
  { view: 'muted', open: true, hold: () => {} },
  { view: 'unprotected', open: true,
    hold: (it) => it.setFault({ fault: 'http_error', http_status: 403, only: 'mute' }) },
  { view: 'unmuting', open: false,
    hold: (it) => it.setFault({ fault: 'delay', only: 'unmute', times: 1, answer_delay_ms: held_ms }) },
];

/**
 * @param {any} page
 * @param {string} name
 * @param {object} [options] of puppeteer's screenshot
 */
export async function keepPicture(page, name, options = {}) {
  await mkdir(FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), ...options });
}
