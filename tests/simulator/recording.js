// What one call's recording would contain: spans of sound and of silence.
import { nowMs } from './clock.js';

/**
 * @typedef {{ kind: 'recorded' | 'muted', from_ms: number, to_ms: number | null }} Span to_ms null: goes on
 */

export class Recording {
  /** @type {Span[]} */
  #spans = [];

  /**
   * Changes the kind of the recording from a moment on; null: the recording stops.
   * @param {Span['kind'] | null} kind
   * @param {number} at_ms
   */
  turn(kind, at_ms) {
    const last = this.#spans.at(-1);
    if (last && last.to_ms === null) {
      if (last.kind === kind) return;
      last.to_ms = at_ms;
    }
    if (kind) this.#spans.push({ kind, from_ms: at_ms, to_ms: null });
  }

  /** @returns {Span[]} */
  spans() {
    return this.#spans.map((span) => ({ ...span }));
  }

  /**
   * Whether any moment between `from_ms` and `to_ms` can be heard.
   * @param {number} from_ms
   * @param {number} [to_ms] by default now
   */
  hasSoundBetween(from_ms, to_ms = nowMs()) {
    return this.#spans.some((span) => {
      const end_ms = span.to_ms ?? Infinity;
      const holds_start = span.from_ms <= from_ms && from_ms < end_ms;
      const starts_within = from_ms < span.from_ms && span.from_ms < to_ms;
      return span.kind === 'recorded' && (holds_start || starts_within);
    });
  }
}
