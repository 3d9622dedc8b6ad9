// Joins what the frames of a tab show: some payment forms have a frame for each field, and one field alone is
// no payment form. Each frame hears which kinds of fields the others show.

// How long a frame that has left is still counted: the page may draw it again, or its script may be
// connecting to a new worker.
export const LEFT_AFTER_ms = 1000;

/** @template {{tabId: number}} Page */
export class JoinedFields {
  #tell;
  #after;
  /** @type {Map<Page, {kinds: string[], told: string}>} frames that show fields, and what they were told */
  #frames = new Map();

  /**
   * @param {(page: Page, message: object) => void} tell
   * @param {import('../host/native-port.js').Clock['after']} after
   */
  constructor(tell, after) {
    this.#tell = tell;
    this.#after = after;
  }

  /** @param {Page} page @param {string[]} kinds of the fields that it shows now */
  heard(page, kinds) {
    this.#frames.set(page, { told: '', ...this.#frames.get(page), kinds });
    this.#review(page);
    this.#after(LEFT_AFTER_ms, () => this.#review(page, true));
  }

  /** @param {Page} page that has gone */
  gone(page) {
    if (this.#frames.delete(page)) this.#after(LEFT_AFTER_ms, () => this.#review(page, true));
  }

  /**
   * @param {Page} changed
   * @param {boolean} [hasWaited] whether frames may also be told of fewer kinds than before
   */
  #review({ tabId }, hasWaited = false) {
    const inTab = [...this.#frames].filter(([page]) => page.tabId === tabId);
    for (const [page, frame] of inTab) {
      const others = inTab.filter(([other]) => other !== page).flatMap(([, { kinds }]) => kinds);
      const kinds = [...new Set(others)].sort();
      const told = kinds.join();
      const isMore = frame.told.split(',').every((kind) => kind === '' || kinds.includes(kind));
      if (told === frame.told || !isMore && !hasWaited) continue;
      frame.told = told;
      this.#tell(page, { type: 'elsewhere', kinds });
    }
  }
}
