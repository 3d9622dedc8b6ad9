// Builds the extension for both browsers: build/extension/{chromium,firefox}, each of which can be loaded
// unpacked. Run it with `npm run build:extension`, or with node from any folder.

import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transformSync } from 'esbuild';
import { keepNotes } from './keep-notes.mjs';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const SOURCE = path.join(ROOT, 'extension');
const TARGETS = { chromium: 'chrome120', firefox: 'firefox140' };
const VIEWS = ['recording', 'muting', 'muted', 'unmuting', 'unprotected', 'off'];
const ICON_SIZES = [16, 32, 48, 128];

/** The content script must be small, because every frame of the agent's pages parses it. */
const MAX_CONTENT_bytes = 24 * 1024;

/** Minifies the style sheet inside a string of a script. The minifier for scripts does not change strings. */
const smallStyle = {
  name: 'small-style',
  setup({ onLoad }) {
    onLoad({ filter: /banner-style\.js$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replace(/(?<=STYLE = `)[^`]+/, (style) =>
        transformSync(style, { loader: 'css', minify: true }).code.trim()),
    }));
  },
};

/** Makes classic scripts, so that the background can run as a service worker or in an event page. */
async function bundle(target, out) {
  const common = {
    bundle: true, format: 'iife', target: TARGETS[target], charset: 'utf8', logLevel: 'warning',
    // Allows esbuild to remove frozen lists that a bundle does not use.
    pure: ['Object.freeze'],
    // esbuild rewrites property escapes for browsers that may lack the newest scripts of Unicode. The escapes
    // in use work in every supported browser.
    supported: { 'regexp-unicode-property-escapes': true },
  };
  await build({
    ...common,
    entryPoints: { background: `${SOURCE}/background/main.js`, 'popup/popup': `${SOURCE}/popup/popup.js` },
    outdir: out,
  });
  await build({
    ...common, minify: true, entryPoints: { picker: `${SOURCE}/picker/main.js` }, outdir: out,
  });
  // The browser takes the value of a script's last statement as its result.
  await build({
    ...common, minify: true, entryPoints: { why: `${SOURCE}/why/main.js` }, outdir: out, plugins: [keepNotes],
    globalName: 'cardmuteWhy', footer: { js: 'cardmuteWhy.lines();' },
  });
  // Minified, because pages parse them: content.js in every frame of a watched page, the others in frames
  // with a field, a form or a rule.
  const entryPoints = {
    content: `${SOURCE}/content/main.js`, detector: `${SOURCE}/detect/main.js`,
    overlay: `${SOURCE}/overlay/main.js`, rules: `${SOURCE}/rules/main.js`,
  };
  await build({ ...common, minify: true, plugins: [smallStyle], entryPoints, outdir: out });
}

async function writeManifest(target, out) {
  const template = JSON.parse(await readFile(`${ROOT}/manifests/extension/manifest.json`, 'utf8'));
  const { version } = JSON.parse(await readFile(`${ROOT}/package.json`, 'utf8'));
  const manifest = { version, ...template.common, ...template[target] };
  await writeFile(`${out}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function copyFiles(out) {
  await cp(`${SOURCE}/managed-schema.json`, `${out}/managed-schema.json`);
  await cp(`${SOURCE}/_locales`, `${out}/_locales`, { recursive: true });
  await mkdir(`${out}/icons`);
  for (const view of VIEWS) {
    for (const size of ICON_SIZES) {
      await cp(`${SOURCE}/icons/${view}-${size}.png`, `${out}/icons/${view}-${size}.png`);
    }
    await cp(`${SOURCE}/icons/${view}.svg`, `${out}/icons/${view}.svg`);
  }
  for (const file of ['popup.html', 'popup.css']) await cp(`${SOURCE}/popup/${file}`, `${out}/popup/${file}`);
}

for (const target of Object.keys(TARGETS)) {
  const out = path.join(ROOT, 'build', 'extension', target);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await bundle(target, out);
  await copyFiles(out);
  await writeManifest(target, out);
  const { size } = await stat(`${out}/content.js`);
  const fault = size > MAX_CONTENT_bytes ? `, ${size - MAX_CONTENT_bytes} bytes too large` : '';
  console.log(`${path.relative(ROOT, out)}: built, content script ${size} bytes${fault}`);
  if (fault !== '') process.exitCode = 1;
}
