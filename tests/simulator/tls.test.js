// Tests TLS and HTTP/2: encrypted connections must behave like others, with and without faults.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { Agent as TlsAgent } from 'node:https';
import { test } from 'node:test';
import { makeCertificates } from './certificates.js';
import { simulatorFor, simulatorWithCall } from './fixture.js';
import { ask, mute } from './simple_client.js';

/** @typedef {import('node:test').TestContext} TestContext */

/**
 * @param {TestContext} t
 * @param {{ names?: string[] }} [options]
 */
async function certificatesFor(t, options) {
  const certificates = await makeCertificates(options);
  t.after(certificates.remove);
  return { ...certificates, ca: await readFile(certificates.ca_file) };
}

/**
 * @param {TestContext} t
 * @param {string} url
 * @param {Buffer} ca
 */
function http2Client(t, url, ca) {
  const client = connectHttp2(new URL(url).origin, { ca });
  t.after(() => client.destroy());
  client.on('error', () => {});
  const send = async (/** @type {string} */ path) => {
    const stream = client.request({ ':path': path });
    const [headers] = await once(stream, 'response');
    let body = '';
    for await (const chunk of stream.setEncoding('utf8')) body += chunk;
    return { http_status: headers[':status'], body };
  };
  return { client, send };
}

test('TLS: a client that trusts the authority is served; one that does not is logged', async (t) => {
  const { tls, ca } = await certificatesFor(t);
  const { simulator } = await simulatorWithCall(t, { tls });
  assert.match(simulator.muteUrl, /^https:/);
  const agent = new TlsAgent({ keepAlive: true, ca });
  t.after(() => agent.destroy());
  await ask(simulator.muteUrl, { method: 'HEAD', agent });
  assert.equal((await mute(simulator, undefined, { agent })).json.ErrorCode, '200');
  assert.deepEqual(
    simulator.requests.map((request) => request.connection),
    [1, 1],
  );

  await assert.rejects(ask(simulator.muteUrl, { agent: new TlsAgent() }), /self-signed|unable to verify/);
  const { reason } = await simulator.waitFor({ type: 'tls.failed' });
  assert.equal(typeof reason, 'string');
});

test('TLS: a certificate can be for another host', async (t) => {
  const { tls, ca } = await certificatesFor(t, { names: ['DNS:elsewhere.example'] });
  const { simulator } = await simulatorWithCall(t, { tls });
  const agent = new TlsAgent({ ca });
  await assert.rejects(mute(simulator, undefined, { agent }), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

for (const fault of ['reset', 'reset_mid_body', 'truncated']) {
  test(`TLS: ${fault} breaks the TCP connection`, async (t) => {
    const { tls, ca } = await certificatesFor(t);
    const { simulator } = await simulatorWithCall(t, { tls });
    simulator.setFault({ fault });
    await assert.rejects(mute(simulator, undefined, { agent: new TlsAgent({ ca }) }), { code: 'ECONNRESET' });
    await simulator.waitFor({ type: 'request.cut_off' });
  });
}

test('HTTP/2: requests share a connection, and HTTP/1.1 is still served', async (t) => {
  const { tls, ca } = await certificatesFor(t);
  const { simulator, ivrid } = await simulatorWithCall(t, { tls, http2: true });
  const { send } = http2Client(t, simulator.muteUrl, ca);
  const path = '/Comet/API/MuteUnmuteCalls?extension=API1API&state=';
  const replies = await Promise.all([send(`${path}1`), send('/')]);
  assert.deepEqual(
    replies.map((reply) => reply.http_status),
    [200, 404],
  );
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal((await mute(simulator, undefined, { agent: new TlsAgent({ ca }) })).http_status, 200);
  const used = simulator.requests.map((request) => [request.http_version, request.connection]);
  assert.deepEqual(used, [
    ['2.0', 1],
    ['2.0', 1],
    ['1.1', 2],
  ]);
});

for (const fault of ['reset', 'reset_mid_body', 'truncated', 'hang', 'drip', 'delay']) {
  test(`HTTP/2: ${fault}, then the client leaves: the simulator keeps running`, async (t) => {
    const { tls, ca } = await certificatesFor(t);
    const { simulator } = await simulatorWithCall(t, { tls, http2: true });
    simulator.setFault({ fault, times: 1, answer_delay_ms: fault === 'delay' ? 5000 : 0 });
    const { client, send } = http2Client(t, simulator.muteUrl, ca);
    send('/api/MuteUnmuteCalls?extension=API1API&state=1').catch(() => {});
    await simulator.waitFor({ type: fault === 'delay' ? 'request.carried_out' : 'request.received' });
    client.destroy();
    await simulator.waitFor({ type: 'connection.closed', connection: 1 });
    await simulator.waitFor({ type: 'request.cut_off', request: 1 });
    const { send: sendAgain } = http2Client(t, simulator.muteUrl, ca);
    assert.equal((await sendAgain('/api/MuteUnmuteCalls?extension=API1API&state=1')).http_status, 200);
  });
}

test('HTTP/2: an idle connection is closed', async (t) => {
  const { tls, ca } = await certificatesFor(t);
  const simulator = await simulatorFor(t, { tls, http2: true, idle_timeout_ms: 40 });
  const { client, send } = http2Client(t, simulator.muteUrl, ca);
  // The client may be reset, at which events.once() would reject. A reset also ends the connection.
  const closed = new Promise((resolve) => client.once('close', resolve));
  // On a slow machine the connection may count as idle, and be closed before the response.
  await send('/').catch(() => {});
  await closed;
  await simulator.waitFor({ type: 'connection.closed', connection: 1 });
});
