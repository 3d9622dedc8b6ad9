// Tests payments during which the connection of the events is lost at random moments: no call stays recorded
// while a form is open, and none stays muted after it.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { until } from '../../browser/harness/until.js';
import { startSimulator } from '../../simulator/simulator.js';
import { startRealTime } from '../../simulator/real_time.js';
import { configOf, hostFor } from './scene.js';

const PAYMENTS = 200;
const REASSERT_MS = 150;
/**
 * The longest pauses in a payment, and between it and the loss of the connection, apart from waiting for
 * events.
 */
const LONGEST_MS = 15;

/** Makes repeatable random numbers from 0 to 1. @param {number} seed */
const numbersFrom = (seed) => () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};

test('many payments, and the events are lost in each', async (t) => {
  const random = numbersFrom(20_261_129);
  const simulator = await startSimulator();
  const realTime = await startRealTime(simulator);
  const config = configOf(simulator, { reassert_ms: REASSERT_MS, realtime: realTime.config });
  const { host } = await hostFor(t, { config }, async () => {
    await realTime.close();
    await simulator.close();
  });
  await host.hello();
  await host.waitForStatus(({ call }) => call?.on === false);
  const ways = [() => realTime.kill(), () => realTime.putOut(), () => realTime.putOut({ closing: true })];
  const lose = async () => {
    await pause(random() * LONGEST_MS);
    ways[Math.floor(random() * ways.length)]();
  };
  for (let payment = 0; payment < PAYMENTS; payment += 1) {
    const first = simulator.startCall({ answered: true }).ivrid;
    const lost = lose();
    const opened = host.open(`form ${payment}`);
    await pause(random() * LONGEST_MS);
    const second = random() < 0.5 ? simulator.startCall({ answered: true }).ivrid : null;
    const calls = second === null ? [first] : [first, second];
    for (const ivrid of calls) await simulator.waitFor({ type: 'call.muted', ivrid });
    await Promise.all([lost, opened]);
    if (random() < 0.3) simulator.transfer(first);
    const at_close = simulator.mark('closes').seq;
    const closed = host.close(`form ${payment}`);
    // Sent by hand, because the unmutes of forms that open and close so often are delayed.
    await Promise.all([closed, host.override('auto')]);
    await until('the calls of the extension are recorded again', async () =>
      simulator.mutedCalls('API1API').length === 0);
    for (const ivrid of calls) simulator.endCall(ivrid);
    const after = simulator.log.events.slice(at_close);
    assert.ok(!after.some(({ type }) => type === 'call.muted'), 'muted after the form');
  }
});
