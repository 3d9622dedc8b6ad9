// Writes and reads frames of native messaging in the same way as a browser.
import { Buffer } from 'node:buffer';
import { endianness } from 'node:os';

const HEADER_BYTES = 4;
/** Browsers end the connection at 1 MiB. */
const MAX_FRAME_BYTES = 1024 * 1024 - 1;
const is_little = endianness() === 'LE';

/**
 * Returns the header of a frame, which is only its length. Some tests give a wrong length.
 * @param {number} length
 */
export function header(length) {
  const bytes = Buffer.alloc(HEADER_BYTES);
  if (is_little) bytes.writeUInt32LE(length);
  else bytes.writeUInt32BE(length);
  return bytes;
}

/**
 * @param {string | Buffer} body
 */
export function frameOf(body) {
  const bytes = Buffer.from(body);
  return Buffer.concat([header(bytes.length), bytes]);
}

/** @param {unknown} message */
export const frame = (message) => frameOf(JSON.stringify(message));

/** Reads what the host writes. Throws at the first byte that is not part of a frame. */
export class FrameReader {
  #bytes = Buffer.alloc(0);

  /** How many bytes wait for the rest of their frame. */
  get rest() {
    return this.#bytes.length;
  }

  /**
   * @param {Buffer} chunk
   * @returns {any[]} the messages that it completes
   */
  feed(chunk) {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    const messages = [];
    while (this.#bytes.length >= HEADER_BYTES) {
      const length = is_little ? this.#bytes.readUInt32LE() : this.#bytes.readUInt32BE();
      if (length === 0 || length > MAX_FRAME_BYTES) {
        throw new Error(`standard output is no frame: ${this.#bytes.subarray(0, 80).toString('latin1')}`);
      }
      if (this.#bytes.length < HEADER_BYTES + length) break;
      messages.push(JSON.parse(this.#bytes.toString('utf8', HEADER_BYTES, HEADER_BYTES + length)));
      this.#bytes = this.#bytes.subarray(HEADER_BYTES + length);
    }
    return messages;
  }
}
