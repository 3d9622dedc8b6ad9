// Remembers which held field had the focus, and gives the focus back to it.

/** @param {Element} field may be in a shadow root */
export const hasFocus = (field) => /** @type {ShadowRoot} */ (field.getRootNode()).activeElement === field;

export class FocusMemory {
  /** @type {Element | null} the field that had the focus and is to get it back */
  #focused = null;
  /** @type {Element | null} the element that has lost the focus; null: another element has got it */
  #left = null;
  #isOurs;
  #waiting = new AbortController();
  #lasting = new AbortController();

  /** @param {(node: Node) => boolean} isOurs whether the node is the element with the banner and covers */
  constructor(isOurs) {
    this.#isOurs = isOurs;
    // These listeners are always active, because the page around this frame may take the focus before the
    // fields are held.
    const always = { capture: true, signal: this.#lasting.signal };
    addEventListener('focusout', ({ target }) => { this.#left = /** @type {Element} */ (target); }, always);
    addEventListener('focusin', () => { this.#left = null; }, always);
  }

  /** @param {Element} field the field that is about to be held */
  note(field) {
    if (hasFocus(field) || field === this.#left && !document.hasFocus()) this.#focused = field;
  }

  /** @param {Element} field @returns {boolean} whether the field is to get the focus back */
  isFor(field) {
    return field === this.#focused;
  }

  /** Gives the focus back, unless the person has moved it to another element in the meantime. */
  giveBack() {
    const at = document.activeElement;
    const elsewhere = at !== null && at !== document.body && at !== document.documentElement
      && !this.#isOurs(at);
    const field = this.#focused;
    this.#focused = null;
    if (!field?.isConnected || elsewhere) return;
    const give = () => /** @type {HTMLElement} */ (field).focus({ preventScroll: true });
    if (window === window.top || document.hasFocus()) {
      give();
      return;
    }
    // The page around this frame has the focus. The field gets the focus once this frame has it.
    this.#waiting = new AbortController();
    addEventListener('focus', () => {
      if (document.activeElement === document.body) give();
    }, { once: true, signal: this.#waiting.signal });
  }

  /**
   * To be called before fields are held again. If giveBack() is still waiting for this frame to get the
   * focus, cancels that: note() decides again which field is to get it.
   */
  keep() {
    this.#waiting.abort();
  }

  stop() {
    this.#lasting.abort();
  }
}
