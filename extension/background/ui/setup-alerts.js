// Desktop notifications of what an administrator has to correct before cards are protected. Each is shown
// once and cleared when the problem is gone. Icon and popup show the problem as long as it exists.

/**
 * Where the last alert is stored, so that a new worker does not show it again. In `local` it is kept until
 * the problem is gone, in `session` until the browser is closed.
 */
const MEMORY = /** @type {const} */ ({
  not_set_up: 'local', site_blocked: 'session', frame_unseen: 'session',
});
const KEEPS_MEMORY = new Set(['site_blocked', 'frame_unseen']);
const STORED_AS = 'setupAlerts';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {keyof typeof MEMORY} Code
 * @typedef {Record<Code, {title: string, message: string}|null|undefined>} Due null: there is no problem.
 *   undefined: not known yet
 */

export class SetupAlerts {
  #api;
  /** @type {Map<string, string>|null} code -> the last message; null: not read from storage yet */
  #told = null;
  /** @type {Set<string>} the alerts that may still be on the desktop */
  #standing = new Set(Object.keys(MEMORY));

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** Reads which alerts earlier workers have shown. */
  async restore() {
    const told = new Map();
    for (const [code, area] of Object.entries(MEMORY)) {
      /** @type {Record<string, any>} */
      const { [STORED_AS]: stored } = await this.#api.storage[area].get(STORED_AS).catch(() => ({}));
      if (typeof stored?.[code] === 'string') told.set(code, stored[code]);
    }
    this.#told = told;
  }

  /** @param {Due} due */
  show(due) {
    if (this.#told === null) return;
    for (const code of /** @type {Code[]} */ (Object.keys(MEMORY))) {
      const words = due[code];
      if (words === null) this.#takeBack(code);
      else if (words !== undefined && this.#told.get(code) !== words.message) this.#tell(code, words);
    }
  }

  /** @param {Code} code */
  #takeBack(code) {
    if (this.#standing.delete(code)) this.#api.notifications.clear(code).catch(() => {});
    if (!KEEPS_MEMORY.has(code) && this.#told?.delete(code)) this.#remember(code);
  }

  /** @param {Code} code @param {{title: string, message: string}} words */
  #tell(code, { title, message }) {
    this.#told?.set(code, message);
    this.#remember(code);
    this.#standing.add(code);
    this.#api.notifications.create(code, {
      type: 'basic',
      iconUrl: this.#api.runtime.getURL('icons/unprotected-128.png'),
      title,
      message,
      priority: 2,
    }).catch(() => {}); // no notification service: icon and popup remain
  }

  /** @param {Code} code */
  #remember(code) {
    const area = MEMORY[code];
    const told = [...this.#told ?? []].filter(([one]) => MEMORY[/** @type {Code} */ (one)] === area);
    this.#api.storage[area].set({ [STORED_AS]: Object.fromEntries(told) }).catch(() => {});
  }
}
