// The early mute. When a person presses a control or enters a route that has led to a payment form before,
// the mute is requested at once: a surface is opened for the tab. The surface is closed when the form opens
// or the tab closes, or after EARLY_LAPSE_ms if no form opens.

import { Predictors } from './predictors.js';

/**
 * How long an early mute lasts without a form. A press or a route can count as having led to a form only if
 * it came at most this long before the form.
 */
export const EARLY_LAPSE_ms = 5000;

/** The keys that content/predictors.js makes are shorter. */
const MAX_KEY_characters = 16;

const REASON = 'early: what has led to a payment form before';

/** @typedef {{origin: string, key: string, at_ms: number}} Predictor */

/** The first letter of a key is its kind: "p" for a press. @param {Predictor|undefined} predictor */
const isPress = (predictor) => predictor?.key.startsWith('p') === true;

/** @param {number} tabId */
const surfaceOf = (tabId) => `early-${tabId}`;

export class EarlyMute {
  #clock;
  #surfaces;
  #isOn;
  #predictors;
  /** @type {Map<number, Map<string, Predictor>>} tab -> kind -> the last predictor of that kind */
  #recent = new Map();
  /** @type {Map<number, {cancel: () => void}>} tab -> its early mute */
  #running = new Map();

  /**
   * @param {import('./predictors.js').Api} api
   * @param {import('../host/native-port.js').Clock} clock
   * @param {Pick<import('../host/declared-surfaces.js').Surfaces, 'open'|'close'>} surfaces
   * @param {() => boolean} isOn whether policy.premute is on
   */
  constructor(api, clock, surfaces, isOn) {
    this.#clock = clock;
    this.#surfaces = surfaces;
    this.#isOn = isOn;
    this.#predictors = new Predictors(api);
  }

  /** Reads what earlier workers have learnt. */
  async restore() {
    await this.#predictors.restore();
  }

  /** @param {number} tabId @param {string|undefined} origin @param {string} key of the control or route */
  pressedOrEntered(tabId, origin, key) {
    if (!this.#isOn() || origin === undefined || key.length > MAX_KEY_characters) return;
    const predictor = { origin, key, at_ms: this.#clock.now() };
    const recent = this.#recent.get(tabId) ?? new Map();
    recent.delete(key[0]);
    recent.set(key[0], predictor); // put at the end, because formOpened() needs them in order of time
    this.#recent.set(tabId, recent);
    if (this.#predictors.foretells(origin, key) && !this.#running.has(tabId)) this.#start(tabId, predictor);
  }

  /**
   * To be called when a payment form has opened in the tab, after the form's own surface has been opened.
   * @param {number} tabId
   */
  formOpened(tabId) {
    const since_ms = this.#clock.now() - EARLY_LAPSE_ms;
    const predictors = [...this.#recent.get(tabId)?.values() ?? []].filter(({ at_ms }) => at_ms >= since_ms);
    // If a route came after the press, both have led to the form. If the press came last, only the press has.
    for (const { origin, key } of isPress(predictors.at(-1)) ? predictors.slice(-1) : predictors) {
      this.#predictors.followed(origin, key);
    }
    this.#recent.delete(tabId);
    this.#end(tabId, 'the form is there');
  }

  /**
   * Forgets what has led to forms at the origin. To be called when one of them was not a payment form.
   * @param {string} origin
   */
  forget(origin) {
    this.#predictors.forget(origin);
  }

  /** @param {number} tabId */
  tabClosed(tabId) {
    this.#recent.delete(tabId);
    this.#end(tabId, 'tab closed');
  }

  /** @param {number} tabId @param {Predictor} predictor */
  #start(tabId, { origin, key }) {
    const cancel = this.#clock.after(EARLY_LAPSE_ms, () => {
      this.#predictors.failed(origin, key);
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
