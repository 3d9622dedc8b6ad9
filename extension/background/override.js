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

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get asking() {
    return this.#asking > 0;
  }

  /** A predecessor's wish, from the time before this worker was started. */
  restore() {
    this.muteWished = true;
    this.#parts.onChange();
  }

  /** The host is there again and knows nothing of the wish. */
  repeat() {
    if (this.muteWished) this.#ask('mute');
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} why it could not be done */
  async wish(mode) {
    if (!this.#parts.isReady()) return { code: 'host_lost', message: '' };
    const before = this.muteWished;
    // Kept from the moment it is asked for, so that a connection that breaks now asks for it again.
    if (mode === 'mute') this.#keep(true);
    const problem = await this.#ask(mode);
    const taken = problem === null || !NOT_TAKEN.has(problem.code);
    this.#keep(taken ? mode === 'mute' : before);
    return problem;
  }

  /** @param {Mode} mode @returns {Promise<Problem|null>} */
  async #ask(mode) {
    this.#asking += 1;
    this.#parts.onChange();
    try {
      const { error } = await this.#parts.request('override', { mode });
      this.refusal = mode === 'mute' ? error : null;
      return error;
    } catch (failure) {
      return { code: /** @type {{code?: string}} */ (failure).code ?? 'internal', message: '' };
    } finally {
      this.#asking -= 1;
      this.#parts.onChange();
    }
  }

  /** @param {boolean} muteWished */
  #keep(muteWished) {
    if (muteWished === this.muteWished) return;
    this.muteWished = muteWished;
    if (!muteWished) this.refusal = null;
    this.#parts.save(muteWished);
    this.#parts.onChange();
  }
}
