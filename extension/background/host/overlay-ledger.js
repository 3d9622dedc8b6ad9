// Reports to the host, for its log and ledger, what happens at the overlay: the agent continued without the
// mute, the banner was not seen, the overlay failed. Reports wait until a host is connected.

/** At most this many reports wait for a host. The oldest are dropped. */
export const MAX_UNTOLD = 50;

/** After these errors a report is not sent again: they mean that it is malformed. */
const FOR_GOOD = new Set(['bad_request']);

export class OverlayLedger {
  #request;
  #onChange;
  /** @type {Map<string, {type: string, fields: object, isAsked: boolean}>} reports without an answer yet */
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
   * @param {boolean} [seen] whether the banner was seen when the agent continued; undefined: the agent
   *   continued in the popup
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

  /** Sends the reports that are not in flight. To be called when a host has connected. */
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
