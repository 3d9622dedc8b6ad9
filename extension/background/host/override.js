// The override: the agent mutes by hand without a form, or records although one is open. After a lost
// connection only a mute by hand is requested again, because a needless mute is better than a recorded card.

/**
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {import('../../common/protocol.js').Reply} Reply
 * @typedef {'auto'|'mute'|'record'} Mode
 * @typedef {{isReady: () => boolean,
 *   request: (type: string, fields: object) => Promise<Reply>,
 *   save: (muteByHand: boolean) => void, onChange: () => void}} Parts
 */

// After these errors the host has not accepted the override. After any other error it keeps the override and
// retries.
const NOT_TAKEN = new Set(['override_refused', 'bad_request', 'bad_frame', 'config_invalid']);

export class Override {
  muteByHand = false;
  /** @type {Problem|null} the error of the last request, if a mute by hand is in force; otherwise null */
  refusal = null;

  #parts;
  #asking = 0;
  // Whether the host of this connection has confirmed the mute by hand.
  #held = false;
  #saved = false;
  /** @type {(() => void)[]|null} what the agent requested before storage was read; null: it has been read */
  #early = [];

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get asking() {
    return this.#asking > 0;
  }

  /**
   * Restores what an earlier worker has stored. Then carries out what the agent has requested while storage
   * was being read. The host may be connected already.
   * @param {boolean} muteByHand
   */
  restore(muteByHand) {
    this.#saved = muteByHand;
    this.muteByHand = muteByHand;
    const early = this.#early ?? [];
    this.#early = null;
    for (const carryOut of early) carryOut();
    if (this.#parts.isReady()) this.repeat();
  }

  /** Requests the mute by hand again, if there is one. To be called when a host has connected. */
  repeat() {
    if (this.muteByHand) this.#ask('mute');
  }

  /**
   * If the host has confirmed a mute by hand and no longer reports it, the mute has ended by itself, so it is
   * not requested again. A status that comes while a request is in flight does not count: the host may have
   * sent it before the request arrived.
   * @param {Mode} mode as the host reports it
   */
  heard(mode) {
    if (mode === 'mute') {
      this.#held = true;
    } else if (this.#held && this.#asking === 0) {
      this.#held = false;
      this.#keep(false);
      this.refusal = null;
    }
  }

  /** To be called when the connection is lost: the next host has confirmed nothing yet. */
  forgetHost() {
    this.#held = false;
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} why it could not be done; null: it was done */
  set(mode) {
    const early = this.#early;
    if (early === null) return this.#carryOut(mode);
    return new Promise((resolve) => {
      early.push(() => resolve(this.#carryOut(mode).then((problem) => {
        // After a refusal, a stored mute is still in force, and this host does not know of it yet.
        if (problem !== null && this.#parts.isReady()) this.repeat();
        return problem;
      })));
    });
  }

  /** Mutes by hand now, or as soon as a host is connected. The result is shown by icon and notification. */
  async muteSoon() {
    const problem = await this.set('mute');
    if (problem?.code !== 'host_lost' || this.#parts.isReady()) return;
    this.#keep(true);
    this.#parts.onChange();
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} */
  async #carryOut(mode) {
    if (this.#parts.isReady()) return this.#ask(mode);
    if (mode !== 'auto') return { code: 'host_lost', message: '' };
    // The next host starts without an override, so only the stored mute by hand has to be cleared.
    this.#keep(false);
    this.refusal = null;
    this.#parts.onChange();
    return null;
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} */
  async #ask(mode) {
    const before = this.muteByHand;
    // The mode is stored before the host answers, so that the mute is requested again if the connection is
    // lost now.
    this.#keep(mode === 'mute');
    this.#asking += 1;
    this.#parts.onChange();
    const problem = await this.#parts.request('override', { mode }).then(
      (reply) => reply.error,
      (failure) => ({ code: failure.code ?? 'internal', message: '' }));
    this.#asking -= 1;
    if (problem !== null && NOT_TAKEN.has(problem.code)) this.#keep(before);
    this.refusal = this.muteByHand ? problem : null;
    this.#parts.onChange();
    return problem;
  }

  /** @param {boolean} muteByHand */
  #keep(muteByHand) {
    this.muteByHand = muteByHand;
    if (muteByHand === this.#saved) return;
    this.#saved = muteByHand;
    this.#parts.save(muteByHand);
  }
}
