// Runs the program that measures the hosts. It is native, so that it does not add an interpreter's time.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HOST } from '../browser/harness/browsers.js';

const run = promisify(execFile);
const HERE = path.dirname(fileURLToPath(import.meta.url));
const PROGRAM = process.env.CARDMUTE_BENCH ?? path.join(HERE, '../../build/bench/tests/bench/cardmute-bench');

/**
 * @typedef {{paced_ms: number[], back_to_back_ms: number[]}} BareSamples
 * @typedef {BareSamples & {start_ms: number[], resident_KiB: number, proportional_KiB: number,
 *   private_KiB: number, anonymous_KiB: number, mutes_before_memory: number}} HostSamples
 * @typedef {{bare: BareSamples, cardmute: HostSamples, python: HostSamples, recording: HostSamples,
 *   node: HostSamples}} Hosts
 */

/** The path of the interpreter itself. A launcher in the PATH would add its own time. */
async function pythonProgram() {
  const { stdout } = await run('python3', ['-c', 'import sys; print(sys.executable)']);
  return stdout.trim();
}

/** @param {number} rounds @returns {Promise<Hosts>} */
export async function measureHosts(rounds) {
  const minimal = (/** @type {string} */ name) => path.join(HERE, name);
  const { stdout } = await run(PROGRAM, ['--rounds', String(rounds), '--cardmute', HOST,
    '--python', await pythonProgram(), minimal('minimal_host.py'),
    '--node', process.execPath, minimal('minimal_host.mjs')], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}

/**
 * @returns {Promise<{python: string, node: string}>} the versions of the interpreters of the minimal hosts
 */
export async function versions() {
  const { stdout } = await run('python3', ['--version']);
  return { python: stdout.trim().replace(/^Python /, ''), node: process.versions.node };
}
