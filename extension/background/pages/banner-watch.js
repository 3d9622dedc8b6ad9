// Keeps, for each frame that has to show a banner, whether its overlay reports the banner as visible. If no
// report comes in time, the banner counts as "not seen". A page can hide the banner, but cannot forge a
// report.

import { isDocked } from './pages.js';

/** How long a frame may take for its first report after it has to show a banner. */
export const SEEN_WITHIN_ms = 3000;

/**
 * @typedef {import('./pages.js').Page} Page
 * @typedef {import('../../common/protocol.js').OverlayProblem} OverlayProblem
 * @typedef {{seen: boolean|null|undefined, failed: boolean, late: boolean, cancel: () => void,
 *   told: Set<string>}} Watched
 *   seen: the last report; null: nobody can see the page now; undefined: no report yet. late: no report came
 *   in time. told: the problems that have been reported for the ledger, each with its surface.
 * @typedef {{after: import('../host/native-port.js').Clock['after'], onChange: () => void,
 *   report: (surface: string, event: OverlayProblem) => void}} Parts
 */

export class BannerWatch {
  #parts;
  /** @type {Map<Page, Watched>} the frames that must show a banner */
  #watched = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @returns {OverlayProblem[]} the problems that exist now, each once */
  get problems() {
    return [...new Set([...this.#watched.values()].map(problemOf).filter((problem) => problem !== null))];
  }

  /**
   * @param {Page} page
   * @param {unknown} seen whether its overlay says that a person can see the banner; null: nobody can see the
   *   page now
   */
  reported(page, seen) {
    const watched = this.#watched.get(page);
    if (watched === undefined || !(typeof seen === 'boolean' || seen === null)) return;
    watched.seen = seen;
    this.#parts.onChange();
  }

  /** @param {Page} page @param {boolean} failed */
  failed(page, failed) {
    const watched = this.#watched.get(page);
    if (watched === undefined) return;
    watched.failed = failed;
    this.#parts.onChange();
  }

  /**
   * Determines which frames have to show a banner. To be called after each change of the frames or their
   * forms.
   * @param {Page[]} pages all connected frames
   * @param {boolean} wanted whether the policy wants banners at all
   */
  review(pages, wanted) {
    const showing = new Set(wanted ? pages.filter((page) => hasToShow(page, pages)) : []);
    for (const [page, { cancel }] of this.#watched) {
      if (showing.has(page)) continue;
      cancel();
      this.#watched.delete(page);
    }
    for (const page of showing) {
      if (!this.#watched.has(page)) this.#watched.set(page, this.#watch(page));
      this.#note(page, pages);
    }
  }

  /** @param {Page} page @returns {Watched} */
  #watch(page) {
    const cancel = this.#parts.after(SEEN_WITHIN_ms, () => {
      const watched = this.#watched.get(page);
      if (watched?.seen !== undefined) return;
      if (watched) watched.late = true;
      this.#parts.onChange();
    });
    return { seen: undefined, failed: false, late: false, cancel, told: new Set() };
  }

  /**
   * Reports the frame's problem under its first open form, at most once for each form, so that a page that
   * keeps hiding the banner does not fill the ledger.
   * @param {Page} page @param {Page[]} pages
   */
  #note(page, pages) {
    const watched = /** @type {Watched} */ (this.#watched.get(page));
    const problem = problemOf(watched);
    const [surface] = surfacesShownBy(page, pages);
    if (problem === null || surface === undefined || watched.told.has(problem + surface)) return;
    watched.told.add(problem + surface);
    this.#parts.report(surface, problem);
  }
}

/** @param {Watched} watched @returns {OverlayProblem|null} */
function problemOf({ seen, failed, late }) {
  if (failed) return 'overlay_failed';
  return seen === false || (seen === undefined && late) ? 'banner_not_seen' : null;
}

/** Whether a frame has to show a banner for forms of its own. @param {Page} page */
const showsOwn = (page) => page.heard && [...page.surfaces.values()].some(({ banner }) => banner)
  && !(page.bare && page.frameId !== 0);

/**
 * Whether a frame has to show a banner, for forms of its own or of other frames. If the top frame should show
 * it for another frame but has no script, the other frame is watched instead. No report comes from there, so
 * the banner counts as not seen.
 * @param {Page} page @param {Page[]} pages
 */
function hasToShow(page, pages) {
  if (showsOwn(page)) return true;
  if (!page.heard || !isDocked(pages, page.tabId)) return false;
  const hasTop = pages.some(({ tabId, frameId, heard }) => heard && tabId === page.tabId && frameId === 0);
  return hasTop ? page.frameId === 0 : page.surfaces.size > 0;
}

/** @param {Page} page @param {Page[]} pages @returns {string[]} the surfaces of its tab, its own first */
function surfacesShownBy(page, pages) {
  const ofTab = pages.filter(({ tabId, heard }) => heard && tabId === page.tabId);
  return [page, ...ofTab].flatMap(({ surfaces }) => [...surfaces.values()].map(({ id }) => id));
}
