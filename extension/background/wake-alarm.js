// An alarm that starts the worker again if it was ended while it was needed, for example by a crash during a
// mute. While the worker is not needed there is no alarm.

export const ALARM_NAME = 'watch';
/** The shortest period that Chromium allows. */
export const PERIOD_ms = 30_000;

/** @typedef {typeof import('../common/api.js').api} Api */

export class WakeAlarm {
  #api;
  #onAlarm;
  /** @type {boolean|null} null: unknown, an earlier worker may have set the alarm */
  #on = null;

  /** @param {Api} api @param {() => void} onAlarm */
  constructor(api, onAlarm) {
    this.#api = api;
    this.#onAlarm = onAlarm;
  }

  /** Must be called in the worker's first turn of the event loop, because the alarm starts a worker. */
  start() {
    this.#api.alarms.onAlarm.addListener(({ name }) => {
      if (name === ALARM_NAME) this.#onAlarm();
    });
    // Set at once, so that another worker is started if this one is ended while it starts.
    this.set(true);
  }

  /** @param {boolean} unsettled */
  set(unsettled) {
    if (unsettled === this.#on) return;
    this.#on = unsettled;
    if (unsettled) this.#api.alarms.create(ALARM_NAME, { periodInMinutes: PERIOD_ms / 60_000 });
    else this.#api.alarms.clear(ALARM_NAME);
  }
}
