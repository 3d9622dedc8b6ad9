// Runs whole sessions of the real host: valid and nearly valid messages in frames that are cut into pieces, a
// hostile Voicenter, kills, a damaged store, a configuration that changes. Checks that each request gets one
// reply, that nothing private is stored or sent, that "muted" is reported only after a recent
// acknowledgement, and that no call is muted in the end.
//   node tests/fuzz/sessions.js HOST --corpus | --seconds N [--seed N]
// The plan of a finding is kept in build/fuzz/findings, and the exit code is 1.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nowMs } from '../simulator/clock.js';
import { startSimulator } from '../simulator/simulator.js';
import { PRIVATE, planOf } from './session_plan.js';
import { faultOfBytes } from './wire_fault.js';

/** @typedef {import('./session_plan.js').Step} Step */

const CORPUS = fileURLToPath(new URL('corpus/sessions/', import.meta.url));
const REASSERT_ms = 200;
const INTERVALS = 3;
// How old a message of the host may be when it is read on a busy machine.
const SLACK_ms = 5000;
const AT_REST_ms = 30_000;
/** The ID of the request that ends each session. The IDs in a plan are smaller. */
const LAST_ID = 1_000_000;

/** Loads the modules after setting CARDMUTE_HOST, which they read. @param {string} program */
async function loadHost(program) {
  process.env.CARDMUTE_HOST = program;
  const { HostProcess } = await import('../host/process/host_process.js');
  const { frameOf } = await import('../host/process/frames.js');
  return { HostProcess, frameOf };
}

class Session {
  #parts;
  #folder;
  #simulator;
  #host;
  /**
   * @type {Map<number | null, number>} ID -> how many replies with this ID the running host must send in all
   */
  #owed = new Map();
  #kills = 0;
  #damages = 0;
  #seen = 0;

  /** @param {any} parts @param {string} folder @param {any} simulator */
  constructor(parts, folder, simulator) {
    this.#parts = parts;
    this.#folder = folder;
    this.#simulator = simulator;
    this.#host = this.#start();
  }

  #start() {
    const state = join(this.#folder, 'state');
    const config = join(this.#folder, 'config.json');
    const env = { HOME: this.#folder, CARDMUTE_CONFIG: config, CARDMUTE_STATE_DIR: state };
    this.#owed.clear();
    this.#seen = 0;
    return new this.#parts.HostProcess({ env });
  }

  /** @param {string} text */
  #send(text) {
    const bytes = Buffer.from(text);
    let id = null;
    if (faultOfBytes(bytes) !== 'bad_frame') {
      const value = JSON.parse(text);
      if (Number.isSafeInteger(value?.id) && value.id >= 0) ({ id } = value);
    }
    this.#owed.set(id, (this.#owed.get(id) ?? 0) + 1);
    return this.#parts.frameOf(bytes);
  }

  /** Checks all new messages: "muted" is never reported without a recent acknowledgement. */
  check() {
    const now_ms = nowMs();
    const fresh = this.#host.messages.slice(this.#seen);
    this.#seen = this.#host.messages.length;
    if (!fresh.some((/** @type {any} */ { status }) => status.state === 'muted')) return;
    const youngest_ms = Math.max(0, ...this.#simulator.requests
      .filter((/** @type {any} */ { command }) => command === 'mute')
      .map((/** @type {any} */ { answered_at_ms }) => answered_at_ms ?? 0));
    const age_ms = now_ms - youngest_ms;
    assert.ok(age_ms < INTERVALS * REASSERT_ms + SLACK_ms, `muted behind an answer that is ${age_ms} ms old`);
  }

  /** @param {Step} step */
  async take(step) {
    switch (step.do) {
      case 'send': {
        const bytes = this.#send(step.text);
        let from = 0;
        for (const at of [...step.cut, bytes.length]) {
          await this.#host.sendBytes(bytes.subarray(from, Math.max(from, at)));
          from = Math.max(from, at);
        }
        break;
      }
      case 'fault': this.#simulator.setFault(step.fault); break;
      case 'clear': this.#simulator.clearFaults(); break;
      case 'configure': await this.configure(step.text); break;
      case 'call': this.#simulator.startCall({ extension: 'API1API', answered: true }); break;
      case 'damage': this.#damages += await this.#damage(step); break;
      case 'kill':
        this.#kills += 1;
        await this.#host.kill();
        this.#host = this.#start();
        break;
      default: await new Promise((done) => { setTimeout(done, step.ms); });
    }
    this.check();
  }

  /** @param {'good' | 'broken' | 'other'} text */
  async configure(text) {
    const config = {
      voicenter: { mute_url: this.#simulator.muteUrl, extension: text === 'other' ? 'API2API' : 'API1API',
        timeout_ms: 300, reassert_ms: REASSERT_ms },
      policy: { sites: ['https://crm.example.com/*'], grace_ms: 300, allow_record_override: true },
    };
    await writeFile(join(this.#folder, 'config.json'), text === 'broken' ? '{' : JSON.stringify(config));
  }

  /** @param {{at: number, byte: number}} where */
  async #damage({ at, byte }) {
    const file = await open(join(this.#folder, 'state/cardmute.db'), 'r+').catch(() => null);
    if (file === null) return 0;
    const { size } = await file.stat();
    await file.write(Buffer.of(byte), 0, 1, size === 0 ? 0 : at % size);
    await file.close();
    return 1;
  }

  async end() {
    await this.configure('good');
    this.#simulator.clearFaults();
    this.#owed.set(LAST_ID, 1);
    this.#host.send({ id: LAST_ID, type: 'status' });
    // A mute is answered only when its request has ended, and never if the pipe is closed before that. If
    // replies are missing, #checkReplies names them.
    await this.#host.waitFor(() => this.#owesNothing()).catch(() => {});
    this.check();
    await this.#host.finish(0);
    this.#checkReplies();
    // Outstanding mutes of dead processes are lost with the store's file.
    if (this.#kills === 0 || this.#damages === 0) await this.#untilRest();
    await this.#checkPrivacy();
  }

  /** @returns {Map<number | null, number>} how many replies the running host has sent to each ID */
  #replies() {
    const got = new Map();
    for (const { type, id } of this.#host.messages) {
      if (type === 'reply') got.set(id, (got.get(id) ?? 0) + 1);
    }
    return got;
  }

  #owesNothing() {
    const got = this.#replies();
    return [...this.#owed].every(([id, count]) => (got.get(id) ?? 0) >= count);
  }

  #checkReplies() {
    assert.deepEqual([...this.#replies()].sort(), [...this.#owed].sort(), 'one reply for each request');
  }

  async #untilRest() {
    const muted = () => this.#simulator.mutedCalls();
    if (muted().length === 0) return;
    await this.#simulator.waitFor(() => muted().length === 0, { timeout_ms: AT_REST_ms });
  }

  async #checkPrivacy() {
    const said = [JSON.stringify(this.#simulator.requests)];
    for (const name of await readdir(this.#folder, { recursive: true })) {
      said.push(await readFile(join(this.#folder, name), 'latin1').catch(() => ''));
    }
    for (const secret of PRIVATE) {
      assert.ok(!said.some((text) => text.includes(secret)), `${secret} got out`);
    }
    for (const { endpoint, by, value, command } of this.#simulator.requests) {
      if (endpoint !== 'mute') continue;
      assert.ok(command !== null && by === 'extension' && /^API[12]API$/.test(value ?? ''),
        'another request');
    }
  }
}

/** @param {any} parts @param {Step[]} steps @param {string} name */
async function run(parts, steps, name) {
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-session-'));
  const simulator = await startSimulator({ extensions: ['API1API', 'API2API'] });
  simulator.startCall({ extension: 'API1API', answered: true });
  simulator.startCall({ extension: 'API2API', answered: true });
  try {
    await writeFile(join(folder, 'config.json'), '{');
    const session = new Session(parts, folder, simulator);
    await session.configure('good');
    for (const step of steps) await session.take(step);
    await session.end();
  } catch (error) {
    mkdirSync('build/fuzz/findings', { recursive: true });
    writeFileSync(`build/fuzz/findings/session-${name}.json`, JSON.stringify(steps, null, 1));
    throw new Error(`session ${name}: ${/** @type {Error} */ (error).message}`, { cause: error });
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string[]} args */
async function main([program, mode, seconds = '0', , seed_text]) {
  const parts = await loadHost(program);
  let runs = 0;
  for (const name of readdirSync(CORPUS)) {
    await run(parts, JSON.parse(readFileSync(CORPUS + name, 'utf8')), name);
    runs += 1;
  }
  const first = seed_text === undefined ? Date.now() % 2 ** 31 : Number(seed_text);
  const until_ms = mode === '--corpus' ? 0 : performance.now() + Number(seconds) * 1000;
  for (let seed = first; performance.now() < until_ms; seed += 1, runs += 1) {
    await run(parts, planOf(seed), String(seed));
  }
  console.log(`sessions: ${runs} runs, no finding${mode === '--corpus' ? '' : `, seeds from ${first}`}`);
}

await main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
