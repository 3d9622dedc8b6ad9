// Finds frames of watched pages in which no content script connects. Most often the browser keeps the
// extension off the frame's site (runtime_blocked_hosts, restricted domains), and reports no error.

/** How long a frame's script may take to connect after the frame has loaded. */
export const FRAME_SEEN_ms = 3000;

/**
 * @typedef {import('./pages.js').Page} Page
 * @typedef {{isOver: boolean, cancel: () => void}} Wait isOver: the script should have connected by now
 * @typedef {{origins: string[], waits: Map<string, Wait>}} Named origins: the origin of each frame's address,
 *   for the frames of one page. waits: by origin, for the frames in which a person could see a form
 * @typedef {{after: import('../host/native-port.js').Clock['after'], isWholeSite: (origin: string) =>
 *   boolean, pages: () => Page[], onChange: () => void}} Parts isWholeSite: whether every page of an origin
 *   is watched. pages: all connected frames
 */

/** @param {string[]} list @param {string|undefined} origin */
const count = (list, origin) => list.filter((one) => one === origin).length;

export class UnseenFrames {
  #parts;
  /** @type {Map<Page, Named>} */
  #named = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {Page} page @param {{origins: string[], drawn: string[]}} frames in the page, see page-messages.js
   */
  heard(page, { origins, drawn }) {
    const { waits: before } = this.#named.get(page) ?? {};
    const waits = new Map(drawn.map((origin) => [origin, before?.get(origin) ?? this.#wait()]));
    this.#named.set(page, { origins, waits });
    const left = [...before ?? []].filter(([origin]) => !waits.has(origin));
    for (const [, { cancel }] of left) cancel();
    if (left.length > 0) this.#parts.onChange();
  }

  /** @param {Page} page */
  gone(page) {
    for (const { cancel } of this.#named.get(page)?.waits.values() ?? []) cancel();
    this.#named.delete(page);
    if (page.frameId !== 0) this.#waitAgain(page);
  }

  /**
   * Restarts the waits for the frame's origin, or all waits in the tab if none is for it. The frame may be
   * loading another document, whose script needs time to connect.
   * @param {Page} gone
   */
  #waitAgain({ tabId, origin: own }) {
    const all = [...this.#named].filter(([page]) => page.tabId === tabId).map(([, { waits }]) => waits);
    const isNamed = all.some((waits) => waits.has(own ?? ''));
    for (const waits of all) {
      for (const [origin, { cancel }] of waits) {
        if (isNamed && origin !== own) continue;
        cancel();
        waits.set(origin, this.#wait());
      }
    }
  }

  /** @returns {string[]} the host names of frames in which no script has connected */
  get hosts() {
    const tabs = new Set([...this.#named.keys()].map(({ tabId }) => tabId));
    const unseen = [...tabs].flatMap((tabId) => this.#unseenIn(tabId));
    return [...new Set(unseen.map((origin) => new URL(origin).host))];
  }

  /**
   * @param {number} tabId
   * @returns {string[]} the origins of unseen frames. A redirect often leads a frame to an origin that no
   *   frame's address names. If there are at least as many such frames as missing ones, they may be the
   *   missing ones. Then only those missing origins are returned that are watched as a whole.
   */
  #unseenIn(tabId) {
    const pages = this.#parts.pages().filter((page) => page.tabId === tabId);
    const inFrames = pages.filter(({ frameId }) => frameId !== 0).map(({ origin = '' }) => origin);
    const all = [...this.#named].filter(([page]) => page.tabId === tabId && page.heard);
    const named = all.flatMap(([, { origins }]) => origins);
    const missing = new Set(all.flatMap(([, { waits }]) => [...waits])
      .filter(([origin, { isOver }]) => isOver && !inFrames.includes(origin)).map(([origin]) => origin));
    const whole = [...missing].filter((origin) => this.#parts.isWholeSite(origin));
    const others = [...missing].filter((origin) => !whole.includes(origin));
    const spare = [...new Set(inFrames)].reduce((sum, origin) =>
      sum + Math.max(0, count(inFrames, origin) - count(named, origin)), 0);
    return others.length > spare ? [...whole, ...others] : whole;
  }

  /** @returns {Wait} */
  #wait() {
    const wait = {
      isOver: false,
      cancel: this.#parts.after(FRAME_SEEN_ms, () => {
        wait.isOver = true;
        this.#parts.onChange();
      }),
    };
    return wait;
  }
}
