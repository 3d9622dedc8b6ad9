// Wakes a worker that was ended while something is unsettled: a hand-made mute whose worker crashed, or a
// host that is installed after the extension. coordinator.js uses it; at rest there is no alarm.

export const ALARM_NAME = 'watch';
export const PERIOD_minutes = 0.5;

/** @typedef {typeof import('../common/api.js').api} Api */

export class Watch {
  #api;
  /** @type {boolean|null} null: a predecessor may have left its alarm */
  #on = null;

  /** @param {Api} api @param {() => void} onAlarm */
  constructor(api, onAlarm) {
    this.#api = api;
    api.alarms.onAlarm.addListener(({ name }) => {
      if (name === ALARM_NAME) onAlarm();
    });
  }

  /** @param {boolean} unsettled */
  set(unsettled) {
    if (unsettled === this.#on) return;
    this.#on = unsettled;
    if (unsettled) this.#api.alarms.create(ALARM_NAME, { periodInMinutes: PERIOD_minutes });
    else this.#api.alarms.clear(ALARM_NAME);
  }
}
