// Installs the packages of tests/live below build/live, and bundles a page for each package.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCE = path.join(ROOT, 'tests/live');
const PLACE = path.join(ROOT, 'build/live');
const LOCK = 'package-lock.json';

/** Where the bundled pages are. */
export const PAGES = path.join(PLACE, 'out');

const PAGE = (/** @type {string} */ name) => `<!doctype html><html lang="en"><meta charset="utf-8">
<title>Customer 4711</title><link rel="stylesheet" href="${name}.css">
<header><p>Customer 4711</p><button id="open">Open</button></header>
<main id="root" style="min-height: 500px; padding: 10px"></main>
<script type="module" src="${name}.js"></script>
`;

/** Installs the packages of the lock file, if the file has changed. The packages' own scripts do not run. */
async function install() {
  await mkdir(PLACE, { recursive: true });
  await cp(SOURCE, PLACE, { recursive: true });
  const lock = await readFile(path.join(SOURCE, LOCK), 'utf8');
  const copy = path.join(PLACE, 'node_modules/.cardmute-lock');
  if (await readFile(copy, 'utf8').catch(() => '') === lock) return;
  console.error('scripts/detect: installing the packages of tests/live below build/live');
  execFileSync('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'],
    { cwd: PLACE, stdio: ['ignore', 'ignore', 'inherit'] });
  await writeFile(copy, lock);
}

/**
 * Leaves the compilation of a Vue component's template to the page, and drops the component's style.
 * @type {import('esbuild').Plugin}
 */
const VUE = { name: 'vue', setup({ onLoad }) {
  onLoad({ filter: /\.vue$/ }, async ({ path: file }) => {
    const text = await readFile(file, 'utf8');
    const [, template = ''] = /<template>([^]*)<\/template>/.exec(text) ?? [];
    const [, script = ''] = /<script>([^]*)<\/script>/.exec(text) ?? [];
    return { contents: script.replace('export default {',
      () => `export default { template: ${JSON.stringify(template)},`) };
  });
} };

/** Compiles the components of Svelte. @returns {Promise<import('esbuild').Plugin>} */
async function svelte() {
  const at = path.join(PLACE, 'node_modules/svelte/src/compiler/index.js');
  const { compile, compileModule } = await import(pathToFileURL(at).href);
  return { name: 'svelte', setup({ onLoad }) {
    onLoad({ filter: /\.svelte(\.js)?$/ }, async ({ path: filename }) => {
      const text = await readFile(filename, 'utf8');
      const make = filename.endsWith('.js') ? compileModule : compile;
      const options = { filename, ...(make === compile && { css: 'injected' }) };
      return { contents: make(text, options).js.code, loader: 'js' };
    });
  } };
}

/** Fonts and pictures are not needed. */
const EMPTY = Object.fromEntries('.woff .woff2 .ttf .eot .svg .png .gif .jpg .webp .cur'.split(' ')
  .map((extension) => [extension, /** @type {const} */ ('empty')]));

/** @param {import('../../../tests/live/packages.js').Live[]} packages */
export async function bundlePages(packages) {
  await install();
  await mkdir(PAGES, { recursive: true });
  const plugins = [VUE, await svelte()];
  for (const { name } of packages) {
    const contents = `import show from './pages/${name}.js';\nimport { run } from './page.js';\nrun(show);\n`;
    await build({
      stdin: { contents, resolveDir: PLACE }, outfile: path.join(PAGES, `${name}.js`), bundle: true, plugins,
      format: 'esm', loader: EMPTY, charset: 'utf8', logLevel: 'error', legalComments: 'none',
      conditions: ['svelte', 'module'], mainFields: ['svelte', 'browser', 'module', 'main'],
      external: ['/assets/*'],
      define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', 'global': 'globalThis',
        '__VUE_OPTIONS_API__': 'true', '__VUE_PROD_DEVTOOLS__': 'false',
        '__VUE_PROD_HYDRATION_MISMATCH_DETAILS__': 'false' },
    });
    await writeFile(path.join(PAGES, `${name}.html`), PAGE(name));
  }
}
