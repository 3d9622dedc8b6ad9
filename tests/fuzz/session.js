// One session of the fuzzer: one or two browsers of a person, their store, and a simulated Voicenter.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SessionBrowser } from './session_browser.js';
import { EXTENSIONS, PRIVATE } from './session_plan.js';

/** @typedef {import('./session_plan.js').Step} Step */
/** @typedef {import('./session_plan.js').Configuration} Configuration */

const REASSERT_ms = 200;
const INTERVALS = 3;
// How late the host may read an answer on a busy machine.
const SLACK_ms = 1500;
/** The simulator's faults with which an answer is still an acknowledgement. null: no fault. */
const HARMLESS = [null, 'delay', 'integer_200', 'lie'];
const CODE = 'SIMULATED-CODE';

export class Session {
  #parts;
  #folder;
  #simulator;
  #rest_ms;
  /** @type {SessionBrowser[]} */
  #browsers;
  #damages = 0;
  /** The newest configuration that a session can end with: not "broken" or "other". @type {Configuration} */
  #usual = 'good';

  /** @param {any} parts @param {string} folder @param {any} simulator @param {number} rest_ms */
  constructor(parts, folder, simulator, rest_ms) {
    this.#parts = parts;
    this.#rest_ms = rest_ms;
    this.#folder = folder;
    this.#simulator = simulator;
    this.#browsers = [this.#anotherBrowser()];
  }

  #anotherBrowser() {
    const env = {
      HOME: this.#folder, CARDMUTE_CONFIG: join(this.#folder, 'config.json'),
      CARDMUTE_STATE_DIR: join(this.#folder, 'state'),
    };
    return new SessionBrowser(this.#parts, env,
      ({ target }, not_before_ms) => this.#checkAcknowledged(target, not_before_ms), this.#rest_ms);
  }

  /**
   * "muted" needs a recent acknowledgement: for the extension, or with `target: "call"` for a call.
   * @param {{ by: string, value: string }} target @param {number} not_before_ms
   */
  #checkAcknowledged({ by, value }, not_before_ms) {
    const calls = this.#simulator.calls
      .filter((/** @type {any} */ { extension }) => extension === value)
      .map((/** @type {any} */ { ivrid }) => ivrid);
    const values = by === 'call' ? calls : [value];
    const acknowledged_ms = this.#simulator.requests
      .filter((/** @type {any} */ each) => each.command === 'mute' && values.includes(each.value) &&
        each.http_status === 200 && HARMLESS.includes(each.fault))
      .map((/** @type {any} */ { answered_at_ms }) => answered_at_ms);
    assert.ok(acknowledged_ms.length > 0, `muted, and no mute of ${value} was acknowledged`);
    const age_ms = not_before_ms - Math.max(...acknowledged_ms);
    assert.ok(age_ms < INTERVALS * REASSERT_ms + SLACK_ms, `muted behind an answer that is ${age_ms} ms old`);
  }

  /** @param {{browser?: number}} step @returns {SessionBrowser} */
  #browserOf({ browser = 0 }) {
    return (this.#browsers[browser] ??= this.#anotherBrowser());
  }

  /** @param {Step} step */
  async take(step) {
    switch (step.do) {
      case 'send': await this.#browserOf(step).send(step.text, step.cut); break;
      case 'fault': this.#simulator.setFault(step.fault); break;
      case 'clear': this.#simulator.clearFaults(); break;
      case 'configure': await this.configure(step.text); break;
      case 'answers': await this.#browserOf(step).untilAnswered(); break;
      case 'call': this.#simulator.startCall({ extension: EXTENSIONS[0], answered: true }); break;
      case 'damage': this.#damages += await this.#damage(step); break;
      case 'kill': await this.#browserOf(step).kill(); break;
      default: await new Promise((done) => { setTimeout(done, step.ms); });
    }
    for (const browser of this.#browsers) browser.check();
  }

  /** @param {Configuration} text */
  async configure(text) {
    if (text !== 'broken' && text !== 'other') this.#usual = text;
    await this.#write(text, EXTENSIONS[text === 'other' ? 1 : 0]);
  }

  /** @param {Configuration} text @param {string} extension */
  async #write(text, extension) {
    const asks = text === 'call' || text === 'verified';
    const config = {
      voicenter: { mute_url: this.#simulator.muteUrl, extension, timeout_ms: 300, reassert_ms: REASSERT_ms,
        target: text === 'call' ? 'call' : 'extension',
        ...(asks && { active_calls: { url: this.#simulator.activeCallsUrl, code: CODE } }) },
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
    await this.configure(this.#usual);
    this.#simulator.clearFaults();
    await Promise.all(this.#browsers.map((browser) => browser.end()));
    const kills = this.#browsers.reduce((sum, browser) => sum + browser.kills, 0);
    if (kills > 0 && this.#damages > 0) await this.#endForgotten();
    await this.#untilRest();
    if (this.#damages === 0) assert.equal(this.#simulator.violations, 0, 'the list was requested too often');
    await this.#checkPrivacy();
  }

  /**
   * Opens and closes a form for each extension. Only the store knows the mute of a killed host. If the store
   * is lost too, the mute lasts until the next form of that extension closes, or the call ends.
   */
  async #endForgotten() {
    for (const extension of EXTENSIONS) {
      await this.#write('good', extension);
      const browser = this.#anotherBrowser();
      await browser.openAndClose();
      await browser.end();
    }
  }

  async #untilRest() {
    const muted = () => this.#simulator.mutedCalls();
    if (muted().length === 0) return;
    await this.#simulator.waitFor(() => muted().length === 0, { timeout_ms: this.#rest_ms });
  }

  async #checkPrivacy() {
    const to_mute = this.#simulator.requests.filter((/** @type {any} */ { endpoint }) => endpoint === 'mute');
    const said = this.#browsers.map(({ stderr }) => stderr);
    const state = join(this.#folder, 'state');
    for (const name of await readdir(state, { recursive: true })) {
      said.push(await readFile(join(state, name), 'latin1').catch(() => ''));
    }
    // The code may be in requests to Active Calls only. What is private may be in no request.
    const sent = { any: JSON.stringify(this.#simulator.requests), mutes: JSON.stringify(to_mute) };
    for (const secret of [...PRIVATE, CODE]) {
      const requests = secret === CODE ? sent.mutes : sent.any;
      assert.ok(![requests, ...said].some((text) => text.includes(secret)), `${secret} got out`);
    }
    const calls = this.#simulator.calls.map((/** @type {any} */ { ivrid }) => ivrid);
    for (const { by, value, command } of to_mute) {
      assert.ok(command !== null && (by === 'extension' ? EXTENSIONS : calls).includes(value),
        'another request');
    }
  }
}
