// That the agent went on although the mute was not held, for the host's log and ledger. The host may be away
// just then: it is told when it is back. coordinator.js uses it.

/** Forms that are remembered for a host that is away; the last ones count. */
export const MAX_CONTINUED = 50;

/** An older host does not know the request, and never will. */
const FOR_GOOD = new Set(['bad_request']);

export class Continued {
  #request;
  #onChange;
  /** @type {Set<string>} forms that the host is still to be told of */
  #untold = new Set();

  /**
   * @param {(type: string, fields: object) => Promise<import('../common/protocol.js').Reply>} request
   * @param {() => void} onChange
   */
  constructor(request, onChange) {
    this.#request = request;
    this.#onChange = onChange;
  }

  /** @param {string[]} surfaces */
  add(surfaces) {
    for (const surface of surfaces) this.#untold.add(surface);
    this.#untold = new Set([...this.#untold].slice(-MAX_CONTINUED));
    this.repeat();
    this.#onChange();
  }

  /** The host is there. */
  repeat() {
    for (const surface of this.#untold) {
      this.#request('surface.continue', { surface }).then(
        () => { this.#untold.delete(surface); },
        ({ code }) => { if (FOR_GOOD.has(code)) this.#untold.delete(surface); },
      );
    }
  }
}
