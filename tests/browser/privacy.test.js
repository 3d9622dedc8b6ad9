// Tests that what is typed into a payment form is never read, neither in the content script's world nor in
// the page's. The host learns only that somebody types, and it learns that only now and then.
import assert from 'node:assert/strict';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { bannerShows } from './harness/banner.js';
import { HOST } from './harness/browsers.js';
import { copyExtension } from './harness/copies.js';
import { writeHostManifest } from './harness/manifest.js';
import { BROWSERS, Scene } from './harness/scene.js';

const NUMBER = '4580458045804580';
const CODE = '739';

/** Runs before the content script, in the same world. Records every read of typed text in `data-alarms`. */
function setAlarms() {
  const world = /** @type {any} */ (globalThis);
  const watched = [
    [world.HTMLInputElement, 'value', 'valueAsNumber', 'selectionStart', 'selectionEnd'],
    [world.HTMLSelectElement, 'value', 'selectedIndex', 'selectedOptions'],
    [world.KeyboardEvent, 'key', 'code', 'keyCode', 'charCode', 'which'],
    [world.InputEvent, 'data', 'dataTransfer'],
  ];
  for (const [owner, ...names] of watched) {
    for (const name of names) {
      Object.defineProperty(owner.prototype, name, { configurable: true, get() {
        const root = document.documentElement;
        root.dataset.alarms = `${root.dataset.alarms ?? ''} ${owner.name}.${name}`;
        return undefined;
      } });
    }
  }
  // Two deliberate reads prove that the alarms work.
  void document.createElement('input').value;
  void new world.KeyboardEvent('keydown').key;
}

/** @param {Buffer} bytes frames as a browser writes them @returns {any[]} their messages */
function readFrames(bytes) {
  const messages = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32LE(at);
    messages.push(JSON.parse(bytes.toString('utf8', at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return messages;
}

/** Copies what the browser sends to the host into a file. @param {Scene} scene @param {string} file */
async function tapHost({ test_browser }, file) {
  const program = path.join(test_browser.folder, 'tapped-host');
  await writeFile(program, `#!/bin/sh\ntee '${file}' | '${HOST}' "$@"\n`);
  await chmod(program, 0o755);
  await writeHostManifest(test_browser, { program });
}

describe('typing into a payment form', () => {
  for (const name of BROWSERS) {
    it(`is not read, and the host learns only that it happens, ${name}`, async () => {
      const scene = await Scene.start(name, { extension: null });
      const { test_browser } = scene;
      const frames_file = path.join(test_browser.folder, 'frames');
      try {
        await tapHost(scene, frames_file);
        const copy = path.join(test_browser.folder, 'alarmed');
        await copyExtension(name, copy, { before_content: `(${setAlarms})();` });
        await test_browser.installExtension(copy);
        const page = await scene.open('typed-alarm.html');
        await bannerShows(page, 'muted');
        await page.type('#number', NUMBER);
        await page.select('#month', '02');
        await page.type('#code', CODE);
        await page.keyboard.press('Tab');

        const rung = await page.evaluate(() => document.documentElement.dataset.alarms);
        // A page that loads while the extension is being installed may get the script, and its alarms, twice.
        assert.deepEqual([...new Set(rung.trim().split(' '))],
          ['HTMLInputElement.value', 'KeyboardEvent.key'], 'only the deliberate reads');
        assert.deepEqual(await page.evaluate('alarms()'), [], 'in the page\'s own world');

        const bytes = await readFile(frames_file);
        assert.equal(bytes.includes(NUMBER) || bytes.includes(NUMBER.slice(0, 6)), false);
        const messages = readFrames(bytes);
        const active = messages.filter(({ type }) => type === 'surface.active');
        assert.ok(active.length >= 1 && active.length <= 3, `surface.active came ${active.length} times`);
        for (const { card, ms_ago, ...message } of active) {
          assert.deepEqual(Object.keys(message), ['id', 'type', 'surface']);
          assert.ok(card === undefined && ms_ago === undefined || card === true && ms_ago < 1000);
        }
        const [{ origin }] = messages.filter(({ type }) => type === 'surface.open');
        assert.equal(origin, scene.pages.origin);
      } finally {
        await scene.close();
      }
    });
  }
});
