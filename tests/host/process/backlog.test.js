// Tests that the end of the input is handled, however much was written before it, and whether or not the
// answers are read. native_messaging_channel_test.cpp tests that the backlog is dropped then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frame } from './frames.js';
import { scene } from './scene.js';

const FRAMES = 1000;

/** @param {number} index */
const formNumber = (index) =>
  ({ type: 'surface.open', surface: `s${index}`, origin: 'https://crm.example.com', reason: 'x' });

for (const [name, request] of /** @type {[string, (index: number) => object][]} */ ([
  ['status requests', () => ({ type: 'status' })],
  ['forms that open', formNumber],
  ['mutes and unmutes by hand', (index) => ({ type: 'override', mode: index % 2 ? 'auto' : 'mute' })],
])) {
  for (const reads of [true, false]) {
    test(`${FRAMES} ${name}, then the end${reads ? '' : ', and nobody reads the answers'}`, async (t) => {
      const { host, simulator } = await scene(t, { policy: { grace_ms: 100 } });
      await host.hello();
      if (!reads) host.pauseReader();
      const frames = Array.from({ length: FRAMES }, (_, at) => frame({ id: 1000 + at, ...request(at) }));
      void host.sendBytes(Buffer.concat(frames));
      const { code } = await host.end();
      assert.equal(code, 0);
      await simulator.waitFor(() => simulator.mutedCalls().length === 0);
    });
  }
}
