// A clock that only the test moves: timers, animation frames and `performance.now`.
// For the tests of the content script.

const real = {
  setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval, clearInterval: globalThis.clearInterval,
};
const frame_ms = 16;

export class Clock {
  #now_ms = 0;
  #next = 1;
  #timers = new Map();

  /** Installs the clock, and drops the timers of an earlier test. */
  install() {
    this.#timers.clear();
    globalThis.setTimeout = (work, wait_ms = 0) => this.#add(work, wait_ms);
    globalThis.setInterval = (work, every_ms) => this.#add(work, every_ms, every_ms);
    globalThis.clearTimeout = globalThis.clearInterval = (id) => this.#timers.delete(id);
    globalThis.requestAnimationFrame = (work) => this.#add(work, frame_ms);
    globalThis.cancelAnimationFrame = globalThis.clearTimeout;
    Object.defineProperty(globalThis, 'performance', {
      value: { now: () => this.#now_ms }, configurable: true, writable: true,
    });
  }

  #add(work, wait_ms, every_ms) {
    const id = this.#next;
    this.#next += 1;
    this.#timers.set(id, { work, at_ms: this.#now_ms + wait_ms, every_ms });
    return id;
  }

  /** The time until the next timer; null if there is none. */
  get next_ms() {
    const all = [...this.#timers.values()].map(({ at_ms }) => at_ms - this.#now_ms);
    return all.length > 0 ? Math.min(...all) : null;
  }

  /** Advances the clock, running each timer that is due, and microtasks in between. */
  async move(by_ms) {
    const end_ms = this.#now_ms + by_ms;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter(([, { at_ms }]) => at_ms <= end_ms)
        .sort(([, a], [, b]) => a.at_ms - b.at_ms)[0];
      if (!due) break;
      const [id, timer] = due;
      this.#now_ms = Math.max(this.#now_ms, timer.at_ms);
      if (timer.every_ms === undefined) this.#timers.delete(id);
      else timer.at_ms += timer.every_ms;
      timer.work(this.#now_ms);
      await settle();
    }
    this.#now_ms = end_ms;
  }
}

/** Lets all microtasks run, including those of mutation observers. */
export const settle = () => new Promise((done) => { real.setTimeout(done, 0); });
