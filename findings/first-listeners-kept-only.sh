#!/usr/bin/env bash
# An administrator's policy installs an extension in Firefox. The extension's background adds several listeners while it
# starts. Meanwhile the machine loses power, or the browser is killed.
# Version: Firefox ESR 153 as packaged by Debian 12
# Guessed: Firefox's next start finishes an installation that was cut short, or starts the extension's background.
# Seen: Firefox stores (addonStartup.json.lz4) the listeners that it knows so far. If any is stored, its next start
#   starts the background only if runtime.onStartup is among them. An extension that adds this listener last does not
#   run until another of its events happens. After a first start that was not cut short, the extension runs.
# Needs: Node.js, zip, unshare with user namespaces, Debian package firefox-esr. Fails if it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
# Firefox reads policies only from folders below /etc. A mount namespace hides these policies from everything else.
cat >firefox.sh <<SCRIPT
#!/bin/sh
exec unshare --map-root-user --mount /bin/sh -c '
  mount --rbind /etc "$folder/etc" && mount -t tmpfs tmpfs /etc && ln -s "$folder"/etc/* /etc/ &&
  rm -f /etc/firefox && ln -s "$folder/policies" /etc/firefox && exec /usr/bin/firefox-esr "\$@"' firefox "\$@"
SCRIPT
chmod +x firefox.sh
mkdir -p etc extension policies/policies
cat >finding.mjs <<'SCRIPT'
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';

let starts = 0;
let onStart = () => {};
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  starts += 1;
  onStart();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const pause = (duration_ms) => new Promise((resolve) => { setTimeout(resolve, duration_ms); });

// Simulates a slow machine: the background adds its second listener ten seconds after the first.
writeFileSync('extension/background.js', `
  fetch('http://127.0.0.1:${server.address().port}/');
  browser.alarms.onAlarm.addListener(() => {});
  for (const until = Date.now() + 10000; Date.now() < until;);
  browser.runtime.onStartup.addListener(() => {});`);
writeFileSync('extension/manifest.json', JSON.stringify({
  manifest_version: 3, name: 'finding', version: '1', permissions: ['alarms'],
  host_permissions: ['http://127.0.0.1/*'], background: { scripts: ['background.js'] },
  browser_specific_settings: { gecko: { id: 'finding@example.com' } },
}));
execFileSync('zip', ['-q', '../finding.xpi', 'background.js', 'manifest.json'], { cwd: 'extension' });
writeFileSync('policies/policies/policies.json', JSON.stringify({ policies: {
  ExtensionSettings: { 'finding@example.com': {
    installation_mode: 'force_installed', install_url: `file://${process.cwd()}/finding.xpi` } },
  Preferences: { 'xpinstall.signatures.required': { Value: false, Status: 'locked' } },
} }));

/** Starts Firefox and kills it, with its processes, when `isTime` is fulfilled. */
async function run(profile, isTime) {
  mkdirSync(profile, { recursive: true });
  const firefox = spawn('./firefox.sh', ['--headless', '--no-remote', '--profile', `${process.cwd()}/${profile}`],
    { stdio: 'ignore', detached: true });
  await isTime();
  process.kill(-firefox.pid, 'SIGKILL');
  await once(firefox, 'exit');
}

/** @returns {Promise<number>} how often the background starts in a profile whose first start was ended so early */
async function startsAfter(profile, first_ms) {
  await run(profile, () => new Promise((resolve) => {
    onStart = () => pause(first_ms).then(resolve);
  }));
  const before = starts;
  onStart = () => {};
  await run(profile, () => pause(20_000));
  return starts - before;
}

const [whole, cut] = [await startsAfter('whole', 20_000), await startsAfter('cut', 6000)];
console.log('background started after a whole first start:', whole, '- after one that was cut short:', cut);
assert.deepEqual([whole, cut], [1, 0]);
server.close();
process.exit(0);
SCRIPT
node finding.mjs
