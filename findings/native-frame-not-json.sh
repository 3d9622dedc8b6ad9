#!/usr/bin/env bash
# A native messaging host sends a well-formed frame whose text is not JSON.
# Version: Chromium 156 and Firefox ESR 153 as packaged by Debian 12; puppeteer-core 24.43.1
# Guessed: both browsers do the same, and report the frame to the extension.
# Seen: Chromium silently drops the frame and keeps the port open; Firefox closes the port.
# Needs: Node.js, npm, python3, Debian packages chromium and firefox-esr. Fails if the behaviour changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" puppeteer-core@24.43.1
cat >finding.mjs <<'SCRIPT'
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import puppeteer from 'puppeteer-core';

const folder = process.cwd();
const reports = [];
const server = http.createServer((request, response) => {
  if (request.url !== '/favicon.ico') reports.push(decodeURIComponent(request.url.slice(2)));
  response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
}).listen(0, '127.0.0.1');
await new Promise((resolve) => { server.once('listening', resolve); });
const address = `http://127.0.0.1:${server.address().port}/?`;
/** Chromium derives the ID of an unpacked extension from its path. */
const idOf = (path) => [...createHash('sha256').update(path).digest('hex').slice(0, 32)]
  .map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');

/** Runs an extension with this background and a native messaging host with this program. Returns its reports. */
async function run(browser_name, { background, program, extra = {}, until }) {
  const firefox = browser_name === 'firefox';
  const home = `${folder}/${browser_name}-${Math.random().toString(36).slice(2)}`;
  const extension = `${home}/extension`;
  const hosts = `${home}/${firefox ? '.mozilla/native-messaging-hosts' : 'profile/NativeMessagingHosts'}`;
  for (const each of [extension, hosts, `${home}/profile`]) await mkdir(each, { recursive: true });
  await writeFile(`${extension}/background.js`, `const report = (what) => fetch('${address}' +
    encodeURIComponent(what));\n${background}`);
  await writeFile(`${extension}/manifest.json`, JSON.stringify({
    manifest_version: 3, name: 'finding', version: '1', permissions: ['nativeMessaging'],
    host_permissions: ['http://127.0.0.1/*'],
    background: firefox ? { scripts: ['background.js'] } : { service_worker: 'background.js' },
    ...(firefox && { browser_specific_settings: { gecko: { id: 'finding@example.com' } } }),
  }));
  await writeFile(`${home}/host.py`, `#!/usr/bin/python3\n${program}`);
  await chmod(`${home}/host.py`, 0o755);
  await writeFile(`${hosts}/finding.json`, JSON.stringify({
    name: 'finding', description: 'A native messaging host', path: `${home}/host.py`, type: 'stdio',
    ...(firefox ? { allowed_extensions: ['finding@example.com'] }
      : { allowed_origins: [`chrome-extension://${idOf(extension)}/`] }), ...extra,
  }));
  reports.length = 0;
  const browser = await puppeteer.launch({
    browser: firefox ? 'firefox' : 'chrome', headless: true, userDataDir: `${home}/profile`,
    executablePath: firefox ? '/usr/bin/firefox-esr' : '/usr/bin/chromium',
    ...(!firefox && { pipe: true, enableExtensions: true, args: ['--no-sandbox', '--disable-gpu'] }),
    env: { ...process.env, ...(firefox && { HOME: home }) },
  });
  console.log(await browser.version());
  await browser.installExtension(extension);
  for (let waited = 0; waited < 600 && !reports.includes(until); waited += 1) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  await browser.close();
  console.log(`${browser_name}: ${reports.join(' | ')}`);
  return [...reports];
}

const program = `
import struct, sys
def send(text):
    data = text.encode()
    sys.stdout.buffer.write(struct.pack('=I', len(data)) + data)
    sys.stdout.buffer.flush()
send('"before"')
send('this is no JSON')
send('"after"')
sys.stdin.buffer.read()
`;
const background = `
const api = globalThis.browser ?? chrome;
const port = api.runtime.connectNative('finding');
port.onMessage.addListener(async (message) => {
  await report(message);
  if (message === 'after') report('end');
});
port.onDisconnect.addListener(async () => { await report('closed'); report('end'); });
`;
const chromium = await run('chromium', { background, program, until: 'end' });
assert.deepEqual(chromium.slice(0, 3), ['before', 'after', 'end']);
const firefox = await run('firefox', { background, program, until: 'end' });
assert.ok(firefox.includes('closed') && !firefox.includes('after'));
server.close();
SCRIPT
node finding.mjs
