// Runs the real host in the same way as a browser: sends frames over pipes, and waits for messages.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frame, FrameReader } from './frames.js';
import { checkMessage } from './message_shape.js';

/** @typedef {import('./message_shape.js').Message} Message */
/** @typedef {import('./message_shape.js').Status} Status */
/** @typedef {{ code: number | null, signal: string | null, at_ms: number }} Exit */

const BUILT = fileURLToPath(new URL('../../../build/host/cardmute-host', import.meta.url));
const HOST = resolve(process.env.CARDMUTE_HOST || BUILT);

/** What Chromium passes as argv[1]. */
export const CHROMIUM_CALLER = 'chrome-extension://gdbpaifghphnalcleahapkpgepppfeai/';

/** How long a test waits for a message or the host's end: far longer than it takes by default. */
const WAIT_MS = 15_000;
const NAMED_MESSAGES = 6;

/**
 * @typedef {object} StartOptions
 * @property {string[]} [args] argv from 1 on
 * @property {Record<string, string>} env
 * @property {string} [redirection] in a shell's syntax: 2>&- closes standard error
 * @property {string[]} [under] a wrapper program with its arguments, for example setpriv
 * @property {string} [program] another copy of the host
 * @property {string} [cwd] the folder in which it is started
 */

export class HostProcess {
  /** @type {Message[]} all messages so far */
  messages = [];
  stderr = '';
  /** Called with each message as it is read. @type {(message: Message) => void} */
  onMessage = () => {};
  killed = false;
  #child;
  #reader = new FrameReader();
  #last_id = 0;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {unknown} */
  #flaw = null;
  /** @type {number | null} */
  #closed_at_ms = null;

  /** @param {StartOptions} options */
  constructor({ args = [CHROMIUM_CALLER], env, redirection, under = [], cwd, program = HOST }) {
    assert.ok(existsSync(program), `there is no host at ${program}: run scripts/build, or set CARDMUTE_HOST`);
    const shell = redirection ? ['/bin/sh', '-c', `exec "$0" "$@" ${redirection}`] : [];
    const [command, ...parameters] = [...under, ...shell, program, ...args];
    this.#child = spawn(command, parameters, { env, cwd });
    this.pid = this.#child.pid ?? 0;
    this.#child.stdin.on('error', () => {}); // `exit` shows that the host has ended
    this.#child.stderr.setEncoding('utf8').on('data', (text) => (this.stderr += text));
    this.#child.stdout.on('data', (chunk) => this.#take(chunk));
    /** @type {Exit | null} */
    this.exited = null;
    /** @type {Promise<Exit>} */
    this.exit = new Promise((done) => {
      this.#child.on('exit', (code, signal) => (this.exited = { code, signal, at_ms: performance.now() }));
      this.#child.on('close', () => {
        this.#tell();
        done(/** @type {Exit} */ (this.exited));
      });
    });
  }

  /** @param {Buffer} chunk */
  #take(chunk) {
    try {
      for (const message of this.#reader.feed(chunk)) {
        this.messages.push(message);
        checkMessage(message);
        this.onMessage(message);
      }
    } catch (error) {
      this.#flaw ??= error;
    }
    this.#tell();
  }

  #tell() {
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * @param {Buffer | string} bytes
   * @returns {Promise<unknown>} resolves when the pipe has accepted the bytes
   */
  sendBytes(bytes) {
    return new Promise((done) => this.#child.stdin.write(bytes, done));
  }

  /** @param {object} message */
  send(message) {
    void this.sendBytes(frame(message));
  }

  /**
   * Sends a request and waits for its reply.
   * @param {{ type: string, [field: string]: unknown }} fields
   * @returns {Promise<Message>}
   */
  request(fields) {
    const id = (this.#last_id += 1);
    const after = this.messages.length;
    this.send({ id, ...fields });
    return this.waitFor((message) => message.type === 'reply' && message.id === id, after);
  }

  hello(fields = {}) {
    const client = { extension_version: '1.0.0', browser: 'chromium', locale: 'en' };
    return this.request({ type: 'hello', protocol: 1, client, ...fields });
  }

  open(surface = 'form', fields = {}) {
    const where = { origin: 'https://crm.example.com', reason: 'cc-number' };
    return this.request({ type: 'surface.open', surface, ...where, ...fields });
  }

  close(surface = 'form') {
    return this.request({ type: 'surface.close', surface, reason: 'hidden' });
  }

  /** @param {'mute' | 'record' | 'auto'} mode */
  override(mode) {
    return this.request({ type: 'override', mode });
  }

  async status() {
    return (await this.request({ type: 'status' })).status;
  }

  /**
   * Waits for the first message that matches. Messages that have already come count.
   * @param {(message: Message) => unknown} matches
   * @param {number} [after] how many of the first messages to skip
   * @returns {Promise<Message>}
   */
  waitFor(matches, after = 0) {
    return new Promise((done, fail) => {
      const settle = (/** @type {() => void} */ outcome) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        outcome();
      };
      const inVain = (/** @type {string} */ why) =>
        settle(() => fail(this.#flaw ?? new Error(`${why}; ${this.#situation()}`)));
      const look = () => {
        const found = this.messages.slice(after).find(matches);
        if (this.#flaw) inVain('a flaw');
        else if (found) settle(() => done(found));
        else if (this.exited) inVain('the host has ended');
      };
      const timer = setTimeout(() => inVain(`nothing within ${WAIT_MS} ms`), WAIT_MS);
      this.#listeners.add(look);
      look();
    });
  }

  /**
   * Waits for the first status that matches, either in a reply or unasked.
   * @param {(status: Status) => unknown} matches
   * @param {number} [after]
   */
  async waitForStatus(matches, after = 0) {
    return (await this.waitFor(({ status }) => matches(status), after)).status;
  }

  #situation() {
    const last = this.messages.slice(-NAMED_MESSAGES).map((message) => JSON.stringify(message));
    const { code, signal } = this.exited ?? { signal: 'nothing yet' };
    return [`ended with ${code ?? signal}`, 'last messages:', ...last, 'stderr:', this.stderr].join('\n');
  }

  /** @param {'SIGTERM' | 'SIGINT' | 'SIGHUP'} name */
  signal(name) {
    this.#child.kill(name);
  }

  async kill() {
    this.killed = true;
    this.#child.kill('SIGKILL');
    await this.exit;
  }

  /** Closes the browser's end of the host's stdout, so that nobody can read what the host writes. */
  closeReader() {
    this.#child.stdout.destroy();
  }

  /** Stops reading, as a browser that hangs, but keeps its end of the pipe open until end(). */
  pauseReader() {
    this.#child.stdout.pause();
  }

  /** Closes the host's standard input and waits until the host has ended. */
  async end() {
    this.#closed_at_ms ??= performance.now();
    this.#child.stdin.end();
    this.#child.once('exit', () => this.#child.stdout.resume());
    const { code, signal, at_ms } = await this.exit;
    return { code, signal, after_ms: at_ms - this.#closed_at_ms };
  }

  /**
   * Ends a test: asserts that the host exits by itself with this code, and that all of its output was frames.
   * @param {number | null} code null: the host was killed
   */
  async finish(code) {
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), WAIT_MS);
    const ended = await this.end();
    clearTimeout(killer);
    if (this.#flaw) throw this.#flaw;
    assert.equal(ended.code, code, `expected the exit code ${code}; ${this.#situation()}`);
    if (!this.killed) assert.equal(this.#reader.rest, 0, 'the last frame is not whole');
  }
}
