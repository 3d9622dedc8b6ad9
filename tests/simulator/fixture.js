// One simulator per test, closed when the test ends.
import { startSimulator } from './simulator.js';

/**
 * @param {import('node:test').TestContext} t
 * @param {Partial<import('./options.js').Options>} [options]
 */
export async function simulatorFor(t, options = {}) {
  const simulator = await startSimulator(options);
  t.after(() => simulator.close());
  return simulator;
}

/**
 * @param {import('node:test').TestContext} t
 * @param {Partial<import('./options.js').Options>} [options]
 */
export async function simulatorWithCall(t, options = {}) {
  const simulator = await simulatorFor(t, options);
  const { ivrid } = simulator.startCall({ answered: true });
  return { simulator, ivrid };
}
