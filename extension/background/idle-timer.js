// Calls a function after an idle period.

/** @typedef {import('./host/native-port.js').Clock} Clock */

export class IdleTimer {
  #clock;
  #delay_ms;
  #run;
  /** @type {(() => void)|null} */
  #cancel = null;

  /** @param {Clock} clock @param {number} delay_ms @param {() => void} run */
  constructor(clock, delay_ms, run) {
    this.#clock = clock;
    this.#delay_ms = delay_ms;
    this.#run = run;
  }

  /** @param {boolean} idle */
  set(idle) {
    if (!idle) {
      this.#cancel?.();
      this.#cancel = null;
    } else if (this.#cancel === null) {
      this.#cancel = this.#clock.after(this.#delay_ms, () => {
        this.#cancel = null;
        this.#run();
      });
    }
  }
}
