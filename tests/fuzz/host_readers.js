// Runs the host's parsers (readers.cpp) as a process, and asks it one question at a time.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { header } from '../host/process/frames.js';

export class HostReaders {
  #child;
  #lines;

  /** @param {string} program */
  constructor(program) {
    this.#child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdin.on('error', () => {}); // ask() reports that the process has ended
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * @param {'r' | 'p' | 'c' | 'm'} kind a request, a match pattern, a configuration, or the choices for a
   *   message of the host
   * @param {Buffer | string} text
   * @returns {Promise<any>}
   */
  async ask(kind, text) {
    const body = Buffer.concat([Buffer.from(kind), Buffer.from(text)]);
    this.#child.stdin.write(Buffer.concat([header(body.length), body]));
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the host\'s readers have ended: a crash, see above');
    return JSON.parse(value);
  }

  end() {
    this.#child.stdin.end();
  }
}
