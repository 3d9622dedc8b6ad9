// Tests what scripts/package makes: packages with the same bytes wherever it runs, which Debian's and
// Fedora's tools accept, and an extension that browsers and stores accept.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import {
  appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { signerOf, writeSums } from '../../scripts/packages/sums.mjs';
import { COMPANY_URL, EPOCH_s, MAINTAINER, PARTS_TO_PACK, writeKey } from './harness/packages.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HOST = path.join(ROOT, 'build/host/cardmute-host');
const { version: VERSION } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const ADDON = '{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}';
const MAX_OUTPUT_bytes = 64 * 1024 * 1024;

/** @type {string} */
let folder;
/** @type {string} the folder with the packages */
let out;

/** @param {string} program @param {string[]} args */
const output = (program, ...args) =>
  execFileSync(program, args,
    { encoding: 'utf8', maxBuffer: MAX_OUTPUT_bytes, stdio: ['ignore', 'pipe', 'pipe'] });
/** @param {string} ending */
const packageOf = (ending) =>
  path.join(out, readdirSync(out).find((file) => file.endsWith(ending)) ?? ending);
/** @param {string} archive @param {string} file @returns {any} */
const jsonIn = (archive, file) => JSON.parse(output('unzip', '-p', archive, file));

/** The command line's required options. The key is next to the copies of the project. */
const ARGUMENTS = ['--key', '../key.pem', '--url', COMPANY_URL, '--maintainer', MAINTAINER];

/** Copies what scripts/package needs of the project. @param {string} name @returns {string} the copy */
function copyProject(name) {
  const copy = path.join(folder, name);
  for (const part of PARTS_TO_PACK) cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

/** @param {string} copy @param {{args?: string[], cwd?: string, env?: Record<string, string>}} [how] */
const runPackage = (copy, { args = ARGUMENTS, cwd = copy, env = {} } = {}) =>
  spawnSync(path.join(copy, 'scripts/package'), args, { cwd, encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: String(EPOCH_s), ...env } });

/** @param {string} name of the copy @param {Record<string, string>} [env] @returns {string} the packages */
function packIn(name, env = {}) {
  const copy = copyProject(name);
  const { status, stderr } = runPackage(copy, { env });
  assert.equal(status, 0, stderr);
  return path.join(copy, 'build/packages');
}

before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardmute-packages-test-'));
  await writeKey(path.join(folder, 'key.pem'));
  out = packIn('first');
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('all packages', () => {
  it('are the same bytes in another folder, time zone, language and umask', () => {
    const shell = path.join(folder, 'umask.sh');
    writeFileSync(shell, 'umask 077\n');
    const other = packIn('second', { TZ: 'Asia/Jerusalem', LC_ALL: 'C', BASH_ENV: shell });
    const files = readdirSync(out);
    assert.deepEqual(readdirSync(other), files);
    assert.ok(files.length >= 11);
    for (const file of files) {
      assert.ok(readFileSync(path.join(out, file)).equals(readFileSync(path.join(other, file))), file);
    }
  });

  it('are in SHA256SUMS, each with its sum', () => {
    const sums = readFileSync(path.join(out, 'SHA256SUMS'), 'utf8');
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: out });
    const named = sums.trim().split('\n').map((line) => line.split(/\s+/)[1]);
    assert.deepEqual(named, readdirSync(out).filter((file) => file !== 'SHA256SUMS').sort());
  });

  it('come with the bills of materials', () => {
    for (const bill of ['cardmute-host', 'cardmute-extension']) {
      const { spdxVersion } = JSON.parse(readFileSync(path.join(out, `${bill}.spdx.json`), 'utf8'));
      assert.equal(spdxVersion, 'SPDX-2.3');
    }
  });

  it('can be signed with gpg', async () => {
    const home = mkdtempSync(path.join(folder, 'gnupg-'));
    const gpg = (/** @type {string[]} */ ...args) =>
      spawnSync('gpg', ['--batch', ...args], { env: { ...process.env, GNUPGHOME: home }, encoding: 'utf8' });
    gpg('--passphrase', '', '--quick-generate-key', 'it@call-centre.org', 'rsa2048', 'sign', 'never');
    const signed = path.join(folder, 'signed');
    cpSync(out, signed, { recursive: true });
    process.env.GNUPGHOME = home;
    await writeSums(signed, signerOf('gpg:it@call-centre.org'));
    const sums = path.join(signed, 'SHA256SUMS');
    const verify = () => gpg('--verify', `${sums}.asc`, sums);
    assert.equal(verify().status, 0);
    writeFileSync(sums, 'changed');
    assert.notEqual(verify().status, 0);
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  });
});

describe('the sums, signed with minisign', () => {
  it('by the command line, are what minisign verifies', () => {
    const minisign = (/** @type {string[]} */ ...args) => spawnSync('minisign', args, { encoding: 'utf8' });
    const [secret, open] = ['minisign.key', 'minisign.pub'].map((name) => path.join(folder, name));
    assert.equal(minisign('-G', '-W', '-p', open, '-s', secret).status, 0);
    const copy = copyProject('minisigned');
    const { status, stderr } = runPackage(copy,
      { args: [...ARGUMENTS, '--sign', 'minisign:../minisign.key'] });
    assert.equal(status, 0, stderr);
    const sums = path.join(copy, 'build/packages/SHA256SUMS');
    assert.equal(minisign('-V', '-p', open, '-m', sums).status, 0);
    appendFileSync(sums, 'changed');
    assert.notEqual(minisign('-V', '-p', open, '-m', sums).status, 0);
  });
});

describe('the package for Debian', () => {
  it('has no error for lintian, and no warning', () => {
    const { stdout, stderr, status } = spawnSync('lintian',
      [...(process.getuid?.() === 0 ? ['--allow-root'] : []), '--fail-on', 'error,warning',
        packageOf('.deb')],
      { encoding: 'utf8' });
    assert.equal(`${stdout}${stderr}`, '');
    assert.equal(status, 0);
  });

  it('needs the libraries that the program links', () => {
    const needs = output('dpkg-deb', '--field', packageOf('.deb'), 'Depends');
    const names = needs.trim().split(', ').map((need) => need.replace(/ .*/, '')).sort();
    assert.deepEqual(names, ['ca-certificates', 'libbrotli1', 'libc6', 'libnghttp2-14', 'libsqlite3-0',
      'libssl3', 'zlib1g']);
  });

  it('has the schemas of the configuration and of what doctor and report print', () => {
    const tree = path.join(folder, 'schemas');
    output('dpkg-deb', '--extract', packageOf('.deb'), tree);
    for (const name of ['config/config', 'doctor', 'report']) {
      const file = path.join(ROOT, `manifests/${name}.schema.json`);
      assert.deepEqual(readFileSync(path.join(tree, 'usr/share/cardmute', path.basename(file))),
        readFileSync(file), name);
    }
  });

  it('has the version of the program', () => {
    assert.equal(output('dpkg-deb', '--field', packageOf('.deb'), 'Version').trim(), VERSION);
    assert.match(output(HOST, 'version'), new RegExp(`^cardmute-host ${VERSION.replaceAll('.', '\\.')} `));
  });
});

describe('the package for Fedora', () => {
  it('has the same files as that for Debian, and those that only Fedora looks for', () => {
    const ofRpm = output('rpm', '-qpl', packageOf('.rpm')).trim().split('\n');
    const ofDeb = output('dpkg-deb', '--contents', packageOf('.deb')).trim().split('\n')
      .filter((line) => !line.startsWith('d')).map((line) => line.replace(/^.* \./, ''));
    const alone = /\/(lintian|zsh|licenses|lib64)\/|doc\/cardmute\/(changelog|copyright)/;
    for (const file of ofDeb.filter((each) => !alone.test(each))) assert.ok(ofRpm.includes(file), file);
    for (const file of ['/usr/lib64/mozilla/native-messaging-hosts/com.cardmute.host.json',
      '/usr/share/zsh/site-functions/_cardmute-host', '/usr/share/licenses/cardmute/LICENSE']) {
      assert.ok(ofRpm.includes(file), file);
    }
  });

  it('keeps what an administrator has changed, and needs the libraries that the program links', () => {
    const kept = output('rpm', '-qp', '--configfiles', packageOf('.rpm')).trim().split('\n');
    assert.equal(kept.length, 3);
    assert.ok(kept.every((file) => file.endsWith('/com.cardmute.host.json')));
    const needs = output('rpm', '-qp', '--requires', packageOf('.rpm'));
    assert.match(needs, /^ca-certificates$/m);
    assert.match(needs, /^libssl\.so\.3\(\)\(64bit\)$/m);
    assert.doesNotMatch(needs, /CURL/i);
  });
});

describe('the extension', () => {
  it('of the CRX has the ID that follows from the key, and host, policies and updates name it', () => {
    const key = createPublicKey(readFileSync(path.join(folder, 'key.pem')));
    const spki = key.export({ type: 'spki', format: 'der' });
    const id = createHash('sha256').update(spki).digest('hex').slice(0, 32)
      .replaceAll(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 16)));
    const crx = readFileSync(packageOf('.crx'));
    assert.equal(crx.subarray(0, 8).toString('latin1'), 'Cr24\x03\0\0\0');
    assert.ok(crx.includes(spki));
    assert.match(readFileSync(path.join(out, 'updates.xml'), 'utf8'),
      new RegExp(`appid="${id}"[^]*codebase="${COMPANY_URL}/cardmute-${VERSION}.crx" version="${VERSION}"`));
    const tree = path.join(folder, 'tree');
    output('dpkg-deb', '--extract', packageOf('.deb'), tree);
    const read = (/** @type {string} */ file) => JSON.parse(readFileSync(path.join(tree, file), 'utf8'));
    assert.deepEqual(read('usr/share/cardmute/callers.json'), { allowed_callers: [`chrome-extension://${id}/`] });
    assert.ok(read('usr/share/cardmute/policies/chromium.json').ExtensionSettings[id]);
    for (const vendor of ['chromium', 'opt/chrome', 'opt/edge']) {
      const manifest = read(`etc/${vendor}/native-messaging-hosts/com.cardmute.host.json`);
      assert.ok(manifest.allowed_origins.includes(`chrome-extension://${id}/`), vendor);
      assert.equal(manifest.path, '/usr/bin/cardmute-host');
    }
  });

  it('of the XPI is what addons-linter accepts, and finds its updates at the company', () => {
    output(path.join(ROOT, 'node_modules/.bin/addons-linter'), '--warnings-as-errors', '--self-hosted',
      packageOf('.xpi'));
    const { gecko } = jsonIn(packageOf('.xpi'), 'manifest.json').browser_specific_settings;
    assert.equal(gecko.update_url, `${COMPANY_URL}/updates.json`);
    const { addons } = JSON.parse(readFileSync(path.join(out, 'updates.json'), 'utf8'));
    const [{ version, update_link: link }] = addons[ADDON].updates;
    assert.deepEqual([version, link], [VERSION, `${COMPANY_URL}/cardmute-${VERSION}.xpi`]);
  });

  it('for the stores has neither a key nor an address of its own', () => {
    const chromium = jsonIn(packageOf(`chromium-${VERSION}.zip`), 'manifest.json');
    assert.deepEqual([chromium.key, chromium.update_url, chromium.version], [undefined, undefined, VERSION]);
    const { gecko } = jsonIn(packageOf(`firefox-${VERSION}.zip`), 'manifest.json').browser_specific_settings;
    assert.equal(gecko.update_url, undefined);
    assert.deepEqual(gecko.data_collection_permissions, { required: ['none'] });
  });
});

describe('scripts/package', () => {
  const good = { key: 'key.pem', url: COMPANY_URL, maintainer: MAINTAINER };
  for (const [what, change, said] of /** @type {[string, Record<string, string | undefined>, RegExp][]} */ ([
    ['no key', { key: undefined }, /--key is missing/],
    ['a key that does not exist', { key: 'none.pem' }, /cannot be read \(ENOENT\).*openssl genrsa/],
    ['a file that is no key', { key: 'no-key.pem' }, /has no private key/],
    ['an address that is not https', { url: 'http://intranet' }, /--url is "http:.*Expected: the https address/],
    ['a maintainer without an address', { maintainer: 'IT' }, /--maintainer is "IT"/],
    ['an unknown way to sign', { sign: 'pgp:me' }, /gpg:KEY or minisign:FILE/],
  ])) {
    it(`refuses ${what}, and leaves no package`, () => {
      writeFileSync(path.join(folder, 'no-key.pem'), 'no key');
      const target = path.join(folder, 'refused');
      const args = Object.entries({ ...good, out: target, ...change })
        .filter(([, value]) => value !== undefined).flatMap(([name, value]) => [`--${name}`, `${value}`])
        .map((word) => (word.endsWith('.pem') ? path.join(folder, word) : word));
      const { status, stderr } = spawnSync(path.join(ROOT, 'scripts/package'), args, { encoding: 'utf8' });
      assert.ok(status === 64 || status === 1, String(status));
      assert.match(stderr, said);
      assert.throws(() => readdirSync(target), { code: 'ENOENT' });
    });
  }

  for (const [what, target] of [['of something else', 'other'], ['without a name', '']]) {
    it(`refuses a folder ${what} for the packages, and leaves it as it is`, () => {
      const other = path.join(folder, 'other');
      mkdirSync(other, { recursive: true });
      writeFileSync(path.join(other, 'notes.txt'), 'mine');
      const args = ['--key', path.join(folder, 'key.pem'), '--url', COMPANY_URL, '--maintainer', MAINTAINER,
        '--out', target && other];
      const { status, stderr } = spawnSync(path.join(ROOT, 'scripts/package'), args, { encoding: 'utf8' });
      assert.ok(status === 64 || status === 1, String(status));
      assert.match(stderr, /--out is "/);
      assert.deepEqual(readdirSync(other), ['notes.txt']);
    });
  }

  it('takes files that it is given from the folder in which it was called', () => {
    const copy = copyProject('elsewhere');
    const caller = path.join(folder, 'caller');
    mkdirSync(caller);
    const { status, stderr } = runPackage(copy, { cwd: caller, args: [...ARGUMENTS, '--out', 'made'] });
    assert.equal(status, 0, stderr);
    assert.ok(readdirSync(path.join(caller, 'made')).includes('SHA256SUMS'));
  });

  for (const [what, file, change] of /** @type {[string, string, (file: string) => void][]} */ ([
    ['whose source has changed', 'host/main.cpp', (changed) => appendFileSync(changed, '\n')],
    ['whose version has changed', 'package.json', (changed) => appendFileSync(changed, '\n')],
    ['with a source that is new', 'extension/new.js', (changed) => writeFileSync(changed, '')],
    ['that was made in another way', 'build/host/cardmute-host', (changed) => appendFileSync(changed, '\n')],
    ['that no record describes', 'build/record.json', (changed) => rmSync(changed)],
  ])) {
    it(`refuses a build ${what}, and says which file it is`, () => {
      const copy = copyProject(`stale-${path.basename(file)}`);
      change(path.join(copy, file));
      const { status, stderr } = runPackage(copy);
      assert.equal(status, 1);
      assert.ok(stderr.startsWith(`scripts/package: ${file} `), stderr);
      assert.match(stderr, /scripts\/build/);
      assert.throws(() => readdirSync(path.join(copy, 'build/packages')), { code: 'ENOENT' });
    });
  }
});
