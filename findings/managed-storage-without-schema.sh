#!/usr/bin/env bash
# An administrator's policy gives an extension managed storage, and the extension reads it with storage.managed.get().
# Version: Chromium 156 and Firefox ESR 153 as packaged by Debian 12; puppeteer-core 24.43.1
# Guessed: both browsers return the policy's values, and {} if the policy has nothing for this extension.
# Seen: Chromium returns {} even with the policy, unless the extension's manifest names a schema
#   (storage.managed_schema). Firefox needs no schema, but rejects instead of returning {} if the policy has
#   nothing for the extension.
# Needs: Node.js, npm, unshare with user namespaces, Debian packages chromium and firefox-esr. Fails if it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" puppeteer-core@24.43.1
# Browsers read policies only from folders below /etc. A mount namespace hides these policies from everything else.
for browser in chromium firefox; do
  program=/usr/bin/chromium
  [ "$browser" = chromium ] || program=/usr/bin/firefox-esr
  cat >"$browser.sh" <<SCRIPT
#!/bin/sh
exec unshare --map-root-user --mount /bin/sh -c '
  mount --rbind /etc "$folder/etc" && mount -t tmpfs tmpfs /etc && ln -s "$folder"/etc/* /etc/ &&
  rm -f /etc/$browser && ln -s "$folder/policies/$browser" /etc/$browser && exec $program "\$@"' $browser "\$@"
SCRIPT
  chmod +x "$browser.sh"
done
mkdir -p etc extension policies/chromium/policies/managed policies/firefox/policies
cat >extension/schema.json <<'SCRIPT'
{ "type": "object", "properties": { "site": { "type": "string" } } }
SCRIPT
cat >extension/background.js <<'SCRIPT'
const api = globalThis.browser ?? chrome;
const read = () => api.storage.managed.get().then((found) => JSON.stringify(found), () => 'rejected');
async function look() {
  // Chromium gives {} for a while after the installation.
  for (let waited = 0; waited < 10 && await read() === '{}'; waited += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
  await fetch(ADDRESS + encodeURIComponent(await read()));
}
look();
SCRIPT
cat >finding.mjs <<'SCRIPT'
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import puppeteer from 'puppeteer-core';

let onReport = () => {};
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  onReport(decodeURIComponent(request.url.slice(2)));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => { server.once('listening', resolve); });
const background = await readFile('extension/background.js', 'utf8');
await writeFile('extension/background.js',
  `const ADDRESS = 'http://127.0.0.1:${server.address().port}/?';\n${background}`);
/** Chromium derives the ID of an unpacked extension from its path. */
const id = [...createHash('sha256').update(`${process.cwd()}/extension`).digest('hex').slice(0, 32)]
  .map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
const POLICIES = {
  chromium: ['policies/chromium/policies/managed/policy.json',
    { '3rdparty': { extensions: { [id]: { site: 'https://example.com' } } } }],
  firefox: ['policies/firefox/policies/policies.json',
    { policies: { '3rdparty': { Extensions: { 'finding@example.com': { site: 'https://example.com' } } } } }],
};

/** Returns what the extension reads. */
async function read(name, { policy, schema }) {
  const [file, content] = POLICIES[name];
  if (policy) await writeFile(file, JSON.stringify(content));
  else await rm(file, { force: true });
  const firefox = name === 'firefox';
  await writeFile('extension/manifest.json', JSON.stringify({
    manifest_version: 3, name: 'finding', version: '1', permissions: ['storage'],
    host_permissions: ['http://127.0.0.1/*'],
    background: firefox ? { scripts: ['background.js'] } : { service_worker: 'background.js' },
    ...(schema && { storage: { managed_schema: 'schema.json' } }),
    ...(firefox && { browser_specific_settings: { gecko: { id: 'finding@example.com' } } }),
  }));
  const browser = await puppeteer.launch({
    browser: firefox ? 'firefox' : 'chrome', headless: true, executablePath: `${process.cwd()}/${name}.sh`,
    ...(!firefox && { pipe: true, enableExtensions: true, args: ['--no-sandbox', '--disable-gpu'] }),
  });
  const found = new Promise((resolve) => { onReport = resolve; });
  await browser.installExtension(`${process.cwd()}/extension`);
  const report = await found;
  console.log(await browser.version(), { policy, schema }, report);
  await browser.close();
  return report;
}

const set = '{"site":"https://example.com"}';
assert.equal(await read('chromium', { policy: true, schema: true }), set);
assert.equal(await read('chromium', { policy: true, schema: false }), '{}');
assert.equal(await read('chromium', { policy: false, schema: true }), '{}');
assert.equal(await read('firefox', { policy: true, schema: false }), set);
assert.equal(await read('firefox', { policy: false, schema: false }), 'rejected');
server.close();
SCRIPT
node finding.mjs
