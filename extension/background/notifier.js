// The desktop notification: once for each time that someone relies on a mute that is not there, and taken
// back when that is over. coordinator.js uses it.

/**
 * @typedef {typeof import('../common/api.js').api} Api
 * @typedef {import('../common/view.js').Model} Model
 */

// One id: a restarted worker replaces its predecessor's notification and adds none.
export const NOTIFICATION_ID = 'unprotected';

export class Notifier {
  #api;
  /** @type {boolean|null} null: a predecessor's may still be shown */
  #shown = null;

  /** @param {Api} api */
  constructor(api) {
    this.#api = api;
  }

  /** @param {Model} model @param {{title: string, detail: string, action: string|null}} words */
  show(model, words) {
    const due = model.needed && model.view === 'unprotected';
    // "muting" is the next try, not yet the end of the trouble.
    const over = !due && model.view !== 'muting';
    if (due && this.#shown !== true) {
      this.#shown = true;
      this.#create(words);
    } else if (over && this.#shown !== false) {
      this.#shown = false;
      this.#api.notifications.clear(NOTIFICATION_ID).catch(() => {});
    }
  }

  /** @param {{title: string, detail: string, action: string|null}} words */
  #create({ title, detail, action }) {
    this.#api.notifications.create(NOTIFICATION_ID, {
      type: 'basic',
      iconUrl: this.#api.runtime.getURL('icons/unprotected-128.png'),
      title,
      message: [detail, action].filter(Boolean).join('\n'),
      priority: 2,
    }).catch(() => {}); // no notification service: icon, badge and banner remain
  }
}
