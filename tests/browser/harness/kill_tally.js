// Counts what the kill tests have seen: cycles, broken promises with their timelines, and how much of each
// bound was used.

/** @typedef {{promise: string, victim: string, text: string}} Failure */

export class Tally {
  cycles = 0;
  kills = 0;
  /** @type {Failure[]} */
  failures = [];
  /** @type {Map<string, {took_ms: number, bound_ms: number, times: number}>} */
  #slowest = new Map();

  /** @param {string} what @param {number} took_ms @param {number} bound_ms */
  took(what, took_ms, bound_ms) {
    const known = this.#slowest.get(what);
    const slowest = known && known.took_ms > took_ms ? known : { took_ms, bound_ms };
    this.#slowest.set(what, { ...slowest, times: (known?.times ?? 0) + 1 });
  }

  /** @returns {string[]} */
  summary() {
    const lines = [...this.#slowest].sort(([a], [b]) => a.localeCompare(b))
      .map(([what, { took_ms, bound_ms, times }]) =>
        `${what}: ${times} times, the slowest ${took_ms.toFixed(0)} ms of ${bound_ms} ms`);
    const counts = [`${this.cycles} cycles`, `${this.kills} kills`,
      `${this.failures.length} broken promises`];
    return [counts.join(', '), ...lines];
  }

  /** @returns {string} empty: every promise was kept */
  complaint() {
    if (this.failures.length === 0) return '';
    /** @type {Map<string, {times: number, first: string}>} */
    const kinds = new Map();
    for (const { promise, victim, text } of this.failures) {
      const what = `${promise} (${victim})`;
      const known = kinds.get(what);
      kinds.set(what, { times: (known?.times ?? 0) + 1, first: known?.first ?? text });
    }
    return [`${this.failures.length} broken promises in ${this.cycles} cycles:`,
      ...[...kinds].map(([what, { times }]) => `  ${times} times: ${what}`),
      'The first of each kind:', ...[...kinds.values()].map(({ first }) => `\n${first}`)].join('\n');
  }
}
