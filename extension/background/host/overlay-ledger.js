// What happened at the overlay, for the host's log and ledger: the agent went on although the mute was not
// held, the banner was not seen. What happens while the host is away is sent when
// it is back.

/** How many are remembered for a host that is away; the last ones count. */
export const MAX_UNTOLD = 50;

/** An older host does not know the request, and never will. */
const FOR_GOOD = new Set(['bad_request']);

export class OverlayLedger {
  #request;
  #onChange;
  /** @type {Map<string, {type: string, fields: object, isAsked: boolean}>} the host is to be told */
  #untold = new Map();

  /**
   * @param {(type: string, fields: object) => Promise<import('../../common/protocol.js').Reply>} request
   * @param {() => void} onChange
   */
  constructor(request, onChange) {
    this.#request = request;
    this.#onChange = onChange;
  }

  /**
   * @param {string[]} surfaces
   * @param {boolean} [seen] whether the banner was seen when the agent went on; none: in the popup
   */
  continued(surfaces, seen) {
    for (const surface of surfaces) this.#add('surface.continue', { surface, seen });
    this.repeat();
    this.#onChange();
  }

  /** @param {string} surface @param {import('../../common/protocol.js').OverlayProblem} event */
  problem(surface, event) {
    this.#add('overlay.report', { surface, event });
    this.repeat();
  }

  /** @param {string} type @param {object} fields */
  #add(type, fields) {
    const key = `${type} ${JSON.stringify(fields)}`;
    if (this.#untold.has(key)) return;
    this.#untold.set(key, { type, fields, isAsked: false });
    for (const old of [...this.#untold.keys()].slice(0, -MAX_UNTOLD)) this.#untold.delete(old);
  }

  /** The host is there. */
  repeat() {
    for (const [key, untold] of this.#untold) {
      if (untold.isAsked) continue;
      untold.isAsked = true;
      this.#request(untold.type, untold.fields).then(
        () => { this.#untold.delete(key); },
        ({ code }) => {
          untold.isAsked = false;
          if (FOR_GOOD.has(code)) this.#untold.delete(key);
        },
      );
    }
  }
}
