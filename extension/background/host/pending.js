// The requests that wait for their reply on one native port, each with a deadline of its own.

/** @typedef {import('../../common/protocol.js').Reply} Reply */

// While this many requests are unanswered, dispensable requests are not sent. All others are still sent:
// their number is limited elsewhere, and without its close a call would stay muted.
export const MAX_PENDING = 256;
const DISPENSABLE = new Set(['surface.active']);

// How long a request waits for its reply. Longer than the maximum of the configuration's `timeout_ms` (30 s).
export const REQUEST_TIMEOUT_ms = 40_000;

/** Why a request got no answer. `code` is a problem code with words in _locales. */
export class RequestFailed extends Error {
  /**
   * @param {string} code
   * @param {boolean} [isLate] whether no reply came in time while the connection was up
   */
  constructor(code, isLate = false) {
    super(code);
    this.name = 'RequestFailed';
    this.code = code;
    this.isLate = isLate;
  }
}

export class Pending {
  #after;
  /** @type {Map<number, {resolve: (reply: Reply) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();

  /** @param {import('./native-port.js').Clock['after']} after */
  constructor(after) {
    this.#after = after;
  }

  get size() {
    return this.#waiting.size;
  }

  /** Whether a request of this type may be sent now. @param {string} type */
  takes(type) {
    return this.#waiting.size < MAX_PENDING || !DISPENSABLE.has(type);
  }

  /** @param {number} id @returns {Promise<Reply>} */
  add(id) {
    return new Promise((resolve, reject) => {
      const cancel = this.#after(REQUEST_TIMEOUT_ms, () => {
        this.#waiting.delete(id);
        reject(new RequestFailed('not_confirmed', true));
      });
      this.#waiting.set(id, {
        resolve(reply) {
          cancel();
          resolve(reply);
        },
        reject(error) {
          cancel();
          reject(error);
        },
      });
    });
  }

  /** @param {Reply} reply */
  settle(reply) {
    if (reply.id === null) return;
    this.#waiting.get(reply.id)?.resolve(reply);
    this.#waiting.delete(reply.id);
  }

  /** @param {number|null} id @param {string} code */
  fail(id, code) {
    if (id === null) return;
    this.#waiting.get(id)?.reject(new RequestFailed(code));
    this.#waiting.delete(id);
  }

  /** @param {string} code */
  failAll(code) {
    for (const id of [...this.#waiting.keys()]) this.fail(id, code);
  }
}
