// The override: the agent mutes by hand without a form, or records although one is open. Only a mute by hand
// survives a lost connection: in doubt the call is muted, never recorded.

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
  /** @type {Problem|null} the last error of a mute by hand that is in force */
  refusal = null;

  #parts;
  #asking = 0;
  // Whether the host of this connection has confirmed the mute by hand.
  #held = false;
  #saved = false;
  /**
   * @type {(() => void)[]|null} presses that wait until storage has been read; null: storage has been read
   */
  #early = [];

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get asking() {
    return this.#asking > 0;
  }

  /**
   * Restores what an earlier worker has stored, then carries out what the agent has pressed meanwhile. The
   * host may be connected already.
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

  /** Requests the mute by hand, if there is one, from a newly connected host, which knows of no override. */
  repeat() {
    if (this.muteByHand) this.#ask('mute');
  }

  /**
   * A mute by hand that the host confirmed and no longer reports has ended by itself, so it is not requested
   * again. A status that comes while a request is in flight does not count: the host may have sent it before
   * the request arrived.
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

  /** To be called when the connection is lost. The next host has not confirmed the mute by hand yet. */
  forgetHost() {
    this.#held = false;
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} why it could not be done; null: it was done */
  set(mode) {
    const early = this.#early;
    if (early === null) return this.#carryOut(mode);
    return new Promise((resolve) => {
      early.push(() => resolve(this.#carryOut(mode).then((problem) => {
        // After a refusal the stored mute is still in force, and this host does not know of it yet.
        if (problem !== null && this.#parts.isReady()) this.repeat();
        return problem;
      })));
    });
  }

  /**
   * Mutes by hand now, or as soon as a host is connected. Its caller shows no answer: icon and notification
   * show the result.
   */
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
    // The next host starts without an override, so there is nothing to tell it. Only the stored mute by hand
    // is cleared.
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
