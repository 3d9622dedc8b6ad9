// Tests that the host requests the agent's name once after hello, and that its status, which the popup shows,
// has this name and no other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scene } from './scene.js';

const CODE = 'SIMULATED-CODE';
const askedForCalls = (/** @type {any} */ simulator) =>
  simulator.requests.filter((/** @type {any} */ { endpoint }) => endpoint === 'active_calls');

test('after hello the popup shows the agent\'s name before any payment, and no customer\'s', async (t) => {
  const { host, simulator } = await scene(t, { active_calls: CODE });
  assert.equal((await host.hello()).status.agent, null);
  const { agent } = await host.waitForStatus((status) => status.agent !== null);
  assert.equal(agent, 'Representative 1, Extension API1API');
  assert.equal(askedForCalls(simulator).length, 1);
  assert.ok(!JSON.stringify(host.messages).includes('Simulated Customer'));
  await host.hello();
  await host.status();
  assert.equal(askedForCalls(simulator).length, 1, 'the list is requested once');
});

test('two browsers share the interval of Active Calls', async (t) => {
  const { host, another, simulator } = await scene(t, { active_calls: CODE });
  const other = another();
  await Promise.all([host.hello(), other.hello()]);
  await Promise.race([host, other].map((each) => each.waitForStatus(({ agent }) => agent !== null)));
  assert.equal(askedForCalls(simulator).length, 1);
  assert.ok(simulator.requests.every(({ too_soon }) => !too_soon));
});

test('without Active Calls nothing is requested, and with a wrong code no name is shown', async (t) => {
  const plain = await scene(t);
  await plain.host.hello();
  await plain.host.open();
  assert.equal((await plain.host.status()).agent, null);
  assert.equal(askedForCalls(plain.simulator).length, 0);
  const wrong = await scene(t, { active_calls: 'WRONG' });
  await wrong.host.hello();
  await wrong.simulator.waitFor({ type: 'request.answered', endpoint: 'active_calls' });
  assert.equal((await wrong.host.status()).agent, null);
});
