// The tabs in which the agent continued without the mute, so that the card fields do not wait there. A tab is
// removed when its last form has closed or the call is muted. If the mute is lost later, the fields wait
// again.

import { formsIn, tabsWithForms } from './pages.js';

/** @typedef {import('./pages.js').Page} Page */

export class ReleasedTabs {
  #pages;
  #onContinue;
  /** @type {Set<number>} */
  #tabs = new Set();

  /**
   * @param {() => Page[]} pages all connected frames
   * @param {(surfaces: string[], seen: boolean|undefined) => void} onContinue
   */
  constructor(pages, onContinue) {
    this.#pages = pages;
    this.#onContinue = onContinue;
  }

  /** @param {number} tabId */
  has(tabId) {
    return this.#tabs.has(tabId);
  }

  /** @returns {number[]} the tabs with a form in which the agent has not continued without the mute */
  get waiting() {
    return tabsWithForms(this.#pages()).filter((tabId) => !this.#tabs.has(tabId));
  }

  /**
   * To be called when the agent continues although the call is not muted. Does nothing in a tab without an
   * open form.
   * @param {number} tabId
   * @param {boolean} [seen] whether the banner was seen; undefined: the agent used the popup
   */
  add(tabId, seen) {
    const surfaces = formsIn(this.#pages(), tabId);
    if (surfaces.length === 0) return;
    this.#tabs.add(tabId);
    this.#onContinue(surfaces, seen);
  }

  /** @param {boolean} muted */
  review(muted) {
    for (const tabId of this.#tabs) {
      if (muted || formsIn(this.#pages(), tabId).length === 0) this.#tabs.delete(tabId);
    }
  }
}
