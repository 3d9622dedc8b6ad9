// Notices the end of tabs with frames of ours. Chromium does not always end the port of a script that
// connects while its tab is closing, and the call would stay muted.

/**
 * How often a tab with an open form is asked for: a tab that closes just while its script connects may send
 * no event that is heard.
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

  /** A frame of the tab has connected. @param {number} tabId */
  watch(tabId) {
    this.#tabs.onRemoved.addListener(this.#onClosed);
    this.#ask(tabId);
  }

  /** A form has opened in the tab, which is asked for from now on until it has none. @param {number} tabId */
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

  /** No frame is connected any more. Without the listener, a closed tab starts no worker for nothing. */
  rest() {
    this.#tabs.onRemoved.removeListener(this.#onClosed);
  }

  /** @param {number} tabId */
  #ask(tabId) {
    this.#tabs.get(tabId).catch(() => this.#onClosed(tabId));
  }
}
