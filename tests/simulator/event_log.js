// Records all events. A test can wait for an event that is past or still to come.
import { nowMs } from './clock.js';

/**
 * @typedef {object} SimulatorEvent
 * @property {number} seq 1, 2, 3…
 * @property {number} at_ms milliseconds since 1970, with fractions
 * @property {string} type `call.muted`, `request.received`, `mark`…; the README lists them
 * @property {string} [name] of a mark
 * @property {string} [ivrid]
 * @property {string | null} [extension] null: the call has left the account's extensions
 * @property {string} [status] of the call
 * @property {string} [kind] of a transfer
 * @property {number} [connection]
 * @property {number} [request]
 * @property {string} [method]
 * @property {string} [path]
 * @property {string} [endpoint] `mute`, `active_calls` or `other`
 * @property {string | null} [command] `mute`, `unmute`, or null if the request is neither
 * @property {string | null} [by] `extension` or `ivrid`
 * @property {string | null} [value] the extension or the ivrid
 * @property {string[]} [ivrids] the calls that a command covered
 * @property {string | null} [fault]
 * @property {boolean} [too_soon] Active Calls was requested sooner than it allows
 * @property {boolean} [carried_out]
 * @property {number} [http_status]
 * @property {string} [ending] how the answer ended: `complete`, `drip`, `hang`…
 * @property {string} [reason]
 */

/** @typedef {(event: SimulatorEvent) => unknown} Predicate */
/** @typedef {Partial<SimulatorEvent>} Pattern an event matches if it has all these fields */

/** Far longer than an event should take on a slow machine, so a wait that times out counts as a defect. */
export const patience_ms = 30_000;

/** How many of the last events the error of a timed-out wait names. */
const NAMED_EVENTS = 8;

/**
 * @param {Predicate | Pattern} wanted
 * @returns {Predicate}
 */
function toPredicate(wanted) {
  if (typeof wanted === 'function') return wanted;
  const fields = Object.entries(wanted);
  return (event) =>
    fields.every(([key, value]) => /** @type {Record<string, unknown>} */ (event)[key] === value);
}

export class EventLog {
  /** @type {SimulatorEvent[]} */
  events = [];
  /** @type {Set<(event: SimulatorEvent) => void>} */
  #listeners = new Set();
  #closing = new AbortController();

  /**
   * @param {string} type
   * @param {Omit<SimulatorEvent, 'seq' | 'at_ms' | 'type'>} [fields]
   * @returns {SimulatorEvent}
   */
  add(type, fields = {}) {
    const event = { seq: this.events.length + 1, at_ms: nowMs(), type, ...fields };
    this.events.push(event);
    for (const listener of [...this.#listeners]) listener(event);
    return event;
  }

  /**
   * @param {(event: SimulatorEvent) => void} listener called with every later event
   * @returns {() => void} removes the listener
   */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Resolves with the first event that matches, past events included.
   * @param {Predicate | Pattern} wanted
   * @param {{ timeout_ms?: number, after?: number, signal?: AbortSignal }} [limits] after: only events whose
   *   seq is higher than this count
   * @returns {Promise<SimulatorEvent>}
   */
  waitFor(wanted, { timeout_ms = patience_ms, after = 0, signal } = {}) {
    const matches = toPredicate(wanted);
    return new Promise((resolve, reject) => {
      const past = this.events.slice(after).find(matches);
      if (past) {
        resolve(past);
        return;
      }
      const signals = [this.#closing.signal, ...(signal ? [signal] : [])];
      const settle = (/** @type {() => void} */ outcome) => {
        clearTimeout(timer);
        unlisten();
        for (const each of signals) each.removeEventListener('abort', stop);
        outcome();
      };
      const stop = () => settle(() => reject(new Error('the wait for an event was ended')));
      const unlisten = this.listen((event) => {
        try {
          if (event.seq > after && matches(event)) settle(() => resolve(event));
        } catch (error) {
          settle(() => reject(error));
        }
      });
      const timer = setTimeout(() => settle(() => reject(this.#inVain(wanted, timeout_ms))), timeout_ms);
      for (const each of signals) each.addEventListener('abort', stop);
      if (signals.some((each) => each.aborted)) stop();
    });
  }

  /** Ends every wait with an error; later waits too, unless a past event satisfies them. */
  close() {
    this.#closing.abort();
  }

  /**
   * @param {Predicate | Pattern} wanted
   * @param {number} timeout_ms
   */
  #inVain(wanted, timeout_ms) {
    const what = typeof wanted === 'function' ? 'no matching event' : `no event ${JSON.stringify(wanted)}`;
    const last = this.events.slice(-NAMED_EVENTS).map((event) => event.type);
    return new WaitTimeout(`${what} within ${timeout_ms} ms; the last were: ${last.join(', ') || 'none'}`);
  }
}

/** No matching event came in time. */
export class WaitTimeout extends Error {}
