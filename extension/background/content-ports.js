// The ports of the content scripts, one a frame: who may speak, what they say, what they are told.
// A port's life is the life of the surfaces declared on it. coordinator.js is its only user.

import { MAX_AGO_ms, MAX_SURFACE_ID_characters } from '../common/protocol.js';
import { post } from './post.js';

export const PORT_NAME = 'surfaces';

// A script of before an update may reach the new worker just before it dies, and Chromium never closes its
// port. So a frame's next script replaces the last one; not at once, since it has yet to declare its forms.
export const REPLACED_AFTER_ms = 1000;

/**
 * @typedef {chrome.runtime.Port} Port
 * @typedef {{tabId: number, frameId: number, heard: boolean, told: string,
 *   surfaces: Map<string, {id: string, reason: string, banner: boolean}>}} Page
 *   heard: false where its top page is none of policy.sites; it is kept, because the policy may change.
 * @typedef {{surfaces: import('./declared-surfaces.js').Surfaces, ownId: string, greeting: () => object,
 *   tabs: Pick<typeof import('../common/api.js').api.tabs, 'get'|'onRemoved'>,
 *   isOurSite: (address: string) => boolean, onPage: () => void, onGone: () => void,
 *   onFrames: (tabId: number) => void, onBeside: (tabId: number, frameId: number) => void,
 *   after: import('./native-port.js').Clock['after'], early: import('./early-mute.js').EarlyMute}} Parts
 */

/** What content/leads.js makes is shorter. */
const MAX_LEAD_characters = 16;

const ASLEEP = new Set(['cached', 'pending_deletion']);

/** Firefox does not say. @param {chrome.runtime.MessageSender & {documentLifecycle?: string}} sender */
const lifecycleOf = (sender) => sender.documentLifecycle ?? 'active';

/** @param {unknown} it */
const textOf = (it) => (typeof it === 'string' ? it : '');

/** @param {unknown} it @returns {number|undefined} milliseconds ago, where a page has said so */
const ageOf = (it) => (typeof it === 'number' && it >= 0 && it <= MAX_AGO_ms ? it : undefined);

/**
 * Scheme, host and port of the frame, never a path. Frames without an address of their own have their tab's.
 * @param {chrome.runtime.MessageSender|undefined} sender
 */
export function originOf(sender) {
  for (const address of [sender?.origin, sender?.url, sender?.tab?.url]) {
    if (address !== undefined && URL.canParse(address)) {
      const { origin } = new URL(address);
      if (origin !== 'null') return origin;
    }
  }
  return undefined;
}

/**
 * Unique over all frames and the same whenever the page declares it again. Where it gets too long the end is
 * kept, since that is what differs between the surfaces of a frame.
 * @param {Page} page @param {string} ownName
 */
const idFor = (page, ownName) =>
  `${page.tabId}-${page.frameId}-${ownName}`.slice(-MAX_SURFACE_ID_characters);

export class ContentPorts {
  #parts;
  /** @type {Map<Port, Page>} */
  #pages = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** How many pages of policy.sites are connected. */
  get count() {
    return [...this.#pages.values()].filter((page) => page.heard).length;
  }

  /** @param {Port} port */
  accept(port) {
    const { sender } = port;
    const tabId = sender?.tab?.id;
    // A script that Chromium injects while its page goes into the back-forward cache declares forms that
    // nobody sees, on a port that never ends. It connects again when the page comes back.
    if (sender?.id !== this.#parts.ownId || tabId === undefined || ASLEEP.has(lifecycleOf(sender))) {
      port.disconnect();
      return;
    }
    /** @type {Page} */
    const page = {
      tabId, frameId: sender.frameId ?? 0, heard: this.#isOurs(port), told: '', surfaces: new Map(),
    };
    this.#replace(page);
    this.#pages.set(port, page);
    port.onMessage.addListener((message) => this.#heard(port, page, message));
    port.onDisconnect.addListener(() => this.#gone(port, page));
    post(port, this.#parts.greeting());
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

  /** The policy has changed: who was not heard may be now, and the other way round. */
  recheck() {
    for (const [port, page] of this.#pages) {
      const heard = this.#isOurs(port);
      if (heard === page.heard) continue;
      page.heard = heard;
      for (const surface of page.surfaces.values()) {
        if (heard) this.#parts.surfaces.open({ ...surface, origin: originOf(port.sender) });
        else this.#parts.surfaces.close(surface.id, 'site no longer in the policy');
      }
      if (heard) this.#parts.onPage();
    }
  }

  /** Words and limits have changed: every page is greeted anew. */
  greetAll() {
    for (const [port, page] of this.#pages) {
      page.told = '';
      post(port, this.#parts.greeting());
    }
  }

  /** @param {object} status for every page; docked is added for a top frame that stands in for others */
  tell(status) {
    for (const [port, page] of this.#pages) {
      const message = { type: 'status', ...status, docked: page.frameId === 0 && this.#isDocked(page.tabId) };
      const told = JSON.stringify(message);
      if (!page.heard || told === page.told) continue;
      page.told = told;
      post(port, message);
    }
  }

  /** A frame too small for a banner has its tab's top frame show it. @param {number} tabId */
  #isDocked(tabId) {
    return [...this.#pages.values()]
      .filter((page) => page.heard && page.tabId === tabId && page.frameId !== 0)
      .some((page) => [...page.surfaces.values()].some((surface) => !surface.banner));
  }

  /** Where the tab's address cannot be known the page is believed: rather muted. @param {Port} port */
  #isOurs(port) {
    const address = port.sender?.tab?.url;
    return address === undefined || this.#parts.isOurSite(address);
  }

  /** @param {Port} port @param {Page} page @param {any} message */
  #heard(port, page, message) {
    const ownName = textOf(message?.surface);
    if (message?.type === 'frames') {
      if (page.heard) this.#parts.onFrames(page.tabId);
    } else if (message?.type === 'lead') {
      this.#led(port, page, textOf(message.key));
    } else if (message?.type === 'beside') {
      this.#parts.onBeside(page.tabId, page.frameId);
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

  /** @param {Port} port @param {Page} page @param {string} key */
  #led(port, page, key) {
    const origin = originOf(port.sender);
    const hasForm = [...this.#pages.values()].some(({ tabId, surfaces }) =>
      tabId === page.tabId && surfaces.size > 0);
    if (!page.heard || hasForm || origin === undefined || key.length > MAX_LEAD_characters) return;
    this.#parts.early.led(page.tabId, origin, key);
  }

  /** @param {Port} port @param {Page} page */
  #gone(port, page) {
    if (!this.#pages.delete(port)) return;
    if (this.#pages.size === 0) this.#parts.tabs.onRemoved.removeListener(this.#tabRemoved);
    for (const surface of page.surfaces.values()) this.#parts.surfaces.close(surface.id, 'gone');
    this.#parts.onGone();
  }
}
