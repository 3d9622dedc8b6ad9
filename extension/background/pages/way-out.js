// Whether the popup offers to continue without the mute: where card fields have waited for it in vain. The
// banner offers the same, but it stands in the page, and a page can hide it or keep it out.

/** @typedef {import('../host/native-port.js').Clock} Clock */

export class WayOut {
  isOffered = false;

  #after;
  #onChange;
  /** @type {(() => void)|null} null: nothing waits */
  #cancel = null;

  /** @param {Clock['after']} after @param {() => void} onChange */
  constructor(after, onChange) {
    this.#after = after;
    this.#onChange = onChange;
  }

  /**
   * @param {boolean} waits card fields wait for the mute
   * @param {number} timeout_ms how long they have to wait before it is offered
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
