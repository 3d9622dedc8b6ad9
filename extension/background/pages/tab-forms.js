// Finds out, for corrections, which forms are open in a tab, why they are, and how the pages describe them.

import { post } from '../../common/post.js';
import { isDetected } from './pages.js';

/**
 * @typedef {import('./pages.js').Page} Page
 * @typedef {{pages: () => Map<chrome.runtime.Port, Page>,
 *   onRules: (tabId: number, frameId: number) => Promise<boolean>,
 *   onDescribed: (origin: string|undefined, form: {selectors: string[], shape: string}) => void,
 *   early: Pick<import('./early-mute.js').EarlyMute, 'forget'>, onChange: () => void}} Parts
 */

export class TabForms {
  #parts;
  /** @type {WeakSet<Page>} the frames that were asked which forms the detector sees */
  #asked = new WeakSet();
  /** @type {WeakSet<Page>} the frames with a form that no selectors can describe */
  #nameless = new WeakSet();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {number} tabId @returns {Page[]} the frames whose forms count */
  #in(tabId) {
    return [...this.#parts.pages().values()].filter((page) => page.heard && page.tabId === tabId);
  }

  /** @param {number} tabId @returns {string|null} the host of the tab's page; null: it is not watched */
  siteOf(tabId) {
    const { origin = '' } = this.#in(tabId).find(({ frameId }) => frameId === 0) ?? {};
    return URL.canParse(origin) ? new URL(origin).host : null;
  }

  /**
   * @param {number} tabId
   * @returns {{frameId: number, origin: string, reasons: string[]}[]} reasons: see reasonsIn
   */
  framesIn(tabId) {
    return this.#in(tabId).map(({ frameId, origin = '', surfaces }) =>
      ({ frameId, origin, reasons: [...surfaces.values()].map(({ reason }) => reason) }));
  }

  /** @param {number} tabId @returns {string[]} for each open form, why it counts as a payment form */
  reasonsIn(tabId) {
    return this.framesIn(tabId).flatMap(({ reasons }) => reasons);
  }

  /** Whether a form is open that needs no rule or correction. @param {number} tabId */
  isAnyDetectedIn(tabId) {
    return this.reasonsIn(tabId).some(isDetected);
  }

  /** Whether a form is open because an agent said that it is a payment form. @param {number} tabId */
  isAnyCorrectedIn(tabId) {
    return this.reasonsIn(tabId).some((reason) => reason.startsWith('correction '));
  }

  /** @param {number} tabId @returns {string[]} the IDs of the corrections that decide about a visible form */
  correctionsIn(tabId) {
    return this.#in(tabId).flatMap(({ corrected }) => corrected);
  }

  /**
   * Whether the tab has a form that the agent has called no payment form, but that no selectors can describe.
   * @param {number} tabId
   */
  isAnyNamelessIn(tabId) {
    return this.#in(tabId).some((page) => page.surfaces.size > 0 && this.#nameless.has(page));
  }

  /** Asks the frames of a tab which forms the detector sees. @param {number} tabId */
  askIn(tabId) {
    for (const [port, page] of this.#parts.pages()) {
      if (page.tabId !== tabId || !page.heard || page.surfaces.size === 0) continue;
      this.#asked.add(page);
      this.#parts.onRules(page.tabId, page.frameId); // rules.js may not be in that frame yet
      post(port, { type: 'describe' });
    }
  }

  /** @param {Page} page @param {string[]} ids */
  corrected(page, ids) {
    page.corrected = ids;
    this.#parts.onChange();
  }

  /** @param {Page} page @param {{selectors: string[], shape: string}[]} forms */
  described(page, forms) {
    if (!this.#asked.delete(page) || !page.heard) return;
    if (forms.length > 0) this.#nameless.delete(page);
    else this.#nameless.add(page);
    this.#parts.onChange();
    for (const form of forms) this.#parts.onDescribed(page.origin, form);
    // The controls that led to this form must not mute early any more, because it is not a payment form.
    if (page.origin !== undefined) this.#parts.early.forget(page.origin);
  }
}
