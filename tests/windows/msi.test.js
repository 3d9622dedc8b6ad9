// Tests the MSI package: it has the same bytes each time, it is signed, and Wine can install, upgrade and
// remove it. scripts/test-windows runs this test. That script builds the host and names Wine's prefix in
// WINEPREFIX.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startTimestampAuthority } from './timestamp_authority.js';
import { ID, inWine, Wine } from './wine.js';

const UPDATE_URL = 'https://intranet.example.com/cardmute/updates.xml';
/** msiexec returns 1603 if an installation has failed. Unix sees only the lowest byte of it. */
const REFUSED = 1603 % 256;
/** Wine's code for a package whose own program has failed, as Unix sees it. Windows' is 1603. */
const FAILED = 1627 % 256;
const FILES = ['callers.json', 'cardmute-host.exe', 'cardmute-hostw.exe', 'chromium.json', 'firefox.json',
  'settle.xml'];
const CHROME_KEY = 'Software\\Google\\Chrome\\NativeMessagingHosts\\com.cardmute.host';
const FIREFOX_KEY = 'Software\\Mozilla\\NativeMessagingHosts\\com.cardmute.host';
const POLICY_KEY = 'Software\\Policies\\Google\\Chrome\\ExtensionInstallForcelist';
const EVENTS_KEY = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\CardMute';
const VARIABLES_KEY = 'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

/** The origin of the extension from a store. */
const STORE = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/';
const ADD_ON = 'cardmute@call-centre.org';

const DAY_s = 24 * 60 * 60;

const wine = new Wine();
const { work, env } = wine;
/** @type {typeof wine.packageOf} */ const packageOf = (...of) => wine.packageOf(...of);
/** @type {typeof wine.msiexec} */ const msiexec = (...args) => wine.msiexec(...args);
/** @type {typeof wine.inDrive} */ const inDrive = (folder) => wine.inDrive(folder);
/** @type {typeof wine.listed} */ const listed = (folder) => wine.listed(folder);
/** @type {typeof wine.registry} */ const registry = (key) => wine.registry(key);
/** @param {string} version @param {string} name of a file of the package */
const read = (version, name) =>
  JSON.parse(readFileSync(inDrive(`Program Files/CardMute/${version}/${name}`), 'utf8'));
after(() => wine.end());

test('two builds of one version are the same bytes', async () => {
  const [one, two] = [await packageOf('1.0.0'), await packageOf('1.0.0')].map((file) => readFileSync(file));
  assert.ok(one.equals(two));
});

test('a signed package and its programs are verified by the certificate', async () => {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(work, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key,
    '-out', certificate, '-subj', '/CN=Call Centre IT', '-addext', 'extendedKeyUsage=codeSigning'],
  { stdio: 'ignore' });
  const file = await packageOf('1.0.0', { certificate, key });
  execFileSync('osslsigncode', ['verify', '-CAfile', certificate, '-in', file], { stdio: 'ignore' });
  execFileSync('msiextract', ['-C', path.join(work, 'extracted'), file], { stdio: 'ignore' });
  const extracted = path.join(work, 'extracted');
  const programs = execFileSync('find', [extracted, '-name', '*.exe'], { encoding: 'utf8' }).trim()
    .split('\n');
  assert.equal(programs.length, 2);
  for (const program of programs) {
    execFileSync('osslsigncode', ['verify', '-CAfile', certificate, '-in', program], { stdio: 'ignore' });
  }
});

test('with a certified time a signature outlives its certificate', async (t) => {
  const authority = await startTimestampAuthority(t);
  const [key, certificate] = ['short.key', 'short.pem'].map((name) => path.join(work, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-days', '1',
    '-out', certificate, '-subj', '/CN=Call Centre IT', '-addext', 'extendedKeyUsage=codeSigning'],
  { stdio: 'ignore' });
  const next_month = String(Math.floor(Date.now() / 1000) + 30 * DAY_s);
  const trusted = ['-CAfile', certificate, '-TSA-CAfile', authority.certificate];
  const verified = (/** @type {string} */ file) =>
    spawnSync('osslsigncode', ['verify', ...trusted, '-time', next_month, '-in', file], { encoding: 'utf8' });
  const without = verified(await packageOf('1.0.0', { certificate, key }));
  assert.notEqual(without.status, 0);
  const file = await packageOf('1.0.0', { certificate, key, timestamp_url: authority.url });
  const { status, stdout } = verified(file);
  assert.equal(status, 0, stdout);
  assert.equal(authority.requests, 3, 'two programs and the package');
});

describe('under Wine', () => {
  /** @type {string} */ let old_package;
  /** @type {string} */ let new_package;
  const config = path.join(work, 'config.json');
  const table = path.join(work, 'extensions.csv');
  before(async () => {
    wine.start();
    old_package = await packageOf('1.0.0');
    new_package = await packageOf('1.1.0');
    writeFileSync(config, '{ "voicenter": { "extensions": { "file": "extensions.csv" } } }\n');
    writeFileSync(table, 'log-in,extension\nagent1,API1API\n');
  });

  test('a link that a user has made is replaced, and not followed', async () => {
    // Wine shows a symbolic link of Unix as the file to which it leads. The host must replace such a
    // link, too.
    const victim = path.join(work, 'victim');
    writeFileSync(victim, 'unchanged');
    mkdirSync(inDrive('ProgramData/CardMute'), { recursive: true });
    symlinkSync(victim, inDrive('ProgramData/CardMute/config.json'));
    assert.equal(await msiexec('/i', inWine(old_package), `CONFIG=${inWine(config)}`), 0);
    assert.equal(readFileSync(victim, 'utf8'), 'unchanged');
    assert.equal(readFileSync(inDrive('ProgramData/CardMute/config.json'), 'utf8'),
      readFileSync(config, 'utf8'));
    assert.equal(await msiexec('/x', inWine(old_package)), 0);
  });

  // No older version is installed here, because Wine would remove it for good. Windows would restore it.
  test('a caller of no known shape is refused, and nothing is installed', async () => {
    assert.equal(await msiexec('/i', inWine(new_package), 'ALLOWED_CALLERS=everybody'), FAILED);
    assert.deepEqual(listed('Program Files/CardMute'), []);
  });

  test('an installation puts files and keys in their places, and the administrator\'s files', async () => {
    assert.equal(await msiexec('/i', inWine(old_package), `CONFIG=${inWine(config)}`,
      `EXTENSIONS_CSV=${inWine(table)}`, `ALLOWED_CALLERS=${STORE},${ADD_ON}`,
      'FORCE_EXTENSION=1', `UPDATE_URL=${UPDATE_URL}`), 0);
    assert.deepEqual(listed('Program Files/CardMute/1.0.0'), FILES);
    assert.deepEqual(listed('ProgramData/CardMute'), ['config.json', 'extensions.csv']);
    const manifest = 'C:\\Program Files\\CardMute\\1.0.0\\chromium.json';
    for (const browser of ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge']) {
      const key = `Software\\${browser}\\NativeMessagingHosts\\com.cardmute.host`;
      assert.ok(registry(key).includes(manifest), browser);
    }
    assert.match(registry(FIREFOX_KEY), /1\.0\.0\\firefox\.json/);
    assert.ok(registry(POLICY_KEY).includes(`${ID};${UPDATE_URL}`));
    assert.match(registry(VARIABLES_KEY), /CardMute\\1\.0\.0/);
    assert.match(registry(EVENTS_KEY), /REG_EXPAND_SZ/);
  });

  test('the installed manifest names the program beside it', () => {
    const manifest = JSON.parse(readFileSync(inDrive('Program Files/CardMute/1.0.0/chromium.json'), 'utf8'));
    assert.equal(manifest.path, 'cardmute-host.exe');
    assert.deepEqual(manifest.allowed_origins, [`chrome-extension://${ID}/`, STORE]);
  });

  test('further callers are in the manifests, and the host takes them', () => {
    assert.deepEqual(read('1.0.0', 'firefox.json').allowed_extensions, ['cardmute@cardmute.com', ADD_ON]);
    assert.deepEqual(read('1.0.0', 'callers.json').allowed_callers,
      [`chrome-extension://${ID}/`, STORE, ADD_ON]);
  });

  test('an old entry in the view of 32 bits, which browsers prefer, is found by doctor', async () => {
    const old = path.join(work, 'old.json');
    writeFileSync(old, JSON.stringify({ name: 'com.cardmute.host', path: 'C:\\old\\cardmute-host.exe' }));
    const key = `HKLM\\${CHROME_KEY}`;
    assert.equal(await wine.run(['reg', 'add', key, '/f', '/ve', '/d', inWine(old), '/reg:32']), 0);
    const program = inDrive('Program Files/CardMute/1.0.0/cardmute-host.exe');
    const { stdout } = spawnSync('wine', [program, 'doctor', '--json'], { env, encoding: 'utf8' });
    /** @type {{result: string, text: string, check: string}[]} */ const checks = JSON.parse(stdout).checks;
    const flawed = checks.filter(({ result, text }) => result === 'problem' && text.includes('old.json'));
    assert.ok(flawed.length > 0, stdout);
    assert.equal(await wine.run(['reg', 'delete', key, '/f', '/reg:32']), 0);
  });

  test('an upgrade leaves a running host, the configuration and the policy alone', async () => {
    writeFileSync(inDrive('ProgramData/CardMute/config.json'), '{ "edited": true }\n');
    const program = inDrive('Program Files/CardMute/1.0.0/cardmute-host.exe');
    const state = path.join(work, 'state');
    const host = spawn('wine', [program, `chrome-extension://${ID}/`], { stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...env, CARDMUTE_CONFIG: config, CARDMUTE_STATE_DIR: state } });
    const hello = Buffer.from('{"id":1,"type":"hello","protocol":1}');
    const size = Buffer.alloc(4);
    size.writeUInt32LE(hello.length);
    host.stdin.write(Buffer.concat([size, hello]));
    await new Promise((answered) => host.stdout.once('data', answered));

    assert.equal(await msiexec('/i', inWine(new_package)), 0);
    assert.equal(host.exitCode, null);
    assert.deepEqual(listed('Program Files/CardMute/1.1.0'), FILES);
    assert.equal(readFileSync(inDrive('ProgramData/CardMute/config.json'), 'utf8'), '{ "edited": true }\n');
    assert.ok(registry(POLICY_KEY).includes(`${ID};${UPDATE_URL}`));
    assert.match(registry(CHROME_KEY), /1\.1\.0/);
    assert.ok(read('1.1.0', 'chromium.json').allowed_origins.includes(STORE));
    const ended = new Promise((done) => host.once('exit', done));
    host.stdin.end();
    await ended;
  });

  test('uninstall takes away a key of this user whose manifest somebody has deleted', async () => {
    const key = 'HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\com.cardmute.host';
    assert.equal(await wine.run(['reg', 'add', key, '/f', '/ve', '/d', 'C:\\deleted\\chromium.json']), 0);
    assert.equal(await wine.run([inDrive('Program Files/CardMute/1.1.0/cardmute-host.exe'), 'uninstall']), 0);
    assert.notEqual(await wine.run(['reg', 'query', key]), 0);
  });

  test('an older version is refused, and changes nothing', async () => {
    assert.equal(await msiexec('/i', inWine(old_package)), REFUSED);
    assert.deepEqual(listed('Program Files/CardMute/1.1.0'), FILES);
  });

  test('FORCE_EXTENSION=0 takes the policy away', async () => {
    assert.equal(await msiexec('/x', inWine(new_package)), 0);
    assert.equal(await msiexec('/i', inWine(new_package), 'FORCE_EXTENSION=0'), 0);
    assert.equal(registry(POLICY_KEY), '');
  });

  test('the removal leaves nothing but the configuration', async () => {
    assert.equal(await msiexec('/x', inWine(new_package)), 0);
    assert.deepEqual(listed('ProgramData/CardMute'), ['config.json', 'extensions.csv']);
    assert.equal(existsSync(inDrive('Program Files/CardMute/1.1.0')), false);
    for (const key of ['Software\\CardMute', CHROME_KEY, FIREFOX_KEY, POLICY_KEY, EVENTS_KEY]) {
      assert.equal(registry(key), '', key);
    }
    assert.doesNotMatch(registry(VARIABLES_KEY), /CardMute/);
  });
});
