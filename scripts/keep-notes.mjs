// A plugin for esbuild: puts extension/why/because.js, which keeps notes about what decided, in the place of
// extension/detect/because.js, whose function is empty.

import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../extension/why/because.js', import.meta.url));

export const keepNotes = {
  name: 'keep-notes',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup({ onResolve }) {
    onResolve({ filter: /\/because\.js$/ }, () => ({ path }));
  },
};
