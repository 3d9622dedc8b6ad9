// Tests a new version on a company's own server: Chromium and Firefox ESR take it by themselves, and a form
// that is open meanwhile stays muted. Also tests what a browser still has once policies and package are gone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { until } from '../browser/harness/until.js';
import { startSimulator } from '../simulator/simulator.js';
import { openBrowser, serveForm } from './harness/agent.js';
import { Machine } from './harness/machine.js';
import { makeTestPackages, writeKey } from './harness/packages.js';

const OLD = '1.0.0';
const NEW = '1.0.1';
const AGENT = 'agent1';
const CA = '/usr/local/share/ca-certificates/company.crt';
const POLICIES = { chromium: '/etc/chromium/policies/managed/cardmute.json',
  firefox: '/etc/firefox/policies/policies.json' };
const PACKAGES = { chromium: `cardmute-${NEW}.crx`, firefox: `cardmute-${NEW}.xpi` };
const NAMES = { chromium: 'Chromium', firefox: 'Firefox' };
const BROWSERS = /** @type {const} */ (['chromium', 'firefox']);
const ADDON = '{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}';
const PATIENCE_ms = 60_000;
/** Browsers look for updates every few hours. With these settings they look every two seconds. */
const HURRY = {
  chromium: ['--extensions-update-frequency=2'],
  firefox: { 'extensions.update.interval': 2, 'app.update.timerFirstInterval': 1000,
    'app.update.timerMinimumDelay': 2 },
};

/** @type {Machine} */
let machine;
/** @type {import('../simulator/simulator.js').Simulator} */
let simulator;
/** @type {string} */
let folder;
/** @type {Awaited<ReturnType<typeof serveForm>>} */
let pages;
/** @type {https.Server} */
let company;
/** @type {http.Server} */
let plainServer;
let published = OLD;
/** @type {string} the ID of the extension in Chromium */
let id;
/** @type {string[]} what browsers have fetched from the company */
const fetched = [];
/** @type {string} */
let url;
/** @type {string} the address of the same server without TLS */
let plain;

/** Starts the company's server. The throw-away machine trusts the CA of its certificate. */
async function startCompany() {
  const file = (/** @type {string} */ name) => path.join(folder, name);
  const openssl = (/** @type {string[]} */ ...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=Company CA',
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign',
    '-keyout', file('ca.key'), '-out', file('company.crt'));
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', '/CN=127.0.0.1',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE',
    '-addext', 'extendedKeyUsage=serverAuth',
    '-CA', file('company.crt'), '-CAkey', file('ca.key'),
    '-keyout', file('server.key'), '-out', file('server.crt'));
  const [key, cert] = await Promise.all([readFile(file('server.key')), readFile(file('server.crt'))]);
  company = https.createServer({ key, cert }, answer);
  company.listen(0, '127.0.0.1');
  await once(company, 'listening');
  url = `https://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (company.address()).port}/`;
}

/** Answers a browser. @param {http.IncomingMessage} request @param {http.ServerResponse} response */
async function answer(request, response) {
  const name = path.basename(new URL(request.url ?? '/', 'https://localhost').pathname);
  fetched.push(name);
  const version = /\d+\.\d+\.\d+/.exec(name)?.[0] ?? published;
  const text = await readFile(path.join(folder, version, name)).catch(() => undefined);
  if (text === undefined) response.statusCode = 404;
  if (name.endsWith('.xpi')) response.setHeader('content-type', 'application/x-xpinstall');
  // Chromium on Linux trusts no CA of the system, so it gets the packages from the server without TLS.
  response.end(name === 'updates.xml' ? String(text).replaceAll(url, `${plain}/`) : text);
}

/** @param {'chromium' | 'firefox'} browser */
async function setPolicy(browser) {
  const more = browser === 'firefox' ? ['--unsigned', '--update-url', `${url}cardmute-${OLD}.xpi`]
    : ['--update-url', `${plain}/updates.xml`];
  const text = await machine.must(['cardmute-host', 'policy', '--browser', browser, ...more]);
  const document = JSON.parse(text);
  if (browser === 'firefox') {
    document.policies.Certificates = { Install: [CA] };
    for (const [name, Value] of Object.entries(HURRY.firefox)) {
      document.policies.Preferences[name] = { Value, Status: 'default' };
    }
  }
  await machine.write(POLICIES[browser], JSON.stringify(document));
}

const isMuted = () => simulator.mutedCalls().length > 0;

/** @param {'chromium' | 'firefox'} browser */
async function takesPayment(browser) {
  assert.equal(isMuted(), false);
  const mark = simulator.mark('a browser starts');
  const args = browser === 'chromium' ? HURRY.chromium : [];
  const started = await openBrowser(machine, AGENT, browser, `${pages.origin}/pay`, args);
  await simulator.waitFor(isMuted, { after: mark.seq, timeout_ms: PATIENCE_ms });
  return started;
}

async function goesHome(browser) {
  await browser.quit();
  await machine.must(['cardmute-host', 'settle'], { user: AGENT });
  if (isMuted()) await simulator.waitFor(() => !isMuted(), { after: simulator.events.length });
}

/** Lists files below the agent's home whose path ends with `end`. @param {string} end */
const filesOf = (end) => machine.must(['find', `/home/${AGENT}`, '-path', `*/${end}`]);

/**
 * Opens the form in a browser without a host until `isSo`. Meanwhile nothing may be sent.
 * @param {'chromium' | 'firefox'} browser @param {() => Promise<boolean>} isSo
 */
async function isNotMuted(browser, isSo) {
  const before_start = simulator.mark('a browser starts without a host');
  const seen = pages.count();
  const started = await openBrowser(machine, AGENT, browser, `${pages.origin}/pay`);
  await until('the page', async () => pages.count() > seen, PATIENCE_ms);
  await until(`${browser} has done it`, isSo, PATIENCE_ms);
  await started.quit();
  assert.deepEqual(simulator.events.filter(({ type, seq }) =>
    type === 'request.received' && seq > before_start.seq), []);
}

/** Waits until Firefox has written what it has granted to the extension (see rollout.test.js). */
const hasWrittenItsGrants = () => until('what Firefox has granted', async () =>
  (await machine.run(['sh', '-c', 'grep -r "http://\\*/\\*" /home/$1 --include=extension-preferences.json',
    'sh', AGENT])).code === 0);

/** Waits until Chromium has unpacked the new version. */
const isReady = () => until('the new version in the profile',
  async () => await filesOf(`Extensions/${id}/${NEW}_*/manifest.json`) !== '', PATIENCE_ms);

/** @param {'chromium' | 'firefox'} browser */
const hasNew = (browser) =>
  until('the new version', async () => await versionIn(browser) === NEW, PATIENCE_ms);

/** Returns the version that doctor knows. @param {'chromium' | 'firefox'} browser */
async function versionIn(browser) {
  const { out } = await machine.run(['cardmute-host', 'doctor'], { user: AGENT });
  return new RegExp(`extension in ${NAMES[browser]}: version (\\S+)`).exec(out)?.[1];
}

describe('updates', { skip: process.getuid?.() !== 0 && 'installs packages, so it needs root' }, () => {
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-updates-'));
    await startCompany();
    plainServer = http.createServer(answer).listen(0, '127.0.0.1');
    await once(plainServer, 'listening');
    plain = `http://127.0.0.1:${/** @type {any} */ (plainServer.address()).port}`;
    [machine, simulator, pages] = await Promise.all([Machine.start(), startSimulator(), serveForm()]);
    const key = path.join(folder, 'key.pem');
    await writeKey(key);
    for (const version of [OLD, NEW]) {
      ({ id } = await makeTestPackages({ key, version, url, out: path.join(folder, version) }));
    }
    await machine.bring(path.join(folder, OLD), [`cardmute_${OLD}_amd64.deb`], '/tmp');
    await machine.bring(folder, ['company.crt'], path.dirname(CA));
    await machine.must(['update-ca-certificates']);
    await machine.must(['useradd', '--create-home', AGENT]);
    await machine.must(['dpkg', '-i', `/tmp/cardmute_${OLD}_amd64.deb`]);
    simulator.startCall({ extension: 'API1API', answered: true });
    await machine.write('/etc/cardmute/config.json', JSON.stringify({
      voicenter: { mute_url: simulator.muteUrl, extension: 'API1API' },
      policy: { sites: ['http://127.0.0.1/*'] } }));
  });
  after(async () => {
    await machine?.close();
    await simulator?.close();
    pages?.close();
    company?.close();
    plainServer?.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const browser of BROWSERS) {
    it(`are taken from the company's server by ${browser}, and an open form stays muted`, async () => {
      await setPolicy(browser);
      const first = await takesPayment(browser);
      assert.equal(await versionIn(browser), OLD);
      if (browser === 'firefox') await hasWrittenItsGrants();
      await goesHome(first);
      published = NEW;
      const second = await takesPayment(browser);
      const open = simulator.mark('the form is open');
      await until('the update', async () => fetched.includes(PACKAGES[browser]), PATIENCE_ms);
      // While a form is open, Chromium only unpacks the update.
      if (browser === 'chromium') await isReady();
      const later = simulator.mark('the update is there');
      await simulator.waitFor(({ type, command }) => type === 'request.carried_out' && command === 'mute',
        { after: later.seq });
      const unmutes = simulator.events.filter(({ type, seq }) => type === 'call.unmuted' && seq > open.seq);
      assert.deepEqual(unmutes, []);
      await goesHome(second);
      const third = await takesPayment(browser);
      await hasNew(browser);
      await goesHome(third);
      // The browser's policy still names the old package.
      const fourth = await takesPayment(browser);
      assert.equal(await versionIn(browser), NEW);
      await goesHome(fourth);
      published = OLD;
    });
  }

  it('are of no interest once policies and package are gone: Chromium drops the extension', async () => {
    await machine.must(['rm', ...Object.values(POLICIES)]);
    await machine.must(['dpkg', '--purge', 'cardmute']);
    assert.notEqual(await filesOf(`Extensions/${id}/*/manifest.json`), '');
    await isNotMuted('chromium', async () => {
      const files = await filesOf(`Extensions/${id}/*/manifest.json`);
      if (files !== '') throw new Error(files);
      return true;
    });
  });

  it('Firefox keeps the extension, which mutes nothing without the host', async () => {
    await isNotMuted('firefox', async () => true);
    assert.notEqual(await filesOf(`extensions/${ADDON}.xpi`), '');
  });

  it('Firefox drops it, too, where a policy blocks it', async () => {
    await machine.write(POLICIES.firefox, JSON.stringify({ policies: {
      ExtensionSettings: { [ADDON]: { installation_mode: 'blocked' } } } }));
    await isNotMuted('firefox', async () => await filesOf(`extensions/${ADDON}.xpi`) === '');
  });
});
