// Measures how long a call that starts while a payment form is open stays unmuted, from its start until the
// simulated Voicenter mutes it. The host does not know of the call; it repeats the mute of the extension.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HostProcess } from '../host/process/host_process.js';
import { startSimulator } from '../simulator/simulator.js';
import { configuration } from './acknowledged.js';

const REASSERT_ms = 2000; // the host's default
const ROUND_TRIP_ms = 40;
// Calls start at random times, at most this far apart, so that they start anywhere between two re-assertions.
const MOST_APART_ms = 1000;
const PATIENCE_ms = 10 * REASSERT_ms;

/** @typedef {{unmuted_ms: number[], reassert_ms: number, round_trip_ms: number}} NewCalls */

/** @param {import('../simulator/simulator.js').Simulator} simulator */
async function oneCall(simulator) {
  const { ivrid, started_at_ms } = simulator.startCall({ answered: true });
  const muted = await simulator.waitFor({ type: 'call.muted', ivrid }, { timeout_ms: PATIENCE_ms });
  return muted.at_ms - started_at_ms;
}

/**
 * @param {import('../simulator/simulator.js').Simulator} simulator
 * @param {number} count
 */
async function startCalls(simulator, count) {
  const calls = [];
  for (let i = 0; i < count; i += 1) {
    await setTimeout(Math.random() * MOST_APART_ms);
    calls.push(oneCall(simulator));
  }
  return Promise.all(calls);
}

/** @param {number} count @returns {Promise<NewCalls>} */
export async function measureNewCalls(count) {
  const folder = await mkdtemp(path.join(tmpdir(), 'cardmute-bench-'));
  const simulator = await startSimulator({ round_trip_ms: ROUND_TRIP_ms });
  try {
    const CARDMUTE_CONFIG = path.join(folder, 'config.json');
    await writeFile(CARDMUTE_CONFIG, JSON.stringify(configuration(simulator.muteUrl)));
    const env = { HOME: folder, CARDMUTE_CONFIG, CARDMUTE_STATE_DIR: path.join(folder, 'state') };
    const host = new HostProcess({ env });
    await host.hello();
    await host.open();
    const unmuted_ms = await startCalls(simulator, count);
    await host.close();
    await host.finish(0);
    return { unmuted_ms, reassert_ms: REASSERT_ms, round_trip_ms: ROUND_TRIP_ms };
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}
