// Tests a page that opens and closes its payment form again and again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandInJson } from './commands.js';
import { asked, scene } from './scene.js';

/** The host's kCyclesBeforeDelay. */
const CYCLES_BEFORE_DELAY = 5;

test('a page that opens and closes: the unmute is delayed, told, and ended by hand at once', async (t) => {
  const { host, simulator, ivrid, ...places } = await scene(t);
  for (let cycle = 0; cycle < CYCLES_BEFORE_DELAY; cycle += 1) {
    await host.open();
    assert.equal((await host.close()).status.state, 'recording');
  }
  // Each form closes before the delay of the previous unmute ends.
  for (let cycle = 0; cycle < 20; cycle += 1) {
    assert.equal((await host.open()).status.state, 'muted');
    const { ok, status } = await host.close();
    assert.deepEqual([ok, status.state, status.surfaces], [true, 'muted', 0]);
    assert.deepEqual(status.notices.map(({ code }) => code).includes('unmute_delayed'), true);
  }
  assert.equal(asked(simulator, 'unmute').length, CYCLES_BEFORE_DELAY);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);

  const { ok, status } = await host.override('auto');
  assert.deepEqual([ok, status.state], [true, 'recording']);
  assert.deepEqual(simulator.mutedCalls(), []);
  await host.end();
  const { document } = await commandInJson(places, 'ledger');
  /** @type {{kind: string, duration_ms: number}[]} */
  const delays = document.entries
    .filter((/** @type {{kind: string}} */ { kind }) => kind === 'unmute_delayed');
  assert.deepEqual(delays.map(({ duration_ms }) => duration_ms), [3000]);
});

test('without a person the recording goes on by itself, also when the browser goes', async (t) => {
  const { host, simulator } = await scene(t);
  for (let cycle = 0; cycle < CYCLES_BEFORE_DELAY; cycle += 1) {
    await host.open();
    await host.close();
  }
  const delayed = simulator.mark('the next unmute is delayed');
  await host.open();
  assert.equal((await host.close()).status.state, 'muted');
  await simulator.waitFor({ type: 'call.unmuted' }, { after: delayed.seq });
  for (let cycle = 0; cycle < 10; cycle += 1) {
    await host.open();
    await host.close();
  }
  await host.end();
  assert.deepEqual(simulator.mutedCalls(), []);
});
