// Reports to the background whether the overlay can be put into the page.

export class Failure {
  #send;
  #failed = false;

  /** @param {(message: import('../common/page-messages.js').PageMessage) => void} send to the background */
  constructor(send) {
    this.#send = send;
  }

  /** @param {boolean} failed */
  set = (failed) => {
    if (failed === this.#failed) return;
    this.#failed = failed;
    this.#say();
  };

  /** Reports a failure again. To be called when there is a new background, which does not know of it. */
  repeat() {
    if (this.#failed) this.#say();
  }

  /**
   * Runs a function, and reports a failure if it throws.
   * @template T
   * @param {() => T} work
   * @returns {T | undefined} undefined: it has thrown
   */
  guard(work) {
    try {
      return work();
    } catch {
      this.set(true);
      return undefined;
    }
  }

  #say() {
    this.#send({ type: 'overlay_failed', failed: this.#failed });
  }
}
