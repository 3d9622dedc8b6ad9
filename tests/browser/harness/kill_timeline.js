// Describes what happened in one cycle of the kill tests, for the report of a broken promise.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { askFirefox, readToolbar } from './privileged.js';

/** @typedef {import('../../simulator/simulator.js').SimulatorEvent} SimulatorEvent */

/** @param {SimulatorEvent} event */
function words({ type, name, command, http_status, connection, request, reason }) {
  if (type === 'mark') return `-- ${name}`;
  const details = { command, http_status, request, connection, reason };
  const given = Object.entries(details).filter(([, value]) => value !== undefined && value !== null);
  return [type, ...given.map(([key, value]) => `${key}=${value}`)].join(' ');
}

/**
 * @param {import('../../simulator/simulator.js').Simulator} simulator
 * @param {string} ivrid
 * @param {SimulatorEvent} from
 * @returns {string} one line for each event and each span of the recording, in milliseconds after `from`
 */
export function timelineSince(simulator, ivrid, from) {
  const after = (/** @type {number} */ at_ms) => `${(at_ms - from.at_ms).toFixed(0).padStart(7)} ms`;
  const events = simulator.events.slice(from.seq).map((event) => `${after(event.at_ms)}  ${words(event)}`);
  const spans = simulator.recorded(ivrid)
    .filter(({ to_ms }) => to_ms === null || to_ms >= from.at_ms)
    .map(({ kind, from_ms, to_ms }) => {
      const end = to_ms === null ? 'now' : after(to_ms).trim();
      return `${after(Math.max(from_ms, from.at_ms))}  ${kind} until ${end}`;
    });
  return ['  events:', ...events, '  the recording:', ...spans].join('\n');
}

/**
 * @param {string} state_directory
 * @param {Date} from
 * @returns {Promise<string>} the lines that the hosts and settlers have logged since `from`
 */
export async function hostLogSince(state_directory, from) {
  const text = await readFile(path.join(state_directory, 'log/host.log'), 'utf8').catch(() => '');
  const begin = from.toISOString(); // the time with which each line begins has the same form
  const lines = text.split('\n').filter((line) => line.slice(0, begin.length) >= begin);
  return ['  the log:', ...lines.map((line) => `  ${line}`)].join('\n');
}

/** How much of the hosts' log is shown before a request that came too soon. */
const kLogBefore_ms = 15_000;

/**
 * @param {import('../../simulator/simulator.js').Simulator} simulator one with a request that came too soon
 * @param {string} state_directory
 * @returns {Promise<string>} all requests for the list, and the log before the first that was too soon
 */
export async function listRequestedTooSoon({ requests }, state_directory) {
  const lists = requests.filter(({ endpoint }) => endpoint === 'active_calls');
  const lines = lists.map(({ at_ms, answered_at_ms, connection, too_soon }) =>
    JSON.stringify({ at_ms, answered_at_ms, connection, too_soon }));
  const first_ms = lists.find(({ too_soon }) => too_soon)?.at_ms ?? Infinity;
  const log = await hostLogSince(state_directory, new Date(first_ms - kLogBefore_ms));
  return ['the list of calls was requested too soon:', ...lines, log].join('\n');
}

/**
 * @param {import('./browsers.js').TestBrowser} test_browser
 * @param {import('./processes.js').Process[]} processes
 * @returns {Promise<string>} what runs now, and what the extension says
 */
export async function stateNow(test_browser, processes) {
  const hosts = processes.filter(({ is_host }) => is_host)
    .map(({ pid, command }) => `  ${pid} ${command.slice(0, 60)}`);
  const answer = async (/** @type {() => Promise<unknown>} */ ask) =>
    ask().then((value) => JSON.stringify(value), ({ message }) => `no answer: ${message}`);
  const toolbar = await answer(() => readToolbar(test_browser));
  // Asking Chromium would start the background.
  const background = test_browser.name === 'chromium' ? []
    : [`  the background: ${await answer(() => askFirefox(test_browser, 'extension.backgroundState'))}`];
  return ['  hosts and settlers now:', ...hosts, `  the toolbar: ${toolbar}`, ...background].join('\n');
}
