// The agent's own wish: mute without a form, or record in spite of one. coordinator.js uses it.
// Only the wish to be muted outlives a lost connection: what is in doubt is muted, never recorded.

/**
 * @typedef {import('../common/protocol.js').Problem} Problem
 * @typedef {import('../common/protocol.js').Reply} Reply
 * @typedef {'auto'|'mute'|'record'} Mode
 * @typedef {{isReady: () => boolean,
 *   request: (type: string, fields: object) => Promise<Reply>,
 *   save: (muteWished: boolean) => void, onChange: () => void}} Parts
 */

// The host did nothing with these; after any other error it keeps the wish and goes on trying.
const NOT_TAKEN = new Set(['override_refused', 'bad_request', 'bad_frame', 'config_invalid']);

export class Override {
  muteWished = false;
  /** @type {Problem|null} how the wish that stands was refused */
  refusal = null;

  #parts;
  #asking = 0;
  // The host of this connection has said that it holds the mute by hand.
  #held = false;
  #saved = false;
  /** @type {(() => void)[]|null} pressed before it was known what a predecessor has stored; null: it is */
  #early = [];

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get asking() {
    return this.#asking > 0;
  }

  /**
   * A predecessor's wish, from the time before this worker was started. The host may be there already, and
   * what the agent has pressed meanwhile takes its place.
   * @param {boolean} muteWished
   */
  restore(muteWished) {
    this.#saved = muteWished;
    this.muteWished = muteWished;
    const early = this.#early ?? [];
    this.#early = null;
    for (const carryOut of early) carryOut();
    if (this.#parts.isReady()) this.repeat();
  }

  /** The host is there again and knows nothing of the wish. */
  repeat() {
    if (this.muteWished) this.#ask('mute');
  }

  /**
   * A mute by hand that the host has held and holds no more has ended by itself: it is not asked for again.
   * While a wish is out this may be from before it.
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
  wish(mode) {
    const early = this.#early;
    if (early === null) return this.#carryOut(mode);
    return new Promise((resolve) => {
      early.push(() => resolve(this.#carryOut(mode).then((problem) => {
        // A refused wish leaves the predecessor's standing, of which this host has not heard yet.
        if (problem !== null && this.#parts.isReady()) this.repeat();
        return problem;
      })));
    });
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} */
  async #carryOut(mode) {
    if (this.#parts.isReady()) return this.#ask(mode);
    if (mode !== 'auto') return { code: 'host_lost', message: '' };
    // A host that comes back knows of no wish, so that one is lifted here as well as there.
    this.#keep(false);
    this.refusal = null;
    this.#parts.onChange();
    return null;
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} */
  async #ask(mode) {
    const before = this.muteWished;
    // From the moment that it is asked for: a connection that breaks now asks for a mute again.
    this.#keep(mode === 'mute');
    this.#asking += 1;
    this.#parts.onChange();
    const problem = await this.#parts.request('override', { mode }).then(
      (reply) => reply.error,
      (failure) => ({ code: failure.code ?? 'internal', message: '' }));
    this.#asking -= 1;
    if (problem !== null && NOT_TAKEN.has(problem.code)) this.#keep(before);
    this.refusal = this.muteWished ? problem : null;
    this.#parts.onChange();
    return problem;
  }

  /** @param {boolean} muteWished */
  #keep(muteWished) {
    this.muteWished = muteWished;
    if (muteWished === this.#saved) return;
    this.#saved = muteWished;
    this.#parts.save(muteWished);
  }
}
