// Shows the model outside of pages and popup: icon, notifications, and alerts for the administrator.

import { Notifier } from './notifier.js';
import { SetupAlerts } from './setup-alerts.js';
import { Toolbar } from './toolbar.js';
import { setupAlertsOf } from './wording.js';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../../common/view.js').Model} Model
 * @typedef {import('../../common/messages.js').Messages} Messages
 */

export class Display {
  #toolbar;
  #notifier;
  #setupAlerts;

  /** @param {Api} api @param {import('../host/native-port.js').Clock} clock */
  constructor(api, clock) {
    this.#toolbar = new Toolbar(api, clock);
    this.#notifier = new Notifier(api);
    this.#setupAlerts = new SetupAlerts(api);
  }

  /** Reads what an earlier worker has stored. */
  restore() {
    return this.#setupAlerts.restore();
  }

  /**
   * @param {Model} model
   * @param {Pick<ReturnType<typeof import('./wording.js').wordingOf>, 'words'|'reminders'|'tooltip'>} wording
   * @param {import('../policy/sites.js').Sites} sites
   * @param {Messages} messages
   */
  show(model, { words, reminders, tooltip }, sites, messages) {
    this.#toolbar.show(model, tooltip, reminders.length > 0);
    this.#notifier.show(model, words, reminders);
    if (sites.managedIsRead) this.#setupAlerts.show(setupAlertsOf(model, sites.known, messages));
  }
}
