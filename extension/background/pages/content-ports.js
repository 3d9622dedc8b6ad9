// The ports of the content scripts, one for each frame. Decides which frames' forms count, and handles the
// scripts' messages. The end of a port closes the surfaces that were declared on it, except those that the
// frame has declared again on a new port.

import { detectionOf, formsIn, idFor, isDocked, isHidden, newPage, topSender } from './pages.js';
import { readPageMessage } from '../../common/page-messages.js';
import { post } from '../../common/post.js';
import { ClosedTabs } from './closed-tabs.js';
import { JoinedFields } from './joined-fields.js';
import { overlayHandlers } from './overlay-reports.js';
import { ReleasedTabs } from './released-tabs.js';
import { TabForms } from './tab-forms.js';
import { isAsleep, originOf, pageAddressOf } from './sender.js';
import { TabResults } from './tab-results.js';
import { UnseenFrames } from './unseen-frames.js';

// When the extension is updated, a frame's old script may connect to the new worker just before the script
// ends, and Chromium never closes such a port. So a new port of the frame ends the older one after this time.
export const REPLACED_AFTER_ms = 1000;

/**
 * @typedef {(tabId: number, frameId: number) => void} FrameInjection
 * @typedef {chrome.runtime.Port} Port
 * @typedef {import('./pages.js').Page} Page
 * @typedef {import('../../common/page-messages.js').PageMessage} PageMessage
 * @typedef {{surfaces: import('../host/declared-surfaces.js').Surfaces, ownId: string,
 *   greeting: (rulesOf: string|undefined) => import('../../common/background-messages.js').Hello,
 *   tabs: Pick<typeof import('../../common/api.js').api.tabs, 'get'|'onRemoved'>,
 *   isOurSite: (address: string) => boolean, onPage: (tabId: number) => void, onGone: () => void,
 *   onFrames: (tabId: number) => void, onOverlay: (tabId: number, frameId: number) => Promise<boolean>,
 *   mayGreet: () => boolean, onContinue: (surfaces: string[], seen: boolean|undefined) => void,
 *   banners: import('./banner-watch.js').BannerWatch, wantsBanner: () => boolean,
 *   onRules: import('./tab-forms.js').Parts['onRules'],
 *   onRule: (origin: string, event: string, rule: string|undefined) => void,
 *   early: import('./early-mute.js').EarlyMute, onDetector: FrameInjection,
 *   onDescribed: import('./tab-forms.js').Parts['onDescribed'],
 *   isWholeSite: (origin: string) => boolean, after: import('../host/native-port.js').Clock['after']}} Parts
 */

export class ContentPorts {
  #parts;
  /** @type {Map<Port, Page>} */
  #pages = new Map();
  #released;
  #handlers;
  /** @type {TabResults<Page>} */
  #results = new TabResults((page, message) => this.#tellTab(page, message));
  /** @type {JoinedFields<Page>} */
  #joined;
  #closed;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { onGone: onChange } = parts;
    this.#closed = new ClosedTabs({ ...parts, hasForm: (tabId) => formsIn(this.#all, tabId).length > 0,
      onClosed: this.#tabRemoved });
    this.unseen = new UnseenFrames({ ...parts, onChange, pages: () => this.#all });
    this.#released = new ReleasedTabs(() => this.#all, parts.onContinue);
    this.#handlers = { ...this.#ownHandlers, ...overlayHandlers(parts, this.#released) };
    this.#joined = new JoinedFields((to, message) => {
      for (const [port, page] of this.#pages) if (page === to) post(port, message);
    }, parts.after);
    this.forms = new TabForms({ ...parts, pages: () => this.#pages, onChange });
  }

  get #all() {
    return [...this.#pages.values()];
  }

  /** The number of connected frames whose forms count, whether or not they have one now. */
  get count() {
    return this.#all.filter((page) => page.heard).length;
  }

  /** @param {number} tabId @returns {boolean} whether the tab's top frame is connected */
  hasTopFrame(tabId) {
    return this.#all.some((page) => page.tabId === tabId && page.frameId === 0);
  }

  /** @param {Port} port */
  accept(port) {
    const { sender } = port;
    const tabId = sender?.tab?.id;
    // If Chromium injects a script while its page enters the back-forward cache, the script would declare
    // forms that nobody sees, on a port that never ends. It connects again when the page comes back.
    if (sender?.id !== this.#parts.ownId || tabId === undefined || isAsleep(sender)) {
      port.disconnect();
      return;
    }
    const page = newPage(tabId, sender.frameId ?? 0, originOf(sender), sender.url);
    page.heard = page.wasHeard = this.#mayDeclare(port, page);
    this.#replace(page);
    this.#pages.set(port, page);
    if (page.cardHost) this.recheck();
    port.onMessage.addListener((message) => this.#heard(port, page, message));
    port.onDisconnect.addListener(() => this.#gone(port, page));
    this.#greet(port, page);
    if (page.heard) this.#parts.onPage(tabId);
    this.#closed.watch(tabId);
  }

  #tabRemoved = (/** @type {number} */ tabId) => {
    for (const [port, page] of this.#pages) if (page.tabId === tabId) this.#end(port, page);
    this.#parts.early.tabClosed(tabId);
  };

  /** @param {Page} next the frame's new script */
  #replace({ tabId, frameId }) {
    for (const [port, page] of this.#pages) {
      if (page.tabId !== tabId || page.frameId !== frameId) continue;
      this.#parts.after(REPLACED_AFTER_ms, () => { if (this.#pages.has(port)) this.#end(port, page); });
    }
  }

  /** Checks again which frames' forms count, because the sites or the hidden frames have changed. */
  recheck() {
    for (const [port, page] of this.#pages) {
      const heard = this.#mayDeclare(port, page);
      if (heard === page.heard) continue;
      page.heard = heard;
      for (const surface of page.surfaces.values()) {
        if (heard) this.#parts.surfaces.open({ ...surface, origin: page.origin });
        else this.#parts.surfaces.close(surface.id, 'frame hidden, or site no longer in the policy');
      }
      if (!heard) continue;
      page.wasHeard = true;
      this.#greet(port, page);
      if (page.surfaces.size > 0) this.#parts.early.formOpened(page.tabId);
      this.#parts.onPage(page.tabId);
    }
  }

  /** Sends a new hello to every page whose hello has changed with the policy. */
  greetAll() {
    for (const [port, page] of this.#pages) this.#greet(port, page);
  }

  /** @param {Port} port @param {Page} page */
  #greet(port, page) {
    // A hello that is sent before the rules are known would end the surfaces that rules keep open.
    if (!this.#parts.mayGreet()) return;
    const greeting = this.#parts.greeting(page.heard ? page.origin : undefined);
    const greeted = JSON.stringify(greeting);
    if (greeted === page.greeted) return;
    page.greeted = greeted;
    page.told = '';
    post(port, { ...greeting, answers: page.answers });
    if (greeting.rules.length > 0) this.#parts.onRules(page.tabId, page.frameId);
  }

  /** @param {Page} from @param {object} message sent to the other frames of the tab */
  #tellTab(from, message) {
    for (const [port, page] of this.#pages) {
      if (page === from || page.tabId !== from.tabId || !page.heard) continue;
      this.#parts.onRules(page.tabId, page.frameId); // rules.js may not be in that frame yet
      post(port, message);
    }
  }

  /** To be called after each change, before `tell`. @param {boolean} isMuted */
  review(isMuted) {
    this.#parts.banners.review(this.#all, this.#parts.wantsBanner());
    this.#released.review(isMuted);
  }

  /**
   * @param {{view: string, released: boolean}} status the part of the status that is the same for all pages.
   *   Added for each page: `docked`, `answers`, and in `released` whether the agent has continued in its tab
   */
  tell(status) {
    for (const [port, page] of this.#pages) {
      const docked = page.frameId === 0 && isDocked(this.#all, page.tabId);
      // A page whose forms no longer count must not keep an old "muted", and its fields need not wait.
      const released = status.released || !page.heard || this.#released.has(page.tabId);
      const message = { type: 'status', ...status, docked, released, answers: page.answers };
      const told = JSON.stringify(message);
      if (!page.wasHeard || told === page.told) continue;
      page.told = told;
      post(port, message);
    }
  }

  /** @type {import('../ui/picker-ports.js').Detection} */
  detection = (tabId, frameId) => detectionOf(this.#all, tabId, frameId);

  get isAnyWaiting() {
    return this.#released.waiting.length > 0;
  }

  /** Lets the agent continue in all waiting tabs, because the form may be in another tab than the popup's. */
  goOnEverywhere() {
    for (const tabId of this.#released.waiting) this.#released.add(tabId);
  }

  /**
   * Whether the frame's forms count: its tab shows a watched site, and its page does not hide the frame. An
   * unknown address counts as watched, because a needless mute is better than a recorded card.
   */
  #mayDeclare(/** @type {Port} */ { sender }, /** @type {Page} */ page) {
    const address = pageAddressOf(sender, page.frameId === 0 ? sender : topSender(this.#pages, page));
    return (address === undefined || this.#parts.isOurSite(address)) && !isHidden(page, this.#all);
  }

  /** @param {Port} port @param {Page} page @param {unknown} raw */
  #heard(port, page, raw) {
    // A port that has ended has closed its forms. A form that a later message opened would never be closed.
    if (!this.#pages.has(port)) return;
    const message = readPageMessage(raw);
    if (message && 'number' in message) page.answers = message.number ?? 0;
    if (message) this.#handlers[message.type](port, page, /** @type {any} */ (message));
  }

  /**
   * @type {{[T in Exclude<PageMessage['type'], keyof ReturnType<typeof overlayHandlers>>]:
   *   (port: Port, page: Page, message: Extract<PageMessage, {type: T}>) => void}}
   */
  #ownHandlers = {
    'frames': (_, page, frames) => {
      this.unseen.heard(page, frames);
      if (page.heard) this.#parts.onFrames(page.tabId);
    },
    'hidden': (_, page, { hosts }) => {
      page.hidden = hosts;
      this.recheck();
    },
    'predictor': (_, page, { key }) => {
      const isFree = page.heard && formsIn(this.#all, page.tabId).length === 0;
      if (isFree) this.#parts.early.pressedOrEntered(page.tabId, page.origin, key);
    },
    'fields': (_, page, { kinds }) => {
      if (page.heard) this.#joined.heard(page, kinds);
    },
    'detector': (_, page) => { this.#parts.onDetector(page.tabId, page.frameId); },
    'rule': (_, page, { event, rule }) => {
      if (page.heard && page.origin !== undefined) this.#parts.onRule(page.origin, event, rule);
    },
    'corrected': (_, page, { ids }) => this.forms.corrected(page, ids),
    'described': (_, page, { forms }) => this.forms.described(page, forms),
    'result': (_, page, { rule, outcome, again }) => {
      if (page.heard) this.#results.heard(page, rule, outcome, again);
    },
    'surface.open': (port, page, message) => this.#opened(port, page, message),
    'surface.close': (port, page, { surface, reason }) => {
      page.surfaces.delete(surface);
      page.told = '';
      this.#parts.surfaces.close(idFor(page, surface), reason);
      this.#answer(port, page);
    },
    'surface.active': (_, page, { surface, card, ms_ago }) =>
      this.#parts.surfaces.active(idFor(page, surface), card, ms_ago),
  };

  /** @param {Port} port @param {Page} page @param {import('../../common/page-messages.js').Open} message */
  #opened(port, page, { surface: ownName, reason, banner, visible_ms_ago }) {
    const surface = { id: idFor(page, ownName), reason, banner };
    page.surfaces.set(ownName, surface);
    page.told = '';
    if (!page.heard) {
      this.#answer(port, page);
      return;
    }
    this.#parts.surfaces.open({ ...surface, origin: page.origin, visible_ms_ago });
    this.#parts.early.formOpened(page.tabId);
    this.#closed.formOpened(page.tabId);
    this.#parts.onPage(page.tabId); // connects to the host now, even during a back-off
  }

  /**
   * Answers a script that has declared or closed a form, even if its status is unchanged: without an answer
   * the script would replace its port.
   * @param {Port} port @param {Page} page
   */
  #answer(port, page) {
    if (!page.heard) {
      page.greeted = '';
      this.#greet(port, page);
    } else if (page.told === '') this.#parts.onGone();
  }

  /** @param {Port} port @param {Page} page */
  #end(port, page) {
    port.disconnect();
    this.#gone(port, page);
  }

  /** @param {Port} port @param {Page} page */
  #gone(port, page) {
    if (!this.#pages.delete(port)) return;
    for (const part of [this.#results, this.#joined, this.unseen]) part.gone(page);
    if (this.#pages.size === 0) this.#closed.rest();
    // A frame that has replaced its port has declared its open forms on the new port, with the same IDs.
    const open = this.#all.flatMap(({ surfaces }) => [...surfaces.values()].map(({ id }) => id));
    for (const { id } of page.surfaces.values()) {
      if (!open.includes(id)) this.#parts.surfaces.close(id, 'gone');
    }
    if (page.cardHost || page.hidden.length > 0) this.recheck();
    this.#parts.onGone();
  }
}
