// The tabs in which the agent continued without the mute, so that the card fields do not wait there. A tab
// leaves the list with its last form, and when the call is muted. If the mute is lost, the fields wait again.

import { formsIn, tabsWithForms } from './pages.js';

/** @typedef {import('./pages.js').Page} Page */

export class ReleasedTabs {
  #pages;
  #onContinue;
  /** @type {Set<number>} */
  #tabs = new Set();

  /**
   * @param {() => Page[]} pages of all frames
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

  /** @returns {number[]} the tabs with forms in which the agent has not pressed "Continue anyway" */
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
