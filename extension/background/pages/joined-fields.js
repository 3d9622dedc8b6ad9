// Sends each frame of a tab the kinds of fields that the other frames show. Some payment forms have a frame
// for each field, and one field alone does not count as a payment form.

// How long fields still count after their frame has gone or no longer shows them: the page may be drawing
// them again, or the frame's script may be connecting to a new worker.
export const LEFT_AFTER_ms = 1000;

/** @template {{tabId: number}} Page */
export class JoinedFields {
  #tell;
  #after;
  /**
   * @type {Map<Page, {kinds: string[], told: string}>} the frames that show fields. `told`: the kinds that
   *   the frame was last sent
   */
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
   * @param {boolean} [hasWaited] whether LEFT_AFTER_ms has passed, so that kinds can be taken back too
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
