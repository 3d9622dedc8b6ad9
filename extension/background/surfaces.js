// The payment forms that are open in this browser, and what the host has answered about each.
// coordinator.js declares through it; content-ports.js tells it what pages say. Knows no ports.

import { MAX_REASON_characters } from '../common/protocol.js';

// The mute is one for all forms, so a page that opens forms without end is protected by its first.
export const MAX_SURFACES = 200;
// How often "someone is typing" is passed on for one surface.
export const ACTIVE_MIN_ms = 1000;

/**
 * @typedef {import('../common/protocol.js').Reply} Reply
 * @typedef {import('../common/protocol.js').Problem} Problem
 * @typedef {{id: string, origin: string|undefined, reason: string,
 *   answer: 'none'|'asked'|'given', activeAt_ms: number}} Surface
 * @typedef {{isReady: () => boolean, now: () => number, onChange: () => void,
 *   request: (type: string, fields: object) => Promise<Reply>}} Parts
 */

export class Surfaces {
  /** @type {Problem|null} how the last open was refused */
  refusal = null;

  #parts;
  /** @type {Map<string, Surface>} */
  #open = new Map();
  #closing = 0;
  // Answers of an earlier connection say nothing about this one.
  #connection = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get count() {
    return this.#open.size;
  }

  get asking() {
    return [...this.#open.values()].some((surface) => surface.answer === 'asked');
  }

  get closing() {
    return this.#closing > 0;
  }

  /** @param {{id: string, origin: string|undefined, reason: string}} seen */
  open({ id, origin, reason }) {
    if (!this.#open.has(id) && this.#open.size < MAX_SURFACES) {
      const cut = reason.slice(0, MAX_REASON_characters);
      /** @type {Surface} */
      const surface = { id, origin, reason: cut, answer: 'none', activeAt_ms: -Infinity };
      this.#open.set(id, surface);
      if (this.#parts.isReady()) this.#declare(surface);
    }
    this.#parts.onChange();
  }

  /** @param {string} id @param {string} reason */
  close(id, reason) {
    const surface = this.#open.get(id);
    if (surface === undefined) return;
    this.#open.delete(id);
    if (this.#open.size === 0) this.refusal = null;
    const declared = surface.answer !== 'none' && this.#parts.isReady();
    if (declared) this.#close(id, reason.slice(0, MAX_REASON_characters));
    this.#parts.onChange();
  }

  /** @param {string} id */
  active(id) {
    const surface = this.#open.get(id);
    if (surface === undefined || !this.#parts.isReady()) return;
    const now_ms = this.#parts.now();
    if (now_ms - surface.activeAt_ms < ACTIVE_MIN_ms) return;
    surface.activeAt_ms = now_ms;
    this.#parts.request('surface.active', { surface: id }).catch(() => {}); // the next one says it again
  }

  /** The host is there, for the first time or again: it is told of every open surface, by the same ids. */
  declareAll() {
    this.forgetAnswers();
    for (const surface of this.#open.values()) this.#declare(surface);
  }

  /** The connection is gone, and with it every answer. */
  forgetAnswers() {
    this.#connection += 1;
    this.#closing = 0;
    this.refusal = null;
    for (const surface of this.#open.values()) surface.answer = 'none';
  }

  /** @param {Surface} surface */
  #declare(surface) {
    const { id, origin, reason } = surface;
    const connection = this.#connection;
    /** @param {Problem|null} refusal */
    const answered = (refusal) => {
      if (connection !== this.#connection || this.#open.get(id) !== surface) return;
      surface.answer = 'given';
      this.refusal = refusal;
      this.#parts.onChange();
    };
    surface.answer = 'asked';
    this.#parts.request('surface.open', { surface: id, origin, reason })
      .then((reply) => answered(reply.error), (failure) => answered({ code: failure.code, message: '' }));
  }

  /** @param {string} id @param {string} reason */
  #close(id, reason) {
    const connection = this.#connection;
    const answered = () => {
      if (connection !== this.#connection) return;
      this.#closing -= 1;
      this.#parts.onChange();
    };
    this.#closing += 1;
    this.#parts.request('surface.close', { surface: id, reason }).then(answered, answered);
  }
}
