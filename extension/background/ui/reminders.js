// Desktop notifications for the notices that ask the agent to act, such as an untouched form or a long mute
// by hand. Each notice has one notification, which is cleared when the notice is gone.

import { REMINDERS } from '../../common/notices.js';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('./wording.js').Reminder} Reminder
 */

export class Reminders {
  #api;
  /**
   * @type {Map<string, string|null>} code -> the words that are shown; null: nothing is shown. A code without
   *   an entry is unknown: the notification of an earlier worker may still be shown
   */
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
      // The notification stays while the state changes, so its icon must not claim a state.
      iconUrl: this.#api.runtime.getURL('icons/off-128.png'),
      title: meaning,
      message: action,
      priority: 1,
    }).catch(() => {}); // no notification service: badge, tooltip and banner remain
  }
}
