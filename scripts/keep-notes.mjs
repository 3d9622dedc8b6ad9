// For esbuild: the detector in a bundle that says what decided keeps it, by extension/why/because.js instead
// of detect/because.js, whose function is empty.

import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../extension/why/because.js', import.meta.url));

export const keepNotes = {
  name: 'keep-notes',
  /** @param {import('esbuild').PluginBuild} bundle */
  setup({ onResolve }) {
    onResolve({ filter: /\/because\.js$/ }, () => ({ path }));
  },
};
