// Measures how long a call that starts while a payment form is open stays unmuted, until the simulated
// Voicenter mutes it. If the host does not know of the call, the host's next repeated mute covers the call,
// and the time counts from the call's start. If the host learns of the call from Real-time events, the time
// counts from the event.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HostProcess } from '../host/process/host_process.js';
import { startRealTime } from '../simulator/real_time.js';
import { startSimulator } from '../simulator/simulator.js';
import { configuration } from './acknowledged.js';

const REASSERT_ms = 2000; // the host's default
const ROUND_TRIP_ms = 40;
// Calls start at random times, at most this far apart, so that they start anywhere between two re-assertions.
const MOST_APART_ms = 1000;
const PATIENCE_ms = 10 * REASSERT_ms;

/**
 * @typedef {object} NewCalls
 * @property {number[]} unmuted_ms
 * @property {number} reassert_ms
 * @property {number} round_trip_ms
 * @property {boolean} has_events
 */

/** @param {import('../simulator/simulator.js').Simulator} simulator @param {boolean} has_events */
async function oneCall(simulator, has_events) {
  const { ivrid, started_at_ms } = simulator.startCall({ answered: true });
  const muted = await simulator.waitFor({ type: 'call.muted', ivrid }, { timeout_ms: PATIENCE_ms });
  if (!has_events) return muted.at_ms - started_at_ms;
  const event = await simulator.waitFor({ type: 'real_time.event', ivrid });
  return muted.at_ms - event.at_ms;
}

/**
 * @param {import('../simulator/simulator.js').Simulator} simulator
 * @param {number} count
 * @param {boolean} has_events
 */
async function startCalls(simulator, count, has_events) {
  const calls = [];
  for (let i = 0; i < count; i += 1) {
    await setTimeout(Math.random() * MOST_APART_ms);
    calls.push(oneCall(simulator, has_events));
  }
  return Promise.all(calls);
}

/** @param {number} count @param {boolean} has_events @returns {Promise<NewCalls>} */
export async function measureNewCalls(count, has_events) {
  const folder = await mkdtemp(path.join(tmpdir(), 'cardmute-bench-'));
  const simulator = await startSimulator({ round_trip_ms: ROUND_TRIP_ms });
  const realTime = has_events ? await startRealTime(simulator) : null;
  try {
    const CARDMUTE_CONFIG = path.join(folder, 'config.json');
    const { voicenter, policy } = configuration(simulator.muteUrl);
    const events = realTime === null ? {} : { realtime: realTime.config };
    await writeFile(CARDMUTE_CONFIG, JSON.stringify({ voicenter: { ...voicenter, ...events }, policy }));
    const env = { HOME: folder, CARDMUTE_CONFIG, CARDMUTE_STATE_DIR: path.join(folder, 'state') };
    const host = new HostProcess({ env });
    await host.hello();
    if (has_events) await host.waitForStatus(({ call }) => call?.on === false);
    await host.open();
    const unmuted_ms = await startCalls(simulator, count, has_events);
    await host.close();
    await host.finish(0);
    return { unmuted_ms, reassert_ms: REASSERT_ms, round_trip_ms: ROUND_TRIP_ms, has_events };
  } finally {
    await realTime?.close();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}
