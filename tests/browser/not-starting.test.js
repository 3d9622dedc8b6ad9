// The host's manifest is right, but the browser cannot start the program that it names. The popup says what
// is wrong, and that support has to install it.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { writeHostManifest } from './harness/manifest.js';
import { openPopup, popupShows } from './harness/popup.js';
import { badgeShows } from './harness/privileged.js';
import { BROWSERS, inScene } from './harness/scene.js';

const NOT_INSTALLED = /The CardMute program is not installed on this computer\..*Tell support to install it/s;
const NOT_STARTING = /The browser cannot start the CardMute program.*Tell support to install it again/s;

/**
 * What is in the program's place, and what the popup says then. If the program is missing, Chromium reports
 * that the host was not found, and Firefox that something unexpected happened. If the program cannot be
 * started, Chromium reports that the host has exited, and Firefox gives no reason.
 */
const PROGRAMS = [
  { what: 'nothing', put: async () => {}, chromium: NOT_INSTALLED, firefox: NOT_STARTING },
  { what: 'a program that nobody may execute', put: (file) => writeFile(file, '#!/bin/sh\n', { mode: 0o644 }),
    chromium: NOT_STARTING, firefox: NOT_STARTING },
  { what: 'a file that is no program', put: (file) => writeFile(file, 'Hello', { mode: 0o755 }),
    chromium: NOT_STARTING, firefox: NOT_STARTING },
];

for (const name of BROWSERS) {
  describe(`a host that cannot be started, ${name}`, () => {
    for (const { what, put, ...words } of PROGRAMS) {
      it(`${what} is where the manifest says: the popup says so`, () =>
        inScene(name, { install_host: false, extension: null }, async ({ test_browser }) => {
          const program = path.join(test_browser.folder, 'program');
          await put(program);
          await writeHostManifest(test_browser, { program });
          await test_browser.installExtension();
          const popup = await openPopup(test_browser);
          const { text } = await popupShows(popup, (shown) => words[name].test(shown.text));
          assert.doesNotMatch(text, /reconnecting/);
          await badgeShows(test_browser, '?');
        }));
    }
  });
}
