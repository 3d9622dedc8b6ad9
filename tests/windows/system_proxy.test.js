// Tests that the proxy of the person's settings in Windows is asked, also if a PAC file names it, and that
// doctor says so. These settings are in the registry, in the form in which Windows itself writes them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { HostProcess } from '../host/process/host_process.js';
import { startProxy } from '../host/process/proxy.js';
import { hostIn, Wine } from './wine.js';

/** @typedef {import('node:test').TestContext} TestContext */

const SETTINGS = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';
/** The first number of the registry value, and the flags of its third: direct, a named proxy, a PAC file. */
const FORMAT = 0x46;
const [DIRECT, NAMED, BY_PAC_FILE] = [1, 2, 4];
/** A name that nobody can find, so that only a proxy can be asked for it. */
const SERVER = 'voicenter.invalid';

const wine = new Wine();
before(() => {
  wine.start();
  writeFileSync(path.join(wine.work, 'config.json'), JSON.stringify({
    voicenter: { mute_url: `https://${SERVER}/api`, extension: 'API1API' },
    policy: { sites: ['https://crm.example.com/*'] },
  }));
});
after(() => wine.end());

/**
 * Changes the settings as the person does who runs the browser.
 * @param {{proxy?: string, exceptions?: string, pac_file?: string}} settings
 */
async function set({ proxy = '', exceptions = '', pac_file = '' }) {
  const number = (/** @type {number} */ value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const flags = DIRECT | (proxy && NAMED) | (pac_file && BY_PAC_FILE);
  const value = Buffer.concat([number(FORMAT), number(1), number(flags),
    ...[proxy, exceptions, pac_file].flatMap((text) => [number(text.length), Buffer.from(text)])]);
  assert.equal(await wine.run(['reg', 'add', SETTINGS, '/f', '/v', 'DefaultConnectionSettings',
    '/t', 'REG_BINARY', '/d', value.toString('hex')]), 0);
}

/** Opens a form, and returns the host's error. @param {TestContext} t */
async function opened(t) {
  const host = new HostProcess({ ...hostIn(wine.work, { env: wine.env }), redirection: '2>/dev/null' });
  t.after(() => host.finish(0));
  return (await host.open()).error;
}

/** Returns what doctor says of the proxy. */
async function diagnosed() {
  const { program, args, env } = hostIn(wine.work, { env: wine.env, caller: ['doctor', '--json'] });
  const run = promisify(execFile)(program, args, { env });
  // doctor fails, because nobody answers for the server.
  const { stdout } = await run.catch((/** @type {any} */ error) => error);
  return JSON.parse(stdout).checks.find((/** @type {{check: string}} */ { check }) => check === 'proxy');
}

const ASKED = { method: 'CONNECT', target: `${SERVER}:443`, authorization: undefined };

test('the named proxy is asked, and doctor names it', async (t) => {
  const proxy = await startProxy(t, { refuse: true });
  await set({ proxy: proxy.host });
  assert.equal((await opened(t))?.code, 'unreachable');
  assert.deepEqual(proxy.requests[0], ASKED);
  assert.equal((await diagnosed()).text, `${proxy.url}, from the system's settings`);
});

test('an exception is reached without the named proxy', async (t) => {
  const proxy = await startProxy(t, { refuse: true });
  await set({ proxy: proxy.host, exceptions: '*.invalid' });
  assert.equal((await opened(t))?.code, 'unreachable');
  assert.deepEqual(proxy.requests, []);
  assert.equal((await diagnosed()).text, 'none');
});

test('the proxy that a PAC file gives for the server is asked, and doctor says so', async (t) => {
  const proxy = await startProxy(t, { refuse: true });
  const script = `function FindProxyForURL(url, host) {
    return host === '${SERVER}' ? 'PROXY ${proxy.host}' : 'DIRECT';
  }`;
  const pac_file = createServer((_request, response) => response.end(script));
  pac_file.listen(0, '127.0.0.1');
  await once(pac_file, 'listening');
  t.after(() => pac_file.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (pac_file.address());
  await set({ pac_file: `http://127.0.0.1:${port}/proxy.pac` });
  assert.equal((await opened(t))?.code, 'unreachable');
  assert.deepEqual(proxy.requests[0], ASKED);
  assert.equal((await diagnosed()).text, `${proxy.url}, from the system's settings (by a PAC file)`);
});
