// The ports of the content scripts, one a frame: who may speak, what they say, what they are told.
// A port's life is the life of the surfaces declared on it. coordinator.js is its only user.

import { eyeOf, formsIn, idFor, isDocked, isHidden } from './pages.js';
import { post } from './post.js';
import { ReleasedTabs } from './released-tabs.js';
import { ageOf, textOf } from './said.js';
import { isAsleep, originOf } from './sender.js';
import { TabResults } from './tab-results.js';

export const PORT_NAME = 'surfaces';

// A script of before an update may reach the new worker just before it dies, and Chromium never closes its
// port. So a frame's next script replaces the last one; not at once, since it has yet to declare its forms.
export const REPLACED_AFTER_ms = 1000;

/**
 * @typedef {chrome.runtime.Port} Port
 * @typedef {import('./pages.js').Page} Page
 * @typedef {{surfaces: import('./declared-surfaces.js').Surfaces, ownId: string,
 *   greeting: (rulesOf: string|undefined) => {rules: object[]},
 *   tabs: Pick<typeof import('../common/api.js').api.tabs, 'get'|'onRemoved'>,
 *   isOurSite: (address: string) => boolean, onPage: () => void, onGone: () => void,
 *   onFrames: (tabId: number) => void, onBeside: (tabId: number, frameId: number) => Promise<boolean>,
 *   mayGreet: () => boolean, onContinue: (surfaces: string[]) => void,
 *   onRules: (tabId: number, frameId: number) => void,
 *   onRule: (origin: string, event: string, rule: string|undefined) => void,
 *   after: import('./native-port.js').Clock['after'], early: import('./early-mute.js').EarlyMute}} Parts
 */

export class ContentPorts {
  #parts;
  /** @type {Map<Port, Page>} */
  #pages = new Map();
  #released = new ReleasedTabs();
  /** @type {TabResults<Page>} */
  #results = new TabResults((page, message) => this.#tellTab(page, message));

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get #all() {
    return [...this.#pages.values()];
  }

  /** How many pages of policy.sites are connected. */
  get count() {
    return this.#all.filter((page) => page.heard).length;
  }

  /** @param {Port} port */
  accept(port) {
    const { sender } = port;
    const tabId = sender?.tab?.id;
    // A script that Chromium injects while its page goes into the back-forward cache declares forms that
    // nobody sees, on a port that never ends. It connects again when the page comes back.
    if (sender?.id !== this.#parts.ownId || tabId === undefined || isAsleep(sender)) {
      port.disconnect();
      return;
    }
    /** @type {Page} */
    const page = {
      tabId, frameId: sender.frameId ?? 0, heard: false, told: '', greeted: '',
      surfaces: new Map(), hidden: [], bare: false,
    };
    page.heard = this.#mayDeclare(port, page);
    this.#replace(page);
    this.#pages.set(port, page);
    port.onMessage.addListener((message) => this.#heard(port, page, message));
    port.onDisconnect.addListener(() => this.#gone(port, page));
    this.#greet(port, page);
    if (page.heard) this.#parts.onPage();
    this.#endWithTab(tabId);
  }

  // A tab that is closed while its script is just connecting may never end the port, and the call would stay
  // muted. Listened for only while there are pages, so that no closed tab wakes a worker for nothing.
  /** @param {number} tabId */
  #endWithTab(tabId) {
    const { tabs } = this.#parts;
    tabs.onRemoved.addListener(this.#tabRemoved);
    tabs.get(tabId).catch(() => this.#tabRemoved(tabId));
  }

  #tabRemoved = (/** @type {number} */ tabId) => {
    for (const [port, page] of this.#pages) {
      if (page.tabId !== tabId) continue;
      port.disconnect();
      this.#gone(port, page);
    }
    this.#parts.early.tabClosed(tabId);
  };

  /** @param {Page} next the frame's new script */
  #replace({ tabId, frameId }) {
    for (const [port, page] of this.#pages) {
      if (page.tabId !== tabId || page.frameId !== frameId) continue;
      this.#parts.after(REPLACED_AFTER_ms, () => {
        if (!this.#pages.has(port)) return;
        port.disconnect();
        this.#gone(port, page);
      });
    }
  }

  /** Something has changed: who was not heard may be now, and the other way round. */
  recheck() {
    for (const [port, page] of this.#pages) {
      const heard = this.#mayDeclare(port, page);
      if (heard === page.heard) continue;
      page.heard = heard;
      for (const surface of page.surfaces.values()) {
        if (heard) this.#parts.surfaces.open({ ...surface, origin: originOf(port.sender) });
        else this.#parts.surfaces.close(surface.id, 'frame hidden, or site no longer in the policy');
      }
      if (!heard) continue;
      this.#greet(port, page);
      if (page.surfaces.size > 0) this.#parts.early.formOpened(page.tabId);
      this.#parts.onPage();
    }
  }

  /** The policy may have changed: every page to which that makes a difference is greeted anew. */
  greetAll() {
    for (const [port, page] of this.#pages) this.#greet(port, page);
  }

  /** @param {Port} port @param {Page} page */
  #greet(port, page) {
    // What is held by rules would end for a greeting that does not know them yet.
    if (!this.#parts.mayGreet()) return;
    const greeting = this.#parts.greeting(page.heard ? originOf(port.sender) : undefined);
    const greeted = JSON.stringify(greeting);
    if (greeted === page.greeted) return;
    page.greeted = greeted;
    page.told = '';
    post(port, greeting);
    if (greeting.rules.length > 0) this.#parts.onRules(page.tabId, page.frameId);
  }

  /** @param {Page} from @param {object} message for the other frames of its tab */
  #tellTab(from, message) {
    for (const [port, page] of this.#pages) {
      if (page === from || page.tabId !== from.tabId || !page.heard) continue;
      this.#parts.onRules(page.tabId, page.frameId); // no rule may have concerned that frame so far
      post(port, message);
    }
  }

  /**
   * @param {{view: string, released: boolean}} status for every page; docked is added for a top frame that
   *   stands in for others
   */
  tell(status) {
    this.#released.review(status.view === 'muted', (tabId) => formsIn(this.#all, tabId).length > 0);
    for (const [port, page] of this.#pages) {
      const docked = page.frameId === 0 && isDocked(this.#all, page.tabId);
      const released = status.released || this.#released.has(page.tabId);
      const message = { type: 'status', ...status, docked, released };
      const told = JSON.stringify(message);
      if (!page.heard || told === page.told) continue;
      page.told = told;
      post(port, message);
    }
  }

  eye = (/** @type {number} */ tabId, /** @type {number} */ frameId) => eyeOf(this.#all, tabId, frameId);

  /** The agent goes on although the call is not muted. @param {Page} page */
  #goOn({ tabId }) {
    const surfaces = formsIn(this.#all, tabId);
    if (surfaces.length === 0) return;
    this.#released.add(tabId);
    this.#parts.onContinue(surfaces);
  }

  /** Some frames take no script by this way; then the top frame stands in. @param {Page} page */
  async #bringBeside(page) {
    const was = page.bare;
    page.bare = !await this.#parts.onBeside(page.tabId, page.frameId);
    if (page.bare !== was) this.#parts.onGone();
  }

  /** Where the tab's address cannot be known the page is believed: rather muted. */
  #mayDeclare(/** @type {Port} */ { sender }, /** @type {Page} */ page) {
    const address = sender?.tab?.url;
    const isOurs = address === undefined || this.#parts.isOurSite(address);
    return isOurs && !isHidden(page, sender?.url, this.#all);
  }

  /** @param {Port} port @param {Page} page @param {any} message */
  #heard(port, page, message) {
    const ownName = textOf(message?.surface);
    if (message?.type === 'frames') {
      if (page.heard) this.#parts.onFrames(page.tabId);
    } else if (message?.type === 'hidden') {
      page.hidden = Array.isArray(message.hosts) ? message.hosts.map(textOf) : [];
      this.recheck();
    } else if (message?.type === 'lead') {
      const isFree = page.heard && formsIn(this.#all, page.tabId).length === 0;
      if (isFree) this.#parts.early.led(page.tabId, originOf(port.sender), textOf(message.key));
    } else if (message?.type === 'beside') {
      this.#bringBeside(page);
    } else if (message?.type === 'continue') {
      if (page.heard) this.#goOn(page);
    } else if (message?.type === 'rule' || message?.type === 'result') {
      if (page.heard) this.#ruled(port, page, message);
    } else if (ownName !== '' && message.type === 'surface.open') {
      const banner = message.banner !== false;
      const surface = { id: idFor(page, ownName), reason: textOf(message.reason), banner };
      page.surfaces.set(ownName, surface);
      page.told = ''; // a page that declares waits to hear the state, though it be the same
      if (!page.heard) return;
      const visible_ms_ago = ageOf(message.visible_ms_ago);
      this.#parts.surfaces.open({ ...surface, origin: originOf(port.sender), visible_ms_ago });
      this.#parts.early.formOpened(page.tabId);
      this.#parts.onPage(); // nobody waits out a back-off with a form open
    } else if (ownName !== '' && message.type === 'surface.close') {
      page.surfaces.delete(ownName);
      this.#parts.surfaces.close(idFor(page, ownName), textOf(message.reason));
    } else if (ownName !== '' && message.type === 'surface.active') {
      this.#parts.surfaces.active(idFor(page, ownName), message.card === true, ageOf(message.ms_ago));
    }
  }

  /** @param {Port} port @param {Page} page @param {any} message of one of the administrator's rules */
  #ruled(port, page, { type, rule, event, outcome, again }) {
    const origin = originOf(port.sender);
    if (type === 'result') this.#results.heard(page, textOf(rule), outcome, again === true);
    else if (origin !== undefined) this.#parts.onRule(origin, textOf(event), rule);
  }

  /** @param {Port} port @param {Page} page */
  #gone(port, page) {
    if (!this.#pages.delete(port)) return;
    this.#results.gone(page);
    if (this.#pages.size === 0) this.#parts.tabs.onRemoved.removeListener(this.#tabRemoved);
    for (const surface of page.surfaces.values()) this.#parts.surfaces.close(surface.id, 'gone');
    if (page.hidden.length > 0) this.recheck();
    this.#parts.onGone();
  }
}
