// The desktop notification of trouble: a needed mute is missing, or a mute does not end. It is shown once for
// each trouble and cleared when the trouble is over. Reminders have notifications of their own.

import { Reminders } from './reminders.js';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../../common/view.js').Model} Model
 */

/** @typedef {'unprotected'|'unmuting'} Trouble named after the view and icon that show it */

// For each trouble, the view while the next attempt is in flight. The notification stays then, because the
// trouble is not over yet.
const TRYING = { unprotected: 'muting', unmuting: 'unmuting' };

// The ID is always the same, so that a restarted worker replaces the notification instead of adding another.
export const NOTIFICATION_ID = 'unprotected';

/** @param {Model} model @returns {Trouble|null} */
function troubleOf({ needed, view, notResumed }) {
  if (needed && view === 'unprotected') return 'unprotected';
  return notResumed ? 'unmuting' : null;
}

export class Notifier {
  #api;
  #reminders;
  /**
   * @type {Trouble|null|undefined} undefined: unknown; the notification of an earlier worker may still be
   *   shown
   */
  #shown;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
    this.#reminders = new Reminders(api);
  }

  /**
   * @param {Model} model @param {{title: string, detail: string, action: string|null}} words
   * @param {import('./wording.js').Reminder[]} reminders
   */
  show(model, words, reminders) {
    this.#showTrouble(model, words);
    this.#reminders.show(reminders);
  }

  /** @param {Model} model @param {{title: string, detail: string, action: string|null}} words */
  #showTrouble(model, words) {
    const due = troubleOf(model);
    if (due === this.#shown) return;
    if (due !== null) {
      this.#shown = due;
      this.#create(due, words);
    } else if (!this.#shown || TRYING[this.#shown] !== model.view) {
      this.#shown = null;
      this.#api.notifications.clear(NOTIFICATION_ID).catch(() => {});
    }
  }

  /** @param {Trouble} trouble @param {{title: string, detail: string, action: string|null}} words */
  #create(trouble, { title, detail, action }) {
    this.#api.notifications.create(NOTIFICATION_ID, {
      type: 'basic',
      iconUrl: this.#api.runtime.getURL(`icons/${trouble}-128.png`),
      title,
      message: [detail, action].filter(Boolean).join('\n'),
      priority: 2,
    }).catch(() => {}); // no notification service: icon, badge and banner remain
  }
}
