// Decides when the popup offers to continue without the mute: once card fields have waited too long for it.
// The banner offers the same, but a page can hide or prevent the banner.

/** @typedef {import('../host/native-port.js').Clock} Clock */

export class WayOut {
  isOffered = false;

  #after;
  #onChange;
  /** @type {(() => void)|null} cancels the timer; null: no card field waits */
  #cancel = null;

  /** @param {Clock['after']} after @param {() => void} onChange */
  constructor(after, onChange) {
    this.#after = after;
    this.#onChange = onChange;
  }

  /**
   * @param {boolean} waits whether card fields wait for the mute
   * @param {number} timeout_ms how long they wait before the popup makes the offer
   */
  review(waits, timeout_ms) {
    if (!waits) {
      this.#cancel?.();
      this.#cancel = null;
      this.isOffered = false;
      return;
    }
    this.#cancel ??= this.#after(timeout_ms, () => {
      this.isOffered = true;
      this.#onChange();
    });
  }
}
