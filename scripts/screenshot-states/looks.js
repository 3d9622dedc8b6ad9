// The looks that a browser can simulate for a page. The text direction comes from the page itself.

/** @typedef {{name: string, features: {name: string, value: string}[]}} Look */

/** @type {Look[]} */
export const LOOKS = [
  { name: 'light', features: [{ name: 'prefers-color-scheme', value: 'light' }] },
  { name: 'dark', features: [{ name: 'prefers-color-scheme', value: 'dark' }] },
  { name: 'forced', features: [{ name: 'forced-colors', value: 'active' }] },
];

/**
 * Takes one picture in each look.
 * @param {any} page of puppeteer, in Chromium
 * @param {(look: string) => string} fileOf
 * @param {any} [part] the element that is shown; otherwise the window
 */
export async function inEachLook(page, fileOf, part = page) {
  const session = await page.createCDPSession();
  for (const { name, features } of LOOKS) {
    await session.send('Emulation.setEmulatedMedia', { features });
    await part.screenshot({ path: fileOf(name) });
  }
  await session.send('Emulation.setEmulatedMedia', { features: [] });
  await session.detach();
}
