// Which of the administrator's rules say that a payment has ended, and in which frame: that ends the forms in
// all frames of the tab, until none of it holds any more.

import { OUTCOMES } from '../../common/rules.js';

/**
 * @template {{tabId: number}} Page
 */
export class TabResults {
  #tell;
  /** @type {Map<Page, Set<string>>} the rules that hold in a frame */
  #held = new Map();

  /** @param {(page: Page, message: object) => void} tell the other frames of a page's tab */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * @param {Page} page
   * @param {string} rule
   * @param {unknown} outcome null: the result holds no more
   * @param {boolean} again it has held since before this worker started: nothing new has ended
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

  /** @param {Page} page the frame, or the last result in it */
  gone(page) {
    if (!this.#held.delete(page)) return;
    const others = [...this.#held.keys()].some(({ tabId }) => tabId === page.tabId);
    if (!others) this.#tell(page, { type: 'ended', outcome: null });
  }
}
