// Renders extension/icons/*.svg to PNG in the sizes that the browsers need. Run it by hand (`npm run icons`)
// after changing an SVG, and commit the result. It uses Debian's Chromium, or the one that CHROMIUM names.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const ICONS = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'extension', 'icons');
const SIZES = [16, 32, 48, 128];

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});
try {
  const page = await browser.newPage();
  for (const file of (await readdir(ICONS)).filter((name) => name.endsWith('.svg'))) {
    const image = Buffer.from(await readFile(path.join(ICONS, file))).toString('base64');
    for (const size of SIZES) {
      await page.setViewport({ width: size, height: size });
      await page.setContent(`<style>*{margin:0}img{display:block;width:100vw}</style>
        <img src="data:image/svg+xml;base64,${image}">`);
      const out = path.join(ICONS, `${path.basename(file, '.svg')}-${size}.png`);
      await page.screenshot({ path: out, omitBackground: true });
    }
  }
} finally {
  await browser.close();
}
