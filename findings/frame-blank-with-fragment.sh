#!/usr/bin/env bash
# A page inserts <iframe src="about:blank#pay"> and writes a form into it. An extension is registered for the site.
# Version: Chromium 156 and Firefox ESR 153 as packaged by Debian 12; puppeteer-core 24.43.1
# Guessed: as with about:blank, the frame fires load, and a content script that is registered with allFrames and
#   matchOriginAsFallback runs in the frame.
# Seen: in Chromium the frame fires no load and gets no registered content script, unlike a frame of about:blank or
#   about:blank?pay. scripting.executeScript with allFrames and injectImmediately reaches the frame. Without
#   injectImmediately the promise of executeScript is still pending after 3 s, also for the page's other frames. In
#   Firefox frames of all three addresses fire load and get the script, and the promise is settled.
# Needs: Node.js, npm, Debian packages chromium and firefox-esr. Fails if the behaviour changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" puppeteer-core@24.43.1
mkdir extension
cat >extension/script.js <<'SCRIPT'
document.documentElement.dataset.registered = 'yes';
SCRIPT
cat >extension/background.js <<'SCRIPT'
const api = globalThis.browser ?? chrome;
async function begin() {
  await api.scripting.registerContentScripts([{
    id: 'all', js: ['script.js'], matches: ['http://127.0.0.1/*'], allFrames: true, matchOriginAsFallback: true,
    runAt: 'document_start',
  }]);
  await fetch(`${ADDRESS}ready`);
}
// The page asks for an injection by its title, which an extension can see in each of the browsers.
api.tabs.onUpdated.addListener(async (tabId, { title }) => {
  if (title !== 'inject') return;
  const injection = {
    target: { tabId, allFrames: true }, func: () => { document.documentElement.dataset.injected = 'yes'; },
  };
  await api.scripting.executeScript({ ...injection, injectImmediately: true });
  const state = await Promise.race([
    api.scripting.executeScript(injection).then(() => 'settled'),
    new Promise((resolve) => { setTimeout(resolve, 3000, 'pending'); }),
  ]);
  await fetch(`${ADDRESS}injected?${state}`);
});
begin();
SCRIPT
cat >finding.mjs <<'SCRIPT'
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import puppeteer from 'puppeteer-core';

const waiting = new Map();
const heard = (what) => new Promise((resolve) => { waiting.set(what, resolve); });
const server = http.createServer((request, response) => {
  const [what, state] = request.url.slice(1).split('?');
  waiting.get(what)?.(state);
  response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
  response.end('<!doctype html><title>page</title>');
}).listen(0, '127.0.0.1');
await new Promise((resolve) => { server.once('listening', resolve); });
const address = `http://127.0.0.1:${server.address().port}/`;
const background = await readFile('extension/background.js', 'utf8');
await writeFile('extension/background.js', `const ADDRESS = '${address}';\n${background}`);

async function run(name) {
  const firefox = name === 'firefox';
  await writeFile('extension/manifest.json', JSON.stringify({
    manifest_version: 3, name: 'finding', version: '1', permissions: ['scripting', 'tabs'],
    host_permissions: ['http://127.0.0.1/*'],
    background: firefox ? { scripts: ['background.js'] } : { service_worker: 'background.js' },
    ...(firefox && { browser_specific_settings: { gecko: { id: 'finding@example.com' } } }),
  }));
  const browser = await puppeteer.launch({
    browser: firefox ? 'firefox' : 'chrome', headless: true,
    executablePath: firefox ? '/usr/bin/firefox-esr' : '/usr/bin/chromium',
    ...(!firefox && { pipe: true, enableExtensions: true, args: ['--no-sandbox', '--disable-gpu'] }),
  });
  console.log(await browser.version());
  const ready = heard('ready');
  await browser.installExtension(`${process.cwd()}/extension`);
  await ready;
  const page = await browser.newPage();
  await page.goto(address);
  const found = {};
  for (const src of ['about:blank', 'about:blank?pay', 'about:blank#pay']) {
    await page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.addEventListener('load', () => { frame.dataset.loaded = 'yes'; });
      frame.src = src;
      document.body.replaceChildren(frame);
    }, src);
    await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 1000); }));
    const injected = heard('injected');
    await page.evaluate(() => { document.title = 'inject'; });
    const state = await injected;
    found[src] = await page.evaluate((state) => {
      const frame = document.querySelector('iframe');
      const { registered = 'no', injected = 'no' } = frame.contentDocument.documentElement.dataset;
      document.title = 'page';
      return `load ${frame.dataset.loaded ?? 'no'}, registered ${registered}, injected ${injected}, ${state}`;
    }, state);
    await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 500); }));
  }
  await browser.close();
  console.log(name, found);
  return found;
}

const all = 'load yes, registered yes, injected yes, settled';
assert.deepEqual(await run('chromium'), {
  'about:blank': all, 'about:blank?pay': all, 'about:blank#pay': 'load no, registered no, injected yes, pending',
});
assert.deepEqual(await run('firefox'), {
  'about:blank': all, 'about:blank?pay': all, 'about:blank#pay': all,
});
server.close();
SCRIPT
node finding.mjs
