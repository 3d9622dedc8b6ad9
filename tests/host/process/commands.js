// A person's commands, beside a running host and about the same state. For the process tests.
import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../build/host/cardmute-host', import.meta.url));
const HOST = resolve(process.env.CARDMUTE_HOST || BUILT);

/** @typedef {{ config_file: string, state_directory: string }} Places */
/** @typedef {{ code: number | null, out: string, err: string }} Ended */

/**
 * Starts one, without a terminal.
 * @param {Places} places where the host of the test keeps its things
 * @param {...string} args
 */
export function startCommand({ config_file, state_directory }, ...args) {
  const env = {
    HOME: dirname(config_file),
    CARDMUTE_CONFIG: config_file,
    CARDMUTE_STATE_DIR: state_directory,
  };
  const child = spawn(HOST, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
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
 * Runs one and waits for its end.
 * @param {Places} places
 * @param {...string} args
 */
export function command(places, ...args) {
  return startCommand(places, ...args).ended;
}

/**
 * The same with --json.
 * @param {Places} places
 * @param {...string} args
 */
export async function commandInJson(places, ...args) {
  const { code, out } = await command(places, ...args, '--json');
  return { code, document: JSON.parse(out) };
}
