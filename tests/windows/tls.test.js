// Tests HTTPS by Windows' own TLS, under Wine: with a certificate of the company's CA, and with a
// certificate of another CA. tests/host/process/connection.test.js cannot run here, because it names
// files by paths of Unix, and the server by its IP address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { configOf, hostFor } from '../host/process/scene.js';
import { makeCertificates } from '../simulator/certificates.js';
import { startSimulator } from '../simulator/simulator.js';

/** @type {import('../simulator/certificates.js').Certificates} */ let trusted;
/** @type {import('../simulator/certificates.js').Certificates} */ let other;
before(async () => {
  [trusted, other] = [await makeCertificates(), await makeCertificates()];
});
after(() => Promise.all([trusted.remove(), other.remove()]));

/**
 * @param {import('node:test').TestContext} t
 * @param {import('../simulator/certificates.js').Certificates} authority which the host trusts
 */
async function secured(t, authority) {
  const simulator = await startSimulator({ tls: trusted.tls });
  simulator.startCall({ extension: 'API1API', answered: true });
  const config = configOf(simulator, {
    mute_url: simulator.muteUrl.replace('127.0.0.1', 'localhost'),
    ca_file: `Z:${authority.ca_file.replaceAll('/', '\\')}`,
  });
  const { host } = await hostFor(t, { config }, () => simulator.close());
  return { host, simulator };
}

test('with a certificate of ca_file the call is muted', async (t) => {
  const { host, simulator } = await secured(t, trusted);
  assert.equal((await host.open()).ok, true);
  assert.equal(simulator.mutedCalls().length, 1);
  await host.close();
  assert.equal(simulator.mutedCalls().length, 0);
});

test('a certificate of another authority is refused, and nothing is sent', async (t) => {
  const { host, simulator } = await secured(t, other);
  assert.equal((await host.open()).error?.code, 'unreachable');
  assert.equal(simulator.requests.length, 0);
});
