// The override: the agent mutes by hand without a form, or records although one is open. Only a mute by hand
// outlives a lost connection: in doubt the call is muted, never recorded.

/**
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {import('../../common/protocol.js').Reply} Reply
 * @typedef {'auto'|'mute'|'record'} Mode
 * @typedef {{isReady: () => boolean,
 *   request: (type: string, fields: object) => Promise<Reply>,
 *   save: (muteByHand: boolean) => void, onChange: () => void}} Parts
 */

// After these errors the host has not taken the override; after any other it keeps it and retries.
const NOT_TAKEN = new Set(['override_refused', 'bad_request', 'bad_frame', 'config_invalid']);

export class Override {
  muteByHand = false;
  /** @type {Problem|null} how the override that is in force was refused */
  refusal = null;

  #parts;
  #asking = 0;
  // The host of this connection has confirmed the mute by hand.
  #held = false;
  #saved = false;
  /** @type {(() => void)[]|null} pressed before what is stored was read; null: it has been read */
  #early = [];

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get asking() {
    return this.#asking > 0;
  }

  /**
   * What an earlier worker has stored. The host may be connected already, and what the agent has pressed
   * meanwhile takes its place.
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

  /** A new host is connected, and knows of no override. */
  repeat() {
    if (this.muteByHand) this.#ask('mute');
  }

  /**
   * A mute by hand that the host had confirmed, and no longer reports, has ended by itself: it is not
   * requested again.
   * While a request is in flight the host may have said this before it.
   * @param {Mode} mode as the host says
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

  /** The connection is gone; the next host has not held anything yet. */
  forgetHost() {
    this.#held = false;
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} why it could not be done */
  set(mode) {
    const early = this.#early;
    if (early === null) return this.#carryOut(mode);
    return new Promise((resolve) => {
      early.push(() => resolve(this.#carryOut(mode).then((problem) => {
        // Refused, it leaves what was stored in force, of which this host does not know yet.
        if (problem !== null && this.#parts.isReady()) this.repeat();
        return problem;
      })));
    });
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} */
  async #carryOut(mode) {
    if (this.#parts.isReady()) return this.#ask(mode);
    if (mode !== 'auto') return { code: 'host_lost', message: '' };
    // A host that comes back knows of no override, so to lift it here is enough.
    this.#keep(false);
    this.refusal = null;
    this.#parts.onChange();
    return null;
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} */
  async #ask(mode) {
    const before = this.muteByHand;
    // From the moment that it is asked for: a connection that breaks now asks for a mute again.
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
