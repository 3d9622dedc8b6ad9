// Builds the extension that the content script is compared with.
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = path.join(path.dirname(fileURLToPath(import.meta.url)), 'rival');
const BUILT = path.join(SOURCE, '../../../build/bench-rival');

/** @returns {Promise<string>} the folder of the extension */
export async function buildRival() {
  await mkdir(BUILT, { recursive: true });
  await copyFile(path.join(SOURCE, 'manifest.json'), path.join(BUILT, 'manifest.json'));
  await build({
    entryPoints: [path.join(SOURCE, 'content.js')], outfile: path.join(BUILT, 'content.js'),
    bundle: true, minify: true, format: 'iife', logLevel: 'warning',
  });
  return BUILT;
}
