// The requests that wait for their reply on one native port. Only native-port.js uses it.

/** @typedef {import('../common/protocol.js').Reply} Reply */

// More than this outstanding means that the host does not answer. What it can do without is no longer sent;
// the rest has bounds of its own, and a close that was dropped would leave the call muted.
export const MAX_PENDING = 256;
const DISPENSABLE = new Set(['surface.active']);

/** Why a request will never be answered; code is a problem code with words in _locales. */
export class RequestFailed extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.name = 'RequestFailed';
    this.code = code;
  }
}

export class Pending {
  /** @type {Map<number, {resolve: (reply: Reply) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();

  get size() {
    return this.#waiting.size;
  }

  /** @param {string} type whether there is room for such a request */
  takes(type) {
    return this.#waiting.size < MAX_PENDING || !DISPENSABLE.has(type);
  }

  /** @param {number} id @returns {Promise<Reply>} */
  add(id) {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
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
