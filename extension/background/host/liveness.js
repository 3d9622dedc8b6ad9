// Detects a host that hangs with its port open, so that no outdated "muted" stays on display. The host is
// sent a request only after a silence, and only while a mute is needed or shown.

// How long the host may be silent before it is sent a request. With default settings it sends messages more
// often than this while a call is muted.
export const HOST_SILENCE_ms = 5000;
// How long the host may take to answer that request. Any message counts as an answer.
export const HOST_ANSWER_ms = 2000;

/** @typedef {import('./native-port.js').Clock} Clock */

export class Liveness {
  #clock;
  #ask;
  #onSilent;
  #watched = false;
  /** @type {() => void} */
  #cancel = () => {};

  /**
   * @param {Clock} clock
   * @param {() => void} ask sends the host a request
   * @param {() => void} onSilent called when no message has come in time after the request
   */
  constructor(clock, ask, onSilent) {
    this.#clock = clock;
    this.#ask = ask;
    this.#onSilent = onSilent;
  }

  /** @param {boolean} watched whether the host is connected and someone relies on it */
  set(watched) {
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.#cancel();
    if (watched) this.#wait();
  }

  /** To be called when a message of the host has arrived. */
  heard() {
    if (!this.#watched) return;
    this.#cancel();
    this.#wait();
  }

  #wait() {
    this.#cancel = this.#clock.after(HOST_SILENCE_ms, () => {
      this.#cancel = this.#clock.after(HOST_ANSWER_ms, this.#onSilent);
      this.#ask();
    });
  }
}
