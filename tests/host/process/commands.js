// Runs a person's commands with the configuration and the state folder of a test's host.
import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../build/host/cardmute-host', import.meta.url));
const HOST = resolve(process.env.CARDMUTE_HOST || BUILT);

/**
 * @typedef {object} Places
 * @property {string} config_file
 * @property {string} state_directory
 * @property {string[]} [under] a wrapper program with its arguments, for example setpriv
 * @property {Record<string, string>} [env] further variables of the environment
 * @property {string} [program] another copy of the host
 */
/** @typedef {{ code: number | null, out: string, err: string }} Ended */

/**
 * Starts a command, without a terminal.
 * @param {Places} places the paths of the test's host
 * @param {...string} args
 */
export function startCommand(places, ...args) {
  const { config_file, state_directory, under = [], env: more, program: copy = HOST } = places;
  const env = {
    PATH: process.env.PATH,
    HOME: dirname(config_file),
    CARDMUTE_CONFIG: config_file,
    CARDMUTE_STATE_DIR: state_directory,
    ...more,
  };
  const [program, ...words] = [...under, copy, ...args];
  const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
  /** @type {Promise<Ended>} */
  const ended = new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, ...said }));
  });
  return { ended, signal: (/** @type {'SIGINT' | 'SIGTERM' | 'SIGHUP'} */ name) => child.kill(name) };
}

/**
 * Runs a command and waits for its end.
 * @param {Places} places
 * @param {...string} args
 */
export function command(places, ...args) {
  return startCommand(places, ...args).ended;
}

/**
 * Runs a command with --json, and parses its output.
 * @param {Places} places
 * @param {...string} args
 */
export async function commandInJson(places, ...args) {
  const { code, out } = await command(places, ...args, '--json');
  return { code, document: JSON.parse(out) };
}
