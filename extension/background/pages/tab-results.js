// Keeps which of the administrator's rules say that a payment has ended, and in which frame. Such a result
// also ends the forms in the tab's other frames, until no result holds in the tab any more.

import { OUTCOMES } from '../../common/rules.js';

/** @template {{tabId: number}} Page */
export class TabResults {
  #tell;
  /** @type {Map<Page, Set<string>>} frame -> the names of the rules whose result holds there */
  #held = new Map();

  /**
   * @param {(page: Page, message: object) => void} tell sends a message to the other frames of the page's tab
   */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * @param {Page} page
   * @param {string} rule
   * @param {unknown} outcome null: the result no longer holds
   * @param {boolean} again whether the result is older than this connection, so that no form is to be ended
   */
  heard(page, rule, outcome, again) {
    const rules = this.#held.get(page) ?? new Set();
    if (typeof outcome === 'string' && OUTCOMES.includes(outcome)) {
      this.#held.set(page, rules.add(rule));
      if (!again) this.#tell(page, { type: 'ended', outcome, rule });
    } else if (rules.delete(rule)) {
      if (rules.size === 0) this.gone(page);
    }
  }

  /** To be called when the frame has gone, or no result holds in it any more. @param {Page} page */
  gone(page) {
    if (!this.#held.delete(page)) return;
    const others = [...this.#held.keys()].some(({ tabId }) => tabId === page.tabId);
    if (!others) this.#tell(page, { type: 'ended', outcome: null });
  }
}
