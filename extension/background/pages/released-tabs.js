// The tabs in which the agent continued without the mute: their card fields do not wait. A tab leaves the
// list with its last form, and when the call is muted; if that mute is lost, the fields wait again.

export class ReleasedTabs {
  /** @type {Set<number>} */
  #tabs = new Set();

  /** @param {number} tabId */
  has(tabId) {
    return this.#tabs.has(tabId);
  }

  /** @param {number} tabId */
  add(tabId) {
    this.#tabs.add(tabId);
  }

  /** @param {boolean} muted @param {(tabId: number) => boolean} hasForm */
  review(muted, hasForm) {
    for (const tabId of this.#tabs) if (muted || !hasForm(tabId)) this.#tabs.delete(tabId);
  }
}
