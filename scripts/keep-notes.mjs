// A plugin for esbuild. It replaces extension/detect/because.js, whose function is empty, with
// extension/why/because.js, which keeps notes about what decided.

import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../extension/why/because.js', import.meta.url));

export const keepNotes = {
  name: 'keep-notes',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup({ onResolve }) {
    onResolve({ filter: /\/because\.js$/ }, () => ({ path }));
  },
};
