#!/usr/bin/env bash
# An administrator's policy installs an extension in Firefox; the person quits Firefox as soon as the extension runs.
# Version: Firefox ESR 153 as packaged by Debian 12
# Guessed: the permissions that were granted at the installation are kept, or are granted again at the next start.
# Seen: Firefox writes the granted host permissions (extension-preferences.json) a second after the installation, and not
#   when Firefox quits. After an earlier quit the extension has no permissions until the person grants them.
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
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';

let onReport = () => {};
const server = http.createServer((request, response) => {
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
  onReport(decodeURIComponent(request.url.slice(2)));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
writeFileSync('extension/background.js', `
  browser.runtime.onInstalled.addListener(async () => {
    const { origins } = await browser.permissions.getAll();
    await fetch('http://127.0.0.1:${server.address().port}/?' + encodeURIComponent(JSON.stringify(origins)));
  });`);
writeFileSync('extension/manifest.json', JSON.stringify({
  manifest_version: 3, name: 'finding', version: '1', host_permissions: ['https://example.com/*'],
  background: { scripts: ['background.js'] },
  browser_specific_settings: { gecko: { id: 'finding@example.com' } },
}));
execFileSync('zip', ['-q', '../finding.xpi', 'background.js', 'manifest.json'], { cwd: 'extension' });
writeFileSync('policies/policies/policies.json', JSON.stringify({ policies: {
  ExtensionSettings: { 'finding@example.com': {
    installation_mode: 'force_installed', install_url: `file://${process.cwd()}/finding.xpi` } },
  Preferences: { 'xpinstall.signatures.required': { Value: false, Status: 'locked' } },
} }));

/** Starts Firefox, and quits it with SIGTERM when `isTime` is fulfilled. */
async function run(profile, isTime) {
  mkdirSync(profile, { recursive: true });
  const firefox = spawn('./firefox.sh', ['--headless', '--no-remote', '--profile', `${process.cwd()}/${profile}`],
    { stdio: 'ignore' });
  await isTime();
  firefox.kill('SIGTERM');
  await once(firefox, 'exit');
}
const pause = () => new Promise((resolve) => { setTimeout(resolve, 10_000); });
/** Checks which host permissions the extension itself reports after the installation. */
const installed = async () => {
  const origins = await new Promise((resolve) => { onReport = resolve; });
  console.log('installed with', origins);
  assert.equal(origins, '["https://example.com/*"]');
};
/** Returns the host permissions of the extension that Firefox has written into the profile. */
const written = (profile) =>
  JSON.parse(readFileSync(`${profile}/extension-preferences.json`, 'utf8'))['finding@example.com']?.origins ?? [];

await run('waits', async () => { await installed(); await pause(); });
assert.deepEqual(written('waits'), ['https://example.com/*']);
await run('quits', installed);
await run('quits', pause);
console.log('after the next start', written('quits'));
assert.deepEqual(written('quits'), []);
server.close();
SCRIPT
node finding.mjs
