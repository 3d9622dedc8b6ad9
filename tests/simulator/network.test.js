// Tests the simulator's connections: which connection a request used, keep-alive, latency and refusal.
import assert from 'node:assert/strict';
import { Agent, globalAgent } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { simulatorFor, simulatorWithCall } from './fixture.js';
import { ask, mute } from './simple_client.js';
import { startSimulator } from './simulator.js';

/** @typedef {import('node:test').TestContext} TestContext */

/** @param {TestContext} t */
function keepAlive(t) {
  const agent = new Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  return agent;
}

test('HEAD warms a connection, and a mute says which connection it came on', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const agent = keepAlive(t);
  const { http_status, headers, body } = await ask(simulator.muteUrl, { method: 'HEAD', agent });
  assert.deepEqual([http_status, headers.connection, body], [200, 'keep-alive', '']);
  const opened = simulator.mark('form-opened');
  await mute(simulator, undefined, { agent });
  const { connection } = simulator.requests[1];
  assert.equal(connection, 1);
  assert.ok(simulator.connections[connection - 1].opened_at_ms < opened.at_ms);
  assert.equal(simulator.connections[0].requests, 2);
  assert.deepEqual(simulator.mutedCalls().length, 1);
});

test('connections are counted as they open and close', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  await mute(simulator, undefined, { agent: new Agent() });
  await mute(simulator, undefined, { agent: new Agent() });
  await simulator.waitFor({ type: 'connection.closed', connection: 2 });
  assert.deepEqual(
    simulator.requests.map((request) => request.connection),
    [1, 2],
  );
  assert.ok(simulator.connections.every((each) => Number(each.closed_at_ms) > each.opened_at_ms));
});

test('an idle connection is closed after idle_timeout_ms, used or not; a busy one is not', async (t) => {
  const { simulator } = await simulatorWithCall(t, { idle_timeout_ms: 40 });
  simulator.setFault({ fault: 'delay', delay_ms: 120, times: 1 });
  const agent = keepAlive(t);
  assert.equal((await mute(simulator, undefined, { agent })).json.ErrorCode, '200');
  await simulator.waitFor({ type: 'connection.closed', connection: 1 });
  const { answered_at_ms } = simulator.requests[0];
  assert.ok(Number(simulator.connections[0].closed_at_ms) - Number(answered_at_ms) >= 35);

  const unused = connect(Number(new URL(simulator.muteUrl).port), '127.0.0.1');
  t.after(() => unused.destroy());
  await simulator.waitFor({ type: 'connection.closed', connection: 2 });
});

test('round_trip_ms delays new connections, and requests: half before they are carried out', async (t) => {
  const { simulator } = await simulatorWithCall(t, { round_trip_ms: 40 });
  const agent = keepAlive(t);
  await ask(simulator.muteUrl, { method: 'HEAD', agent });
  await mute(simulator, undefined, { agent });
  const [head, { at_ms, carried_out_at_ms, answered_at_ms }] = simulator.requests;
  assert.ok(head.at_ms - simulator.connections[0].opened_at_ms >= 40);
  assert.ok(Number(head.answered_at_ms) - head.at_ms >= 40);
  assert.ok(Number(carried_out_at_ms) - at_ms >= 20);
  assert.ok(Number(answered_at_ms) - Number(carried_out_at_ms) >= 20);
});

test('refusing: connections are closed, new ones refused, and it comes back on the same port', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  const agent = keepAlive(t);
  await mute(simulator, undefined, { agent });
  const url = simulator.muteUrl;
  await simulator.refuseConnections();
  await simulator.waitFor({ type: 'connection.closed', connection: 1 });
  await assert.rejects(mute(simulator), { code: 'ECONNREFUSED' });
  assert.deepEqual(simulator.mutedCalls(), [ivrid], 'the calls go on meanwhile');
  await simulator.acceptConnections();
  assert.equal(simulator.muteUrl, url);
  assert.equal((await mute(simulator)).json.ErrorCode, '200');
  assert.deepEqual(
    simulator.events.filter((e) => e.type.startsWith('network.')).map((e) => e.type),
    ['network.refusing', 'network.accepting'],
  );
});

test('closed connections are followed by new ones', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const agent = keepAlive(t);
  await mute(simulator, undefined, { agent });
  simulator.closeConnections();
  await simulator.waitFor({ type: 'connection.closed' });
  assert.equal((await mute(simulator)).http_status, 200);
  assert.equal(simulator.requests[1].connection, 2);
});

test('it listens on loopback only', async (t) => {
  const simulator = await simulatorFor(t);
  for (const url of [simulator.muteUrl, simulator.activeCallsUrl, simulator.controlUrl]) {
    assert.equal(new URL(url).hostname, '127.0.0.1');
  }
});

test('a port in use and bad options are errors', async (t) => {
  const simulator = await simulatorFor(t);
  await assert.rejects(startSimulator({ port: Number(new URL(simulator.muteUrl).port) }), {
    code: 'EADDRINUSE',
  });
  await assert.rejects(
    startSimulator(/** @type {any} */ ({ mute_state: 1 })),
    /mute_state: expected "1" or "0", got 1/,
  );
  await assert.rejects(startSimulator(/** @type {any} */ ({ prot: 1 })), /options: unknown key "prot"/);
  await assert.rejects(startSimulator({ http2: true }), /http2: expected tls as well/);
  await assert.rejects(startSimulator({ extensions: [] }), /extensions: expected a list/);
});

test('after close() nothing listens, and waits end', async () => {
  const simulator = await startSimulator();
  const waiting = simulator.waitFor({ type: 'never' });
  simulator.setFault({ fault: 'hang' });
  const hanging = assert.rejects(mute(simulator));
  await simulator.waitFor({ type: 'request.unanswered' });
  await Promise.all([assert.rejects(waiting, /was ended/), simulator.close()]);
  await hanging;
  await assert.rejects(mute(simulator), { code: 'ECONNREFUSED' });
  globalAgent.destroy();
});
