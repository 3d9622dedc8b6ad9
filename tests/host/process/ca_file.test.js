// Tests voicenter.ca_file: a file that is not PEM is rejected before a form opens, and a replaced file takes
// effect.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { makeCertificates } from '../../simulator/certificates.js';
import { startSimulator } from '../../simulator/simulator.js';
import { configOf, hostFor } from './scene.js';

const { tls, ca_file, remove } = await makeCertificates();
const pem = await readFile(ca_file, 'utf8');
const other = await makeCertificates();
const otherPem = await readFile(other.ca_file, 'utf8');
after(() => Promise.all([remove(), other.remove()]));

const openssl = (/** @type {string[]} */ ...words) =>
  execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'ignore'] });

const EC = ['-pkeyopt', 'ec_paramgen_curve:P-256'];
const request = (/** @type {string} */ form) => openssl('req', '-newkey', 'ec', ...EC, '-nodes',
  '-keyout', '/dev/null', '-subj', '/CN=example', '-outform', form);
const keyStore = () => openssl('pkcs12', '-export', '-nokeys', '-in', ca_file, '-passout', 'pass:');

const pkcs7 = (/** @type {string[]} */ ...words) =>
  openssl('crl2pkcs7', '-nocrl', ...words, '-certfile', ca_file);

/**
 * Starts a host whose CA file has this content.
 * @param {import('node:test').TestContext} t
 * @param {string | Buffer} content
 * @param {Record<string, string>} [env]
 */
async function hostWithCa(t, content, env = {}) {
  const simulator = await startSimulator({ tls });
  simulator.startCall({ extension: 'API1API', answered: true });
  const started = await hostFor(t, { config: null, env }, () => simulator.close());
  const file = join(started.directory, 'company ca.cer');
  await writeFile(file, content);
  await started.configure(configOf(simulator, { ca_file: file, reassert_ms: 200 }));
  await started.host.kill();
  return { simulator, file, host: started.another() };
}

describe('is rejected at once if it is not PEM, and the error says what it is', () => {
  const der = openssl('x509', '-in', ca_file, '-outform', 'DER');
  for (const [name, content, words] of /** @type {[string, string | Buffer, RegExp][]} */ ([
    ['DER', der, /certificate \(DER\); convert it: openssl x509 -inform DER -in ".*company ca\.cer" -out /],
    ['PKCS #7', pkcs7(), /PKCS #7.*openssl pkcs7 -print_certs/],
    ['PKCS #7 in DER', pkcs7('-outform', 'DER'), /PKCS #7.*openssl pkcs7 -inform DER -print_certs/],
    ['PKCS #12', keyStore(), /PKCS #12.*openssl pkcs12 -cacerts/],
    ['a request', request('PEM'), /a certificate request;/],
    ['a request in DER', request('DER'), /a certificate request \(DER\);/],
    ['UTF-16', Buffer.from(`\ufeff${pem}`, 'utf16le'), /UTF-16/],
    ['UTF-16 without its mark', Buffer.from(pem, 'utf16le'), /UTF-16/],
    ['a byte order mark', `\ufeff${pem}`, /does not begin a line/],
    ['nothing', '', /empty/],
    ['a note', 'The certificate comes by mail.\n', /text without a certificate/],
    ['a private key in DER', openssl('genpkey', '-algorithm', 'EC', ...EC, '-outform', 'DER'),
      /a private key \(DER\) and no certificate/],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMAA=\n', /"PRIVATE KEY" and no certificate/],
    ['a certificate that is cut off', pem.slice(0, pem.length / 2), /certificate 1 is damaged or cut off/],
    ['a second one that is damaged', pem + pem.replace('MII', 'M!I'), /certificate 2 is damaged/],
  ])) {
    test(name, async (t) => {
      const { host, file } = await hostWithCa(t, content);
      const { error } = await host.hello();
      assert.equal(error?.code, 'config_invalid');
      assert.ok(error?.message.includes(`voicenter.ca_file: in "${file}"`), error?.message);
      assert.match(error?.message ?? '', words);
      assert.match(error?.message ?? '', /Expected: .*-----BEGIN CERTIFICATE-----/);
    });
  }
});

describe('is accepted', () => {
  for (const [name, content] of /** @type {[string, string][]} */ ([
    ['as it is', pem],
    ['with the line ends of Windows', pem.replaceAll('\n', '\r\n')],
    ['after text and another certificate', `Our CA\n${otherPem}And the new one:\n${pem}`],
  ])) {
    test(name, async (t) => {
      const { host } = await hostWithCa(t, content);
      assert.equal((await host.open()).status.state, 'muted');
    });
  }
});

test('the keys of the connection are written nowhere, although the environment asks for it', async (t) => {
  const keys = join(await mkdtemp(join(tmpdir(), 'cardmute-keys-')), 'keys');
  t.after(() => rm(dirname(keys), { recursive: true }));
  const { host } = await hostWithCa(t, pem, { SSLKEYLOGFILE: keys });
  assert.equal((await host.open()).status.state, 'muted');
  await assert.rejects(readFile(keys), { code: 'ENOENT' });
});

test('a file that is replaced while the host runs is read again', async (t) => {
  const { host, file } = await hostWithCa(t, otherPem);
  assert.equal((await host.open()).error?.code, 'unreachable');
  await writeFile(file, pem);
  await host.waitForStatus(({ state }) => state === 'muted');
});

test('a file that becomes invalid changes nothing', async (t) => {
  const { host, file } = await hostWithCa(t, pem);
  assert.equal((await host.open()).status.state, 'muted');
  await writeFile(file, 'The certificate comes by mail.\n');
  const muted = host.messages.length;
  await host.close();
  assert.equal((await host.open()).status.state, 'muted');
  assert.ok(host.messages.slice(muted).every(({ status }) => status.state !== 'unprotected'));
});
