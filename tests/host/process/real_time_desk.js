// A host with Voicenter's Real-time events. The events come from a real server of socket.io 2, and the calls
// from the simulator.
import { startSimulator } from '../../simulator/simulator.js';
import { startRealTime } from '../../simulator/real_time.js';
import { configOf, hostFor } from './scene.js';

/** Longer than any test takes, so that no repeated mute mutes a call. */
const NEVER_ms = 60_000;

/**
 * @param {import('node:test').TestContext} t
 * @param {object} [options]
 * @param {import('../../simulator/real_time.js').Options} [options.events]
 * @param {object} [options.realtime] changes to `voicenter.realtime`
 * @param {object} [options.voicenter]
 * @param {object} [options.policy]
 */
export async function desk(t, { events, realtime, voicenter, policy } = {}) {
  const simulator = await startSimulator();
  const realTime = await startRealTime(simulator, events);
  const config = configOf(simulator,
    { reassert_ms: NEVER_ms, realtime: { ...realTime.config, ...realtime }, ...voicenter }, policy);
  const started = await hostFor(t, { config }, async () => {
    await realTime.close();
    await simulator.close();
  });
  await started.host.hello();
  return { simulator, realTime, config, ...started };
}

/** @param {Awaited<ReturnType<typeof desk>>} desk @param {number} [times] */
export function joined({ simulator }, times = 1) {
  const times_now = () => simulator.log.events.filter(({ type }) => type === 'real_time.joined').length;
  return simulator.waitFor(() => times_now() >= times);
}

/** @param {{ call?: { on: boolean } | null }} status */
export const isLive = ({ call }) => call !== null && call !== undefined;

/** The message of the notice that events are missing, as soon as there is one. @param {any} host */
export async function missing(host, after = 0) {
  const has = (/** @type {any} */ status) =>
    status.notices.some((/** @type {any} */ { code }) => code === 'events_missing');
  const status = await host.waitForStatus(has, after);
  return status.notices.find((/** @type {any} */ { code }) => code === 'events_missing').message;
}
