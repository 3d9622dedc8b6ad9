// One browser of a session: its host, the requests that it has sent, and the replies that it must get.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readHostMessage } from '../../extension/common/protocol.js';
import { nowMs } from '../simulator/clock.js';
import { faultOfBytes } from './wire_fault.js';

/** @typedef {(status: any, not_before_ms: number) => void} CheckMuted */

/** The ID of the request that ends each session. The IDs in a plan are smaller. */
const LAST_ID = 1_000_000;

export class SessionBrowser {
  kills = 0;
  #parts;
  #env;
  #check_muted;
  #answer_ms;
  #host;
  /** @type {Map<number | null, number>} ID -> how many replies the running host must send in all */
  #owed = new Map();
  /** @type {Map<number | null, number>} ID -> when its first request was sent to the running host */
  #sent_at_ms = new Map();
  /** The earliest time at which the host can have sent the newest message that was read. */
  #not_before_ms = 0;
  /** @type {unknown} */
  #flaw = null;

  /**
   * @param {any} parts @param {Record<string, string>} env
   * @param {CheckMuted} check_muted called with each status "muted"; throws if it must not be shown
   * @param {number} answer_ms how long a reply may take
   */
  constructor(parts, env, check_muted, answer_ms) {
    this.#parts = parts;
    this.#env = env;
    this.#check_muted = check_muted;
    this.#answer_ms = answer_ms;
    this.#host = this.#start();
  }

  get stderr() {
    return this.#host.stderr;
  }

  #start() {
    this.#owed.clear();
    this.#sent_at_ms.clear();
    this.#not_before_ms = 0;
    const host = new this.#parts.HostProcess({ env: this.#env });
    host.onMessage = (/** @type {any} */ message) => this.#take(message);
    return host;
  }

  /** Sends a request in a frame that is cut into pieces. @param {string} text @param {number[]} cut */
  async send(text, cut) {
    const body = Buffer.from(text);
    let id = null;
    if (faultOfBytes(body) !== 'bad_frame') {
      const value = JSON.parse(text);
      if (Number.isSafeInteger(value?.id) && value.id >= 0) ({ id } = value);
    }
    this.#owe(id);
    const bytes = this.#parts.frameOf(body);
    let from = 0;
    for (const at of [...cut, bytes.length]) {
      await this.#host.sendBytes(bytes.subarray(from, Math.max(from, at)));
      from = Math.max(from, at);
    }
  }

  /** @param {number | null} id */
  #owe(id) {
    this.#owed.set(id, (this.#owed.get(id) ?? 0) + 1);
    if (!this.#sent_at_ms.has(id)) this.#sent_at_ms.set(id, nowMs());
  }

  /**
   * Checks a message that was just read: the extension can read it, and "muted" is never reported without a
   * recent acknowledgement. A reply, and each message after it, was sent later than the request. This bounds
   * the age of a message, however late it is read here.
   * @param {any} message
   */
  #take(message) {
    const { type, id, status } = message;
    if (type === 'reply') {
      this.#not_before_ms = Math.max(this.#not_before_ms, this.#sent_at_ms.get(id) ?? 0);
    }
    try {
      assert.notEqual(readHostMessage(message).kind, 'unknown', 'the extension cannot read a message');
      if (status.state === 'muted') this.#check_muted(status, this.#not_before_ms);
    } catch (error) {
      this.#flaw ??= error;
    }
  }

  /** Throws the first error that was found in the messages so far. */
  check() {
    if (this.#flaw !== null) throw this.#flaw;
  }

  /** Kills the host, and starts another for the same browser. */
  async kill() {
    this.kills += 1;
    await this.#host.kill();
    this.#host = this.#start();
  }

  /** Opens and closes a form. Its unmute also ends mutes of this extension that no process knows of. */
  async openAndClose() {
    for (const [at, type] of ['surface.open', 'surface.close'].entries()) {
      await this.send(JSON.stringify({ id: at + 1, type, surface: 'last' }), []);
      await this.untilAnswered();
    }
  }

  async end() {
    this.#owe(LAST_ID);
    this.#host.send({ id: LAST_ID, type: 'status' });
    // A mute is answered only when its request has ended, and not after the pipe was closed. So this waits
    // before finish() closes it. The comparison below names missing replies.
    await this.untilAnswered().catch(() => {});
    this.check();
    await this.#host.finish(0);
    assert.deepEqual([...this.#replies()].sort(), [...this.#owed].sort(), 'one reply for each request');
  }

  /** @returns {Map<number | null, number>} how many replies the running host has sent to each ID */
  #replies() {
    const got = new Map();
    for (const { type, id } of this.#host.messages) {
      if (type === 'reply') got.set(id, (got.get(id) ?? 0) + 1);
    }
    return got;
  }

  /** Waits for all replies, but at most for the time that a reply may take. */
  async untilAnswered() {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((done) => { timer = setTimeout(done, this.#answer_ms); });
    await Promise.race([this.#host.waitFor(() => this.#owesNothing()), late]);
    clearTimeout(timer);
  }

  #owesNothing() {
    const got = this.#replies();
    return [...this.#owed].every(([id, count]) => (got.get(id) ?? 0) >= count);
  }
}
