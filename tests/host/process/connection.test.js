// Tests the host's connection: it is opened at hello, used by every request, and opened again when it has
// closed. Also tests TLS.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeCertificates } from '../../simulator/certificates.js';
import { asked, scene } from './scene.js';

/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */

/** The host polls its sockets before each reply. After this many replies it has certainly read a response. */
const LOOKS = 25;

/**
 * Waits until the host has read the response to the HEAD request that warms the connection of this number.
 * @param {{ simulator: Simulator, host: import('./host_process.js').HostProcess }} scene
 * @param {number} connection
 */
async function warm({ simulator, host }, connection) {
  const { request } = await simulator.waitFor({ type: 'request.received', connection, method: 'HEAD' });
  await simulator.waitFor({ type: 'request.answered', request });
  for (let look = 0; look < LOOKS; look += 1) await host.status();
}

const connectionsOf = (/** @type {Simulator} */ simulator) =>
  asked(simulator).map(({ connection }) => connection);

test('hello opens the connection, and mute, re-assertion and unmute use it', async (t) => {
  const { host, simulator } = await scene(t, { voicenter: { reassert_ms: 100 } });
  assert.equal(simulator.connections.length, 0);
  await host.hello();
  await warm({ simulator, host }, 1);
  assert.equal(asked(simulator).length, 0);
  await host.open();
  await simulator.waitFor(() => asked(simulator).length === 3);
  await host.close();
  assert.deepEqual(connectionsOf(simulator), [1, 1, 1, 1]);
  assert.equal(simulator.connections.length, 1);
});

test('without hello no connection is opened before it is needed', async (t) => {
  const { host, simulator } = await scene(t);
  await host.status();
  assert.equal(simulator.connections.length, 0);
  assert.equal((await host.open()).ok, true);
});

test('the server closes the idle connection: it is opened again, and the next mute uses that', async (t) => {
  const { host, simulator } = await scene(t);
  await host.hello();
  await warm({ simulator, host }, 1);
  simulator.closeConnections();
  await warm({ simulator, host }, 2);
  await host.open();
  assert.deepEqual(connectionsOf(simulator), [2]);
});

test('a mute at the moment the connection closes is not lost', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  await host.hello();
  await warm({ simulator, host }, 1);
  const opening = host.open();
  simulator.closeConnections();
  await opening;
  await host.waitForStatus(({ state }) => state === 'muted');
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});

test('with a round trip of 150 ms a mute on a warm connection takes one round trip', async (t) => {
  const round_trip_ms = 150;
  const { host, simulator } = await scene(t, { simulator: { round_trip_ms } });
  await host.hello();
  await warm({ simulator, host }, 1);
  const { latency_ms } = (await host.open()).status.last;
  assert.ok(latency_ms >= round_trip_ms - 1 && latency_ms < 2 * round_trip_ms, `${latency_ms} ms`);
});

describe('TLS', () => {
  /** @type {import('../../simulator/certificates.js').Certificates} */
  let trusted;
  /** @type {import('../../simulator/certificates.js').Certificates} */
  let for_another_name;
  before(async () => {
    trusted = await makeCertificates();
    for_another_name = await makeCertificates({ names: ['DNS:elsewhere.example'] });
  });
  after(() => Promise.all([trusted.remove(), for_another_name.remove()]));

  for (const http2 of [false, true]) {
    test(`${http2 ? 'HTTP/2' : 'HTTP/1.1'} with a certificate of ca_file, on one connection`, async (t) => {
      const { tls, ca_file } = trusted;
      const options = { simulator: { tls, http2 }, voicenter: { ca_file } };
      const { host, simulator, ivrid } = await scene(t, options);
      assert.match(simulator.muteUrl, /^https:/);
      await host.hello();
      await warm({ simulator, host }, 1);
      assert.equal((await host.open()).ok, true);
      assert.deepEqual(simulator.mutedCalls(), [ivrid]);
      await host.close();
      assert.deepEqual(connectionsOf(simulator), [1, 1]);
      assert.equal(asked(simulator)[0].http_version, http2 ? '2.0' : '1.1');
    });
  }

  test('a certificate of an unknown authority is rejected, and nothing is sent', async (t) => {
    const { host, simulator } = await scene(t, { simulator: { tls: trusted.tls } });
    const { error, status } = await host.open();
    assert.deepEqual([error?.code, status.state], ['unreachable', 'unprotected']);
    assert.match(error?.message ?? '', /certificate.*voicenter\.ca_file/);
    await simulator.waitFor({ type: 'tls.failed' });
    assert.equal(simulator.requests.length, 0);
  });

  test('a certificate for another name is refused, and nothing is sent', async (t) => {
    const { tls, ca_file } = for_another_name;
    const { host, simulator } = await scene(t, { simulator: { tls }, voicenter: { ca_file } });
    assert.equal((await host.open()).error?.code, 'unreachable');
    assert.equal(simulator.requests.length, 0);
  });

  test('plain HTTP where TLS was expected is refused', async (t) => {
    const plain = await scene(t);
    const mute_url = plain.simulator.muteUrl.replace('http:', 'https:');
    const { host } = await scene(t, { voicenter: { mute_url } });
    assert.equal((await host.open()).error?.code, 'unreachable');
    assert.equal(plain.simulator.requests.length, 0);
  });
});
