// Notices that a tab with a content script has closed. Usually the tab's ports end too. But Chromium does not
// always end the port of a script that connects while its tab is closing, and the call would stay muted.

/**
 * How often to check that a tab with an open form still exists. If a tab closes while its script connects,
 * the browser may not report the removal either.
 */
export const TAB_CHECK_ms = 5000;

export class ClosedTabs {
  #tabs;
  #after;
  #hasForm;
  #onClosed;
  /** @type {Set<number>} */
  #checked = new Set();

  /**
   * @param {object} parts
   * @param {Pick<typeof import('../../common/api.js').api.tabs, 'get'|'onRemoved'>} parts.tabs
   * @param {import('../host/native-port.js').Clock['after']} parts.after
   * @param {(tabId: number) => boolean} parts.hasForm
   * @param {(tabId: number) => void} parts.onClosed
   */
  constructor({ tabs, after, hasForm, onClosed }) {
    this.#tabs = tabs;
    this.#after = after;
    this.#hasForm = hasForm;
    this.#onClosed = onClosed;
  }

  /** To be called when a frame of the tab has connected. Checks that the tab exists. @param {number} tabId */
  watch(tabId) {
    this.#tabs.onRemoved.addListener(this.#onClosed);
    this.#ask(tabId);
  }

  /**
   * To be called when a form has opened in the tab. Until the last form has closed, checks every TAB_CHECK_ms
   * that the tab exists.
   * @param {number} tabId
   */
  formOpened(tabId) {
    if (this.#checked.has(tabId)) return;
    this.#checked.add(tabId);
    this.#after(TAB_CHECK_ms, () => {
      this.#checked.delete(tabId);
      if (!this.#hasForm(tabId)) return;
      this.#ask(tabId);
      this.formOpened(tabId);
    });
  }

  /**
   * To be called when no frame is connected any more. Removes the listener, so that a closing tab does not
   * start an ended worker needlessly.
   */
  rest() {
    this.#tabs.onRemoved.removeListener(this.#onClosed);
  }

  /** @param {number} tabId */
  #ask(tabId) {
    this.#tabs.get(tabId).catch(() => this.#onClosed(tabId));
  }
}
