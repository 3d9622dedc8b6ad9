#!/usr/bin/env bash
# An extension calls permissions.contains for a site that the extension may not access, because of a policy
#   (runtime_blocked_hosts in Chromium) or because of the browser itself (a quarantined domain in Firefox).
# Version: Chromium 156 and Firefox ESR 153 as packaged by Debian 12; puppeteer-core 24.43.1
# Guessed: contains returns false, since no script may run there, and the tab's address is hidden, as without the
#   permission.
# Seen: contains returns true in both browsers. Chromium hides the tab's address, and executeScript's error names the
#   ExtensionsSettings policy. Firefox shows the address, and executeScript fails with "Missing host permission for the
#   tab".
# Needs: Node.js, npm, unshare with user namespaces, Debian packages chromium and firefox-esr. Fails if it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" puppeteer-core@24.43.1
mkdir -p extension managed
echo '{ "ExtensionSettings": { "*": { "runtime_blocked_hosts": ["*://127.0.0.1"] } } }' >managed/policy.json
# Chromium reads policies only from folders below /etc. A mount namespace hides these policies from everything else.
cat >chromium.sh <<SCRIPT
#!/bin/sh
exec unshare --map-root-user --mount /bin/sh -c '
  mount -t tmpfs tmpfs /etc/chromium && mkdir -p /etc/chromium/policies/managed &&
  cp "$folder/managed/policy.json" /etc/chromium/policies/managed/ && exec /usr/bin/chromium "\$@"' chromium "\$@"
SCRIPT
chmod +x chromium.sh
cat >extension/background.js <<'SCRIPT'
const api = globalThis.browser ?? chrome;
async function look() {
  for (const { id: tabId, url } of await api.tabs.query({ active: true })) {
    const error = await api.scripting.executeScript({ target: { tabId }, func: () => {} })
      .then(() => 'none', ({ message }) => message);
    const contains = await api.permissions.contains({ origins: ['http://127.0.0.1/*'] });
    const found = { contains, url: url?.replace(/:\d+/, ''), error };
    await fetch(`${ADDRESS}?${encodeURIComponent(JSON.stringify(found))}`);
  }
}
setInterval(look, 500);
SCRIPT
cat >finding.mjs <<'SCRIPT'
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import puppeteer from 'puppeteer-core';

let onReport = () => {};
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
  response.end('<!doctype html><title>page</title>');
  if (request.url.startsWith('/?')) onReport(JSON.parse(decodeURIComponent(request.url.slice(2))));
}).listen(0);
await new Promise((resolve) => { server.once('listening', resolve); });
const { port } = server.address();
const background = await readFile('extension/background.js', 'utf8');
await writeFile('extension/background.js', `const ADDRESS = 'http://localhost:${port}/';\n${background}`);

/** Returns the last report about the active tab. */
async function run(name) {
  const firefox = name === 'firefox';
  await writeFile('extension/manifest.json', JSON.stringify({
    manifest_version: 3, name: 'finding', version: '1', permissions: ['scripting'],
    host_permissions: ['http://127.0.0.1/*', 'http://localhost/*'],
    background: firefox ? { scripts: ['background.js'] } : { service_worker: 'background.js' },
    ...(firefox && { browser_specific_settings: { gecko: { id: 'finding@example.com' } } }),
  }));
  const browser = await puppeteer.launch({
    browser: firefox ? 'firefox' : 'chrome', headless: true,
    executablePath: firefox ? '/usr/bin/firefox-esr' : `${process.cwd()}/chromium.sh`,
    ...(firefox ? { extraPrefsFirefox: {
      'extensions.quarantinedDomains.enabled': true, 'extensions.quarantinedDomains.list': '127.0.0.1',
    } } : { pipe: true, enableExtensions: true, args: ['--no-sandbox', '--disable-gpu'] }),
  });
  console.log(await browser.version());
  await browser.installExtension(`${process.cwd()}/extension`);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  let report;
  for (let reports = 0; reports < 5; reports += 1) {
    report = await new Promise((resolve) => { onReport = resolve; });
  }
  await browser.close();
  console.log(name, report);
  return report;
}

const chromium = await run('chromium');
assert.deepEqual([chromium.contains, chromium.url], [true, undefined]);
assert.match(chromium.error, /ExtensionsSettings policy/);
const firefox = await run('firefox');
assert.deepEqual([firefox.contains, firefox.url], [true, 'http://127.0.0.1/']);
assert.match(firefox.error, /Missing host permission for the tab/);
server.close();
SCRIPT
node finding.mjs
