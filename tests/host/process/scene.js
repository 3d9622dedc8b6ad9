// A host, its configuration and its simulator for one test; they end with the test.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../../simulator/simulator.js';
import { endSettlers } from './settlers.js';
import { HostProcess } from './host_process.js';

/** @typedef {import('node:test').TestContext} TestContext */
/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */

export const SITES = ['https://crm.example.com/*'];

/**
 * @typedef {object} HostOptions
 * @property {string | object | null} config the file's text or value; null: the file does not exist
 * @property {string[]} [args]
 * @property {Record<string, string>} [env]
 * @property {string} [redirection]
 * @property {string[]} [under]
 * @property {number} [exit_code] the code with which the host must exit
 */

/** The environment of this process, without its variables for proxies. */
function cleanEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name));
  return /** @type {Record<string, string>} */ (Object.fromEntries(entries));
}

/**
 * @param {TestContext} t
 * @param {HostOptions} options
 * @param {() => unknown} [after_host] called after the host has ended, to remove what it needed
 */
export async function hostFor(t, { config, env, exit_code = 0, ...start }, after_host) {
  const directory = await mkdtemp(join(tmpdir(), 'cardmute-process-'));
  /** @type {HostProcess[]} */
  const hosts = [];
  t.after(async () => {
    try {
      for (const each of hosts) await each.finish(each.killed ? null : exit_code);
    } finally {
      endSettlers(directory);
      await after_host?.();
      // Retries, because a killed process may still be writing.
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  });
  const config_file = join(directory, 'config.json');
  const state_directory = join(directory, 'state');
  const configure = (/** @type {string | object} */ value) =>
    writeFile(config_file, typeof value === 'string' ? value : JSON.stringify(value));
  if (config !== null) await configure(config);
  const places = { HOME: directory, CARDMUTE_CONFIG: config_file, CARDMUTE_STATE_DIR: state_directory };
  /**
   * Starts the host of another browser of the same user.
   * @param {Partial<HostOptions> & {cwd?: string}} [more]
   */
  const another = (more = {}) => {
    const all_env = { ...cleanEnvironment(), ...places, ...env, ...more.env };
    hosts.push(new HostProcess({ ...start, ...more, env: all_env }));
    return /** @type {HostProcess} */ (hosts.at(-1));
  };
  return { host: another(), another, directory, config_file, state_directory, configure };
}

/**
 * @param {Simulator} simulator
 * @param {object} [voicenter] changes to that part of the configuration
 * @param {object} [policy]
 */
export function configOf(simulator, voicenter = {}, policy = {}) {
  return {
    voicenter: { mute_url: simulator.muteUrl, extension: 'API1API', ...voicenter },
    policy: { sites: SITES, ...policy },
  };
}

/**
 * @typedef {object} SceneOptions
 * @property {Partial<import('../../simulator/options.js').Options>} [simulator]
 * @property {object} [voicenter]
 * @property {object} [policy]
 * @property {string} [active_calls] the code for Active Calls; by default the list is not requested
 */

/**
 * Starts a simulator with an answered call, and a host that mutes the call.
 * @param {TestContext} t
 * @param {SceneOptions & Omit<HostOptions, 'config'>} [options]
 */
export async function scene(t, { simulator: settings, voicenter, policy, active_calls, ...options } = {}) {
  const simulator = await startSimulator(settings);
  const { extension = 'API1API' } = /** @type {{ extension?: string }} */ (voicenter ?? {});
  const { ivrid } = simulator.startCall({ extension, answered: true });
  const calls = active_calls && { active_calls: { url: simulator.activeCallsUrl, code: active_calls } };
  const config = configOf(simulator, { ...voicenter, ...calls }, policy);
  const started = await hostFor(t, { ...options, config }, () => simulator.close());
  return { simulator, ivrid, config, ...started };
}

/**
 * The requests for a mute or an unmute that the simulator has received, in order.
 * @param {Simulator} simulator
 * @param {'mute' | 'unmute'} [command] of this kind only
 */
export function asked(simulator, command) {
  return simulator.requests.filter(
    (request) => request.endpoint === 'mute' && (command === undefined || request.command === command),
  );
}
