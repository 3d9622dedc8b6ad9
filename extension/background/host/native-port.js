// The connection to the host: a state machine around a native messaging port.
//
//   idle -> connecting -> handshaking -> ready
//   a failure leads to waiting (back-off), and from there to connecting;
//   a failure that a retry cannot correct leads to missing or outdated, which only open() and close() leave;
//   close() leads to idle from every state

import { PROTOCOL, readHostMessage, requestFault } from '../../common/protocol.js';
import { wellFormedMessage } from '../../common/text.js';
import { backoff_ms } from './backoff.js';
import { readFailure } from './native-failure.js';
import { Pending, RequestFailed } from './pending.js';

// A virus scanner can delay the host's first start by many seconds. The first timeout is short, so that the
// problem is shown soon; after each timeout the next try is given twice as long, up to the maximum.
export const HANDSHAKE_TIMEOUT_ms = 5000;
export const HANDSHAKE_TIMEOUT_MAX_ms = 20_000;
// A connection that lasted less than this does not reset the back-off.
export const STABLE_ms = 10_000;
// If the host ends this many times in a row before it answers the hello, it counts as not starting.
export const MAX_WORDLESS_ENDS = 3;
// After a failure, open() waits until this long after the last attempt.
export const RETRY_MIN_ms = 1000;

/**
 * @typedef {import('../../common/view.js').ConnectionState} ConnectionState
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {import('../../common/protocol.js').Reply} Reply
 * @typedef {ReturnType<typeof readHostMessage>} HostMessage
 * @typedef {{now: () => number, after: (delay_ms: number, run: () => void) => () => void,
 *   random: () => number}} Clock after() returns a function that cancels the timer
 * @typedef {{postMessage: (message: object) => void, disconnect: () => void,
 *   onMessage: {addListener: (listen: (message: unknown) => void) => void},
 *   onDisconnect: {addListener: (listen: (port: any) => void) => void}}} Port
 * @typedef {{connect: () => Port, whyClosed: (port: any) => string, client: () => object, clock: Clock,
 *   onChange: () => void, onMessage: (message: HostMessage) => void}} Parts
 */

export class NativePort {
  /** @type {ConnectionState} */
  state = 'idle';
  /** @type {Problem|null} why there is no connection; kept until the state is 'ready' or 'idle' */
  problem = null;
  /** @type {string|null} */
  hostVersion = null;

  #parts;
  /** @type {Port|null} */
  #port = null;
  #pending = new Pending((delay_ms, run) => this.#parts.clock.after(delay_ms, run));
  #nextId = 1;
  #helloId = 0;
  #attempt = 0;
  #silences = 0;
  #wordlessEnds = 0;
  #changedAt_ms = 0;
  #triedAt_ms = -Infinity;
  #retryAt_ms = Infinity;
  /** @type {() => void} */
  #cancelTimer = () => {};

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get pending() {
    return this.#pending.size;
  }

  /**
   * Connects, because a page, a form or a person needs the host. After a failure it cuts the back-off short,
   * but waits until RETRY_MIN_ms after the last attempt. While a connection is being made or is ready, it
   * does nothing.
   */
  open() {
    const resting = this.state === 'missing' || this.state === 'outdated' || this.state === 'waiting';
    const due_ms = this.#triedAt_ms + RETRY_MIN_ms;
    if (this.state === 'idle' || (resting && due_ms <= this.#parts.clock.now())) this.#connect();
    else if (resting && due_ms < this.#retryAt_ms) this.#retryAt(due_ms);
  }

  /** Drops a host that hangs. A new host is started after a back-off, as after any other loss. */
  abandon() {
    if (this.state === 'ready') this.#failed({ terminal: false, code: 'host_silent' });
  }

  /** Disconnects a host that nobody needs. The requests that wait for a reply fail. */
  close() {
    this.#drop('host_lost');
    this.#attempt = 0;
    this.problem = null;
    this.#become('idle');
  }

  /**
   * @param {string} type @param {object} [fields]
   * @returns {Promise<Reply>} the host's reply, which may contain an error. Rejected with RequestFailed if
   *   the request was not sent, no readable reply came in time, or the connection was lost
   */
  request(type, fields = {}) {
    if (this.state !== 'ready') return Promise.reject(new RequestFailed('host_lost'));
    return this.#send(type, fields).reply;
  }

  /** @param {string} type @param {object} fields */
  #send(type, fields) {
    const message = wellFormedMessage({ id: this.#nextId++, type, ...fields });
    const fault = requestFault(message) ?? (this.#pending.takes(type) ? null : 'not_confirmed');
    if (fault !== null) return { id: message.id, reply: Promise.reject(new RequestFailed(fault)) };
    const reply = this.#pending.add(message.id);
    try {
      this.#port?.postMessage(message);
    } catch {
      // The port has closed. Its disconnect event follows and fails this request with all others.
    }
    return { id: message.id, reply };
  }

  #connect() {
    const { clock, connect, client } = this.#parts;
    this.#cancelTimer();
    this.#triedAt_ms = clock.now();
    this.#become('connecting');
    let port;
    try {
      port = connect();
    } catch (error) {
      this.#failed(readFailure(String(error)));
      return;
    }
    this.#port = port;
    port.onMessage.addListener((message) => {
      if (port === this.#port) this.#received(readHostMessage(message));
    });
    port.onDisconnect.addListener((closed) => {
      // The reason is read for every port, because Chromium logs an error if lastError is not read.
      const words = this.#parts.whyClosed(closed);
      if (port === this.#port) this.#ended(readFailure(words));
    });
    this.#become('handshaking');
    const hello = this.#send('hello', { protocol: PROTOCOL, client: client() });
    this.#helloId = hello.id;
    hello.reply.catch(() => {}); // the state shows that a handshake has failed
    const patience_ms = Math.min(HANDSHAKE_TIMEOUT_ms * 2 ** this.#silences, HANDSHAKE_TIMEOUT_MAX_ms);
    this.#cancelTimer = clock.after(patience_ms, () => {
      this.#silences += 1;
      this.#failed({ terminal: false, code: 'host_silent' });
    });
  }

  /** @param {HostMessage} message */
  #received(message) {
    // The message is passed on first, so that its status is known when the state becomes 'ready'.
    this.#parts.onMessage(message);
    if (message.kind === 'unknown') this.#pending.fail(message.id, 'bad_answer');
    if (message.kind !== 'reply') return;
    this.#pending.settle(message);
    if (this.state === 'handshaking') this.#greeted(message);
  }

  /** @param {Reply} reply */
  #greeted(reply) {
    const code = reply.error?.code;
    if (code === 'caller_not_allowed') {
      this.#failed({ terminal: true, code }, reply.error?.message);
    } else if (reply.id === this.#helloId && (reply.protocol !== PROTOCOL || code === 'protocol_mismatch')) {
      this.#outdated(reply);
    } else if (reply.id === this.#helloId) {
      // With any other error, such as config_invalid, the host is still connected, and its status contains
      // the problem.
      this.#cancelTimer();
      this.#silences = 0;
      this.#wordlessEnds = 0;
      this.hostVersion = reply.hostVersion;
      this.problem = null;
      this.#become('ready');
    }
  }

  /**
   * The side with the lower protocol number has to be updated. A host that states no number counts as the
   * older side.
   * @param {Reply} reply
   */
  #outdated({ protocol, hostVersion, error }) {
    this.#drop('protocol_mismatch');
    this.hostVersion = hostVersion;
    const side = protocol !== null && protocol > PROTOCOL ? 'outdated_extension' : 'outdated_host';
    this.problem = { code: side, message: error?.message ?? '' };
    this.#become('outdated');
  }

  /**
   * The host or the browser has closed the port. If the host's program starts and then fails, browsers give
   * no reason; several such ends in a row mean that the host cannot be started.
   * @param {{terminal: boolean, code: string}} failure
   */
  #ended(failure) {
    const wordless = this.state === 'handshaking' && failure.code === 'host_lost';
    this.#wordlessEnds = wordless ? this.#wordlessEnds + 1 : 0;
    const notStarting = this.#wordlessEnds >= MAX_WORDLESS_ENDS;
    this.#failed(notStarting ? { terminal: false, code: 'host_not_starting' } : failure);
  }

  /** @param {{terminal: boolean, code: string}} failure @param {string} [message] */
  #failed({ terminal, code }, message = '') {
    const { clock } = this.#parts;
    const lived_ms = this.state === 'ready' ? clock.now() - this.#changedAt_ms : 0;
    if (lived_ms >= STABLE_ms) this.#attempt = 0;
    this.#drop(code);
    this.problem = { code, message };
    if (terminal) {
      this.#become('missing');
      return;
    }
    this.#retryAt(clock.now() + backoff_ms(this.#attempt++, clock.random()));
    this.#become('waiting');
  }

  /** @param {number} at_ms */
  #retryAt(at_ms) {
    const { clock } = this.#parts;
    this.#cancelTimer();
    this.#retryAt_ms = at_ms;
    this.#cancelTimer = clock.after(at_ms - clock.now(), () => this.#connect());
  }

  /** @param {string} code */
  #drop(code) {
    const port = this.#port;
    this.#port = null;
    this.hostVersion = null;
    this.#cancelTimer();
    this.#retryAt_ms = Infinity;
    port?.disconnect();
    this.#pending.failAll(code);
  }

  /** @param {ConnectionState} state */
  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.#changedAt_ms = this.#parts.clock.now();
    this.#parts.onChange();
  }
}
