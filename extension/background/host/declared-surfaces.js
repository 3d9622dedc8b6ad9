// The payment forms that are open in this browser, and what the host has answered about each.

import { MAX_AGO_ms, MAX_REASON_characters } from '../../common/protocol.js';
import { cut } from '../../common/text.js';

// The mute is one for all forms, so no more than these are told to the host. The others are remembered and
// take the place of one that closes: the mute ends with the last form, not with the last that was told.
export const MAX_DECLARED = 200;
// How often "someone is typing" is passed on for one surface.
export const ACTIVE_MIN_ms = 1000;

/**
 * @typedef {import('../../common/protocol.js').Reply} Reply
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {{id: string, origin: string|undefined, reason: string, visibleAt_ms: number|null,
 *   answer: 'asked'|'given', activeAt_ms: number}} Surface
 *   visibleAt_ms: when the form became visible; null where that was told before, or is not known.
 * @typedef {{isReady: () => boolean, now: () => number, onChange: () => void,
 *   request: (type: string, fields: object) => Promise<Reply>}} Parts
 */

export class Surfaces {
  /** @type {Problem|null} how the last open was refused */
  refusal = null;

  #parts;
  /** @type {Map<string, Surface>} */
  #open = new Map();
  /** @type {Set<Surface>} those of them that the host has been told of */
  #declared = new Set();
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
    return [...this.#declared].some((surface) => surface.answer === 'asked');
  }

  get closing() {
    return this.#closing > 0;
  }

  /** @param {{id: string, origin: string|undefined, reason: string, visible_ms_ago?: number}} seen */
  open({ id, origin, reason, visible_ms_ago }) {
    if (!this.#open.has(id)) {
      const visibleAt_ms = visible_ms_ago === undefined ? null : this.#parts.now() - visible_ms_ago;
      /** @type {Surface} */
      const surface = {
        id, origin, reason: cut(reason, MAX_REASON_characters), visibleAt_ms, answer: 'asked',
        activeAt_ms: -Infinity,
      };
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
    if (this.#declared.delete(surface) && this.#parts.isReady()) {
      this.#declareNext(); // first, so that the mute does not end in between
      this.#close(id, cut(reason, MAX_REASON_characters));
    }
    this.#parts.onChange();
  }

  /** @param {string} id @param {boolean} [card] the first key in a card field @param {number} [ms_ago] */
  active(id, card = false, ms_ago = 0) {
    const surface = this.#open.get(id);
    if (surface === undefined || !this.#declared.has(surface) || !this.#parts.isReady()) return;
    const now_ms = this.#parts.now();
    if (!card && now_ms - surface.activeAt_ms < ACTIVE_MIN_ms) return;
    surface.activeAt_ms = now_ms;
    const where = card ? { card, ms_ago } : {};
    // If it fails, the next one says it again.
    this.#parts.request('surface.active', { surface: id, ...where }).catch(() => {});
  }

  /** A host is connected, for the first time or again: every open surface is declared, by the same IDs. */
  declareAll() {
    this.forgetAnswers();
    for (const surface of this.#open.values()) this.#declare(surface);
  }

  /** The connection is gone, and with it every answer. */
  forgetAnswers() {
    this.#connection += 1;
    this.#closing = 0;
    this.refusal = null;
    this.#declared.clear();
  }

  /** The first of those that are open and not declared. */
  #declareNext() {
    for (const surface of this.#open.values()) {
      if (!this.#declared.has(surface)) {
        this.#declare(surface);
        return;
      }
    }
  }

  /** @param {Surface} surface */
  #declare(surface) {
    if (this.#declared.size >= MAX_DECLARED) return;
    this.#declared.add(surface);
    surface.answer = 'asked';
    this.#ask(surface);
  }

  /** Asks for a surface's mute, again and again where no answer comes in time. @param {Surface} surface */
  #ask(surface) {
    const { id, origin, reason, visibleAt_ms } = surface;
    const ago_ms = visibleAt_ms === null ? Infinity : Math.max(0, this.#parts.now() - visibleAt_ms);
    // No mute fails for want of a measurement.
    const age = ago_ms <= MAX_AGO_ms ? { visible_ms_ago: ago_ms } : {};
    surface.visibleAt_ms = null;
    const connection = this.#connection;
    /** @param {Problem|null} refusal @param {boolean} [isLate] */
    const answered = (refusal, isLate = false) => {
      if (connection !== this.#connection || !this.#declared.has(surface)) return;
      surface.answer = 'given';
      this.refusal = refusal;
      if (isLate) this.#ask(surface); // the refusal stands meanwhile: nothing says that a mute is on its way
      this.#parts.onChange();
    };
    this.#parts.request('surface.open', { surface: id, origin, reason, ...age }).then(
      (reply) => answered(reply.error),
      ({ code, isLate }) => answered({ code, message: '' }, isLate),
    );
  }

  /**
   * Tells the host that a form is gone, and repeats it where no answer comes in time: the call may still be
   * muted. Not repeated for a form that is open again, whose mute it would end.
   * @param {string} id @param {string} reason
   */
  #close(id, reason) {
    const connection = this.#connection;
    /** @param {boolean} isLate */
    const answered = (isLate) => {
      if (connection !== this.#connection) return;
      this.#closing -= 1;
      if (isLate && !this.#open.has(id)) this.#close(id, reason);
      this.#parts.onChange();
    };
    this.#closing += 1;
    this.#parts.request('surface.close', { surface: id, reason }).then(
      () => answered(false),
      ({ isLate }) => answered(isLate === true),
    );
  }
}
