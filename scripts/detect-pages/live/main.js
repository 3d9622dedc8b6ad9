// The program of `scripts/detect --live`: drives the packages of tests/live in real browsers.
import { LIVE } from '../../../tests/live/packages.js';
import { servePages } from '../../../tests/browser/harness/pages.js';
import { BROWSERS, Scene } from '../../../tests/browser/harness/scene.js';
import { bundlePages, PAGES } from './bundle.js';
import { drive } from './drive.js';

/** @typedef {import('../../../tests/live/packages.js').Live} Live */

/** No early mute: only a form may mute. */
const POLICY = { premute: false };

/**
 * Returns how many pages are right, and how many are surprises: right although the list says that they are
 * wrong, or the reverse.
 * @param {'chromium' | 'firefox'} browser
 * @param {Live[]} packages
 * @param {string} origin of the pages
 * @returns {Promise<{right: number, surprises: number}>}
 */
async function driveAll(browser, packages, origin) {
  const scene = await Scene.startAtWork(browser, { policy: POLICY });
  let right = 0;
  let surprises = 0;
  try {
    for (const live of packages) {
      const wrong = await drive(scene, `${origin}/${live.name}.html`, live.payment);
      right += Number(wrong === null);
      const isListed = live.wrong !== undefined;
      surprises += Number(isListed !== (wrong !== null));
      const answer = wrong === null ? `ok${isListed ? ' (listed as wrong)' : ''}`
        : `${isListed ? 'wrong, as listed' : 'WRONG'}\t${wrong}`;
      console.log(`${browser}\t${live.name}\t${live.payment ? 'payment' : 'none'}\t${answer}`);
    }
  } finally {
    await scene.close();
  }
  return { right, surprises };
}

/**
 * @param {'chromium' | 'firefox' | undefined} browser both by default
 * @param {string | undefined} only part of a name
 * @returns {Promise<number>} the exit code
 */
export async function runLive(browser, only = '') {
  const packages = LIVE.filter(({ name }) => name.includes(only));
  if (packages.length === 0) throw new Error(`no page of tests/live/packages.js has "${only}" in its name.`);
  await bundlePages(packages);
  const pages = await servePages(PAGES);
  /** @type {string[]} */
  const table = [];
  let surprises = 0;
  try {
    for (const name of browser ? [browser] : BROWSERS) {
      const found = await driveAll(name, packages, pages.origin);
      table.push(`${found.right} of ${packages.length} right in ${name}`);
      surprises += found.surprises;
    }
  } finally {
    await pages.close();
  }
  console.log(table.join(', '));
  return surprises === 0 ? 0 : 1;
}
