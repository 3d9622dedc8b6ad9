// Frames of a listed site in a watched page whose content script does not connect. Most often the browser
// keeps the extension off that site (runtime_blocked_hosts, restricted domains), which no event tells and no
// error names, because the frame's ID is not known.

/** How long after the frame has loaded its script may take to connect. */
export const FRAME_SEEN_ms = 3000;

/**
 * @typedef {import('./pages.js').Page} Page
 * @typedef {{after: import('../host/native-port.js').Clock['after'],
 *   isWholeSite: (origin: string) => boolean, pages: () => Page[], onChange: () => void}} Parts
 *   isWholeSite: whether every page of an origin is watched. pages: all that are connected
 */

export class UnseenFrames {
  #parts;
  /** @type {Map<Page, Map<string, boolean>>} page -> origin of a frame in it -> whether its time is over */
  #named = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {Page} page @param {string[]} origins of the frames that have loaded in the page */
  heard(page, origins) {
    const before = this.#named.get(page);
    const named = new Map(origins.filter((origin) => this.#parts.isWholeSite(origin))
      .map((origin) => [origin, before?.get(origin) === true]));
    this.#named.set(page, named);
    for (const origin of named.keys()) if (!before?.has(origin)) this.#wait(page, origin);
  }

  /** @param {Page} page */
  gone(page) {
    this.#named.delete(page);
  }

  /** @returns {string[]} the hosts whose frames are not seen */
  get hosts() {
    const pages = this.#parts.pages();
    const unseen = [...this.#named].filter(([{ heard }]) => heard).flatMap(([{ tabId }, named]) =>
      [...named].filter(([origin, isOver]) => isOver &&
        !pages.some((page) => page.tabId === tabId && page.origin === origin)));
    return [...new Set(unseen.map(([origin]) => new URL(origin).host))];
  }

  /** @param {Page} page @param {string} origin */
  #wait(page, origin) {
    this.#parts.after(FRAME_SEEN_ms, () => {
      const named = this.#named.get(page);
      if (!named?.has(origin)) return;
      named.set(origin, true);
      this.#parts.onChange();
    });
  }
}
