// Runs whole sessions of the real host: valid and nearly valid messages in frames that are cut into pieces, a
// hostile Voicenter, kills, a damaged store, a configuration that changes. Checks that each request gets one
// reply, that nothing private is stored or sent, that "muted" follows a recent acknowledgement, and that no
// call is muted in the end.
//   node tests/fuzz/sessions.js HOST --corpus | --plan FILE [--rest SECONDS] | --seconds N [--seed N]
// The plan of a finding is kept in build/fuzz/findings, and the exit code is 1. sessions.test.js shows for
// each check that it finds a host that is broken in that respect.
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
// How late the host may read an answer on a busy machine.
const SLACK_ms = 1500;
const AT_REST_s = 30;
/** The simulator's faults after which the answer is an acknowledgement all the same. */
const HARMLESS = [null, 'delay', 'integer_200'];
/** The ID of the request that ends each session. The IDs in a plan are smaller. */
const LAST_ID = 1_000_000;

/** Loads the modules after setting CARDMUTE_HOST, which they read. @param {string} program */
async function loadHost(program) {
  process.env.CARDMUTE_HOST = program;
  const { HostProcess } = await import('../host/process/host_process.js');
  const { frameOf } = await import('../host/process/frames.js');
  const { endSettlers } = await import('../host/process/settlers.js');
  return { HostProcess, frameOf, endSettlers };
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
  /** @type {unknown} */
  #flaw = null;
  /** @type {Map<number | null, number>} ID -> when its first request was sent to the running host */
  #sent_at_ms = new Map();
  /** The earliest time at which the host can have sent the newest message that was read. */
  #not_before_ms = 0;
  #rest_ms;

  /** @param {any} parts @param {string} folder @param {any} simulator @param {number} rest_ms */
  constructor(parts, folder, simulator, rest_ms) {
    this.#parts = parts;
    this.#rest_ms = rest_ms;
    this.#folder = folder;
    this.#simulator = simulator;
    this.#host = this.#start();
  }

  #start() {
    const state = join(this.#folder, 'state');
    const config = join(this.#folder, 'config.json');
    const env = { HOME: this.#folder, CARDMUTE_CONFIG: config, CARDMUTE_STATE_DIR: state };
    this.#owed.clear();
    this.#sent_at_ms.clear();
    this.#not_before_ms = 0;
    const host = new this.#parts.HostProcess({ env });
    host.onMessage = (/** @type {any} */ message) => this.#take(message);
    return host;
  }

  /** @param {string} text */
  #send(text) {
    const bytes = Buffer.from(text);
    let id = null;
    if (faultOfBytes(bytes) !== 'bad_frame') {
      const value = JSON.parse(text);
      if (Number.isSafeInteger(value?.id) && value.id >= 0) ({ id } = value);
    }
    this.#owe(id);
    return this.#parts.frameOf(bytes);
  }

  /** @param {number | null} id */
  #owe(id) {
    this.#owed.set(id, (this.#owed.get(id) ?? 0) + 1);
    if (!this.#sent_at_ms.has(id)) this.#sent_at_ms.set(id, nowMs());
  }

  /**
   * Checks a message that was just read: "muted" is never reported without a recent acknowledgement. A reply
   * is sent after its request, and the messages that follow the reply are sent later still, however late they
   * are read.
   * @param {any} message
   */
  #take({ type, id, status }) {
    if (type === 'reply') {
      this.#not_before_ms = Math.max(this.#not_before_ms, this.#sent_at_ms.get(id) ?? 0);
    }
    try {
      if (status.state === 'muted') this.#checkAcknowledged(status.target);
    } catch (error) {
      this.#flaw ??= error;
    }
  }

  /** Throws what was found in the messages so far. */
  check() {
    if (this.#flaw !== null) throw this.#flaw;
  }

  /** @param {{ value: string }} target */
  #checkAcknowledged({ value }) {
    const acknowledged_ms = this.#simulator.requests
      .filter((/** @type {any} */ each) => each.command === 'mute' && each.value === value &&
        each.http_status === 200 && HARMLESS.includes(each.fault))
      .map((/** @type {any} */ { answered_at_ms }) => answered_at_ms);
    assert.ok(acknowledged_ms.length > 0, `muted, and no mute of ${value} was acknowledged`);
    const age_ms = this.#not_before_ms - Math.max(...acknowledged_ms);
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
      case 'answers': await this.#untilAnswered(); break;
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
    this.#owe(LAST_ID);
    this.#host.send({ id: LAST_ID, type: 'status' });
    // A mute is answered only when its request has ended, and never if the pipe is closed before that. If
    // replies are missing, #checkReplies names them.
    await this.#untilAnswered().catch(() => {});
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

  /** Waits for all replies, but not for long if one is missing. */
  async #untilAnswered() {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((done) => { timer = setTimeout(done, this.#rest_ms); });
    await Promise.race([this.#host.waitFor(() => this.#owesNothing()), late]);
    clearTimeout(timer);
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
    await this.#simulator.waitFor(() => muted().length === 0, { timeout_ms: this.#rest_ms });
  }

  async #checkPrivacy() {
    const said = [JSON.stringify(this.#simulator.requests), this.#host.stderr];
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

/** @param {any} parts @param {Step[]} steps @param {string} name @param {number} [rest_s] */
async function run(parts, steps, name, rest_s = AT_REST_s) {
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-session-'));
  const simulator = await startSimulator({ extensions: ['API1API', 'API2API'] });
  simulator.startCall({ extension: 'API1API', answered: true });
  simulator.startCall({ extension: 'API2API', answered: true });
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
    // Without the simulator, the settlers would try to unmute for hours.
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
