// Makes a copy of the built extension whose detector can say which words decided.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { EXTENSION } from '../../../tests/browser/harness/browsers.js';
import { keepNotes } from '../../keep-notes.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/**
 * @param {'chromium' | 'firefox'} name
 * @returns {Promise<{folder: string, remove: () => Promise<void>}>}
 */
export async function buildExplaining(name) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-why-'));
  await cp(EXTENSION[name], folder, { recursive: true });
  await build({ entryPoints: [path.join(HERE, 'main.js')], outfile: path.join(folder, 'detector.js'),
    bundle: true, format: 'iife', charset: 'utf8', logLevel: 'warning', allowOverwrite: true,
    plugins: [keepNotes] });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
