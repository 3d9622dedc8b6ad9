// The early mute: where a control is pressed or a route entered that has led to a payment form before, the
// mute is asked for at once, as a surface of the tab's. It goes when the form is there, or by itself if none
// comes. coordinator.js makes it; content-ports.js tells it what pages say.

import { Leads } from './leads.js';

/** How long an early mute waits for its form, and how long before a form something may have led to it. */
export const EARLY_LAPSE_ms = 5000;

/** What content/leads.js makes is shorter. */
const MAX_KEY_characters = 16;

const REASON = 'early: what has led to a payment form before';

/** @typedef {{origin: string, key: string, at_ms: number}} Lead */

/** The first letter of a key is its kind: see content/leads.js. @param {Lead|undefined} lead */
const isPress = (lead) => lead?.key.startsWith('p') === true;

/** @param {number} tabId */
const surfaceOf = (tabId) => `early-${tabId}`;

export class EarlyMute {
  #clock;
  #surfaces;
  #isOn;
  #leads;
  /** @type {Map<number, Map<string, Lead>>} tab -> kind of lead -> the last one */
  #recent = new Map();
  /** @type {Map<number, {cancel: () => void}>} tab -> its early mute */
  #running = new Map();

  /**
   * @param {import('./leads.js').Api} api
   * @param {import('./native-port.js').Clock} clock
   * @param {Pick<import('./declared-surfaces.js').Surfaces, 'open'|'close'>} surfaces
   * @param {() => boolean} isOn policy.premute
   */
  constructor(api, clock, surfaces, isOn) {
    this.#clock = clock;
    this.#surfaces = surfaces;
    this.#isOn = isOn;
    this.#leads = new Leads(api);
  }

  /** What earlier workers have learnt. */
  async restore() {
    await this.#leads.restore();
  }

  /**
   * A control was pressed, or a route entered.
   * @param {number} tabId @param {string|undefined} origin @param {string} key
   */
  led(tabId, origin, key) {
    if (!this.#isOn() || origin === undefined || key.length > MAX_KEY_characters) return;
    const lead = { origin, key, at_ms: this.#clock.now() };
    const recent = this.#recent.get(tabId) ?? new Map();
    recent.delete(key[0]);
    recent.set(key[0], lead); // the last one is the last in the map
    this.#recent.set(tabId, recent);
    if (this.#leads.foretells(origin, key) && !this.#running.has(tabId)) this.#start(tabId, lead);
  }

  /** A payment form is open in the tab, and has its own surface already. @param {number} tabId */
  formOpened(tabId) {
    const since_ms = this.#clock.now() - EARLY_LAPSE_ms;
    const leads = [...this.#recent.get(tabId)?.values() ?? []].filter(({ at_ms }) => at_ms >= since_ms);
    // A press and then a route both led to it; where the press came last, the route was there without it.
    for (const { origin, key } of isPress(leads.at(-1)) ? leads.slice(-1) : leads) {
      this.#leads.followed(origin, key);
    }
    this.#recent.delete(tabId);
    this.#end(tabId, 'the form is there');
  }

  /** @param {number} tabId */
  tabClosed(tabId) {
    this.#recent.delete(tabId);
    this.#end(tabId, 'tab closed');
  }

  /** @param {number} tabId @param {Lead} lead */
  #start(tabId, { origin, key }) {
    const cancel = this.#clock.after(EARLY_LAPSE_ms, () => {
      this.#leads.failed(origin, key);
      this.#end(tabId, 'no form came');
    });
    this.#running.set(tabId, { cancel });
    this.#surfaces.open({ id: surfaceOf(tabId), origin, reason: REASON });
  }

  /** @param {number} tabId @param {string} reason */
  #end(tabId, reason) {
    const running = this.#running.get(tabId);
    if (running === undefined) return;
    running.cancel();
    this.#running.delete(tabId);
    this.#surfaces.close(surfaceOf(tabId), reason);
  }
}
