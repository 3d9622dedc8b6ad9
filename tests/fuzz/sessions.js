// Runs whole sessions of the real host with one or two browsers. A session has valid and nearly valid
// requests in frames that are cut into pieces, faults of Voicenter, kills, damage to the store, and changes
// of the configuration. Checks that each request gets one reply, that the extension can read every message,
// that nothing private is stored or sent, that "muted" follows a recent acknowledgement, that the list of
// calls is not requested too often, and that no call is muted in the end.
//   node tests/fuzz/sessions.js HOST --corpus | --plan FILE [--rest SECONDS] | --seconds N [--seed N]
// The plan of a finding is kept in build/fuzz/findings, and the exit code is 1.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '../simulator/simulator.js';
import { Session } from './session.js';
import { EXTENSIONS, planOf } from './session_plan.js';

/** @typedef {import('./session_plan.js').Step} Step */

const CORPUS = fileURLToPath(new URL('corpus/sessions/', import.meta.url));
const AT_REST_s = 30;

/** Sets CARDMUTE_HOST before host_process.js is loaded, which reads it then. @param {string} program */
async function loadHost(program) {
  process.env.CARDMUTE_HOST = program;
  const { HostProcess } = await import('../host/process/host_process.js');
  const { frameOf } = await import('../host/process/frames.js');
  const { endSettlers } = await import('../host/process/settlers.js');
  return { HostProcess, frameOf, endSettlers };
}

/** @param {any} parts @param {Step[]} steps @param {string} name @param {number} [rest_s] */
async function run(parts, steps, name, rest_s = AT_REST_s) {
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-session-'));
  const simulator = await startSimulator({ extensions: [...EXTENSIONS] });
  for (const extension of EXTENSIONS) simulator.startCall({ extension, answered: true });
  try {
    await writeFile(join(folder, 'config.json'), '{');
    const session = new Session(parts, folder, simulator, rest_s * 1000);
    await session.configure('good');
    for (const step of steps) await session.take(step);
    await session.end();
  } catch (error) {
    mkdirSync('build/fuzz/findings', { recursive: true });
    writeFileSync(`build/fuzz/findings/session-${name}.json`, JSON.stringify(steps, null, 1));
    throw new Error(`session ${name}: ${/** @type {Error} */ (error).message}`, { cause: error });
  } finally {
    await simulator.close();
    // Without the simulator, settlers would retry their unmutes for hours.
    parts.endSettlers(join(folder, 'state'));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string[]} args */
async function main([program, mode, value = '0', , third]) {
  const parts = await loadHost(program);
  if (mode === '--plan') {
    await run(parts, JSON.parse(readFileSync(value, 'utf8')), 'plan', Number(third ?? AT_REST_s));
    return;
  }
  let runs = 0;
  for (const name of readdirSync(CORPUS)) {
    await run(parts, JSON.parse(readFileSync(CORPUS + name, 'utf8')), name);
    runs += 1;
  }
  const first = third === undefined ? Date.now() % 2 ** 31 : Number(third);
  const until_ms = mode === '--corpus' ? 0 : performance.now() + Number(value) * 1000;
  for (let seed = first; performance.now() < until_ms; seed += 1, runs += 1) {
    await run(parts, planOf(seed), String(seed));
  }
  console.log(`sessions: ${runs} runs, no finding${mode === '--corpus' ? '' : `, seeds from ${first}`}`);
}

await main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
