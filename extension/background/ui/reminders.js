// Reminds the agent of what waits for them: a form that lies open untouched, a mute by hand that lasts. One
// desktop notification each, taken back when the host no longer says so.

import { REMINDERS } from '../../common/notices.js';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('./wording.js').Reminder} Reminder
 */

export class Reminders {
  #api;
  /** @type {Map<string, string|null>} code -> what was said; none: a predecessor's may still be shown */
  #shown = new Map();

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** @param {Reminder[]} reminders */
  show(reminders) {
    for (const code of REMINDERS) {
      const due = reminders.find((reminder) => reminder.code === code);
      const saying = due?.words ?? null;
      if (this.#shown.get(code) === saying) continue;
      this.#shown.set(code, saying);
      if (due === undefined) this.#api.notifications.clear(code).catch(() => {});
      else this.#create(due);
    }
  }

  /** @param {Reminder} due */
  #create({ code, meaning, action }) {
    this.#api.notifications.create(code, {
      type: 'basic',
      // It stays while the state changes, so it wears the icon that claims nothing.
      iconUrl: this.#api.runtime.getURL('icons/off-128.png'),
      title: meaning,
      message: action,
      priority: 1,
    }).catch(() => {}); // no notification service: badge, tooltip and banner remain
  }
}
