// The payment forms that are open in this browser, and what the host has answered about each.

import { MAX_AGO_ms, MAX_REASON_characters } from '../../common/protocol.js';
import { cut } from '../../common/text.js';

// At most this many forms are declared to the host at once: one is enough for a mute. When a declared form
// closes, another one is declared in its place, so that the mute lasts until the last form closes.
export const MAX_DECLARED = 200;
// The shortest interval between two reports that the same surface is in use. The first key in a card field is
// reported at once.
export const ACTIVE_MIN_ms = 1000;

/**
 * @typedef {import('../../common/protocol.js').Reply} Reply
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {{id: string, origin: string|undefined, reason: string, visibleAt_ms: number|null,
 *   answer: 'asked'|'given', activeAt_ms: number}} Surface
 *   visibleAt_ms: when the form became visible; null: unknown, or already reported.
 * @typedef {{isReady: () => boolean, now: () => number, onChange: () => void,
 *   request: (type: string, fields: object) => Promise<Reply>}} Parts
 */

export class Surfaces {
  /**
   * @type {Problem|null} why the last surface.open failed; null: it succeeded, or there was none on this
   *   connection, or no form is open any more
   */
  refusal = null;

  #parts;
  /** @type {Map<string, Surface>} */
  #open = new Map();
  /** @type {Set<Surface>} the open surfaces that have been declared to the host */
  #declared = new Set();
  #closing = 0;
  // Counts connections, so that answers of an earlier connection can be ignored.
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
      this.#declareNext(); // before the close, so that the mute does not end in between
      this.#close(id, cut(reason, MAX_REASON_characters));
    }
    this.#parts.onChange();
  }

  /**
   * Reports that a person uses a form.
   * @param {string} id
   * @param {boolean} [card] whether this was the first key in a card field
   * @param {number} [ms_ago] with `card`: how long ago the key was pressed
   */
  active(id, card = false, ms_ago = 0) {
    const surface = this.#open.get(id);
    if (surface === undefined || !this.#declared.has(surface) || !this.#parts.isReady()) return;
    const now_ms = this.#parts.now();
    if (!card && now_ms - surface.activeAt_ms < ACTIVE_MIN_ms) return;
    surface.activeAt_ms = now_ms;
    const where = card ? { card, ms_ago } : {};
    // A failed report is not repeated: the next use is reported anyway.
    this.#parts.request('surface.active', { surface: id, ...where }).catch(() => {});
  }

  /** To be called when a host has connected. Declares the open surfaces again, with the same IDs. */
  declareAll() {
    this.forgetAnswers();
    for (const surface of this.#open.values()) this.#declare(surface);
  }

  /** To be called when the connection is lost, and with it all answers and declarations. */
  forgetAnswers() {
    this.#connection += 1;
    this.#closing = 0;
    this.refusal = null;
    this.#declared.clear();
  }

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

  /** Sends surface.open, and repeats it if no answer comes in time. @param {Surface} surface */
  #ask(surface) {
    const { id, origin, reason, visibleAt_ms } = surface;
    const ago_ms = visibleAt_ms === null ? Infinity : Math.max(0, this.#parts.now() - visibleAt_ms);
    // The host would reject a request with an age out of range, so such an age is left out.
    const age = ago_ms <= MAX_AGO_ms ? { visible_ms_ago: ago_ms } : {};
    surface.visibleAt_ms = null;
    const connection = this.#connection;
    /** @param {Problem|null} refusal @param {boolean} [isLate] */
    const answered = (refusal, isLate = false) => {
      if (connection !== this.#connection || !this.#declared.has(surface)) return;
      surface.answer = 'given';
      this.refusal = refusal;
      // A repeated request leaves `answer` and `refusal` unchanged, so that after a failure no view shows a
      // mute in progress.
      if (isLate) this.#ask(surface);
      this.#parts.onChange();
    };
    this.#parts.request('surface.open', { surface: id, origin, reason, ...age }).then(
      (reply) => answered(reply.error),
      ({ code, isLate }) => answered({ code, message: '' }, isLate),
    );
  }

  /**
   * Sends surface.close. If no answer comes in time, the call may still be muted, so the close is repeated,
   * unless the form is open again: a second close would end its mute.
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
