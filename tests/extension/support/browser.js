// A fake browser for tests of the content script: a jsdom page instead of Node's globals, substitutes for
// what jsdom lacks (layout, observers, popovers) that a test controls, and the background's end of a port. To
// be imported before any module of the content script.

import { JSDOM } from 'jsdom';
import { Clock, settle } from './clock.js';

export { settle };

export const clock = new Clock();

/** The ports that the content script has opened, with what it has sent. A test answers on them. */
export const ports = [];

class Channel {
  listeners = new Set();

  addListener(listener) {
    this.listeners.add(listener);
  }

  emit(message) {
    for (const listener of [...this.listeners]) listener(message);
  }
}

class Port {
  sent = [];
  open = true;
  onMessage = new Channel();
  onDisconnect = new Channel();

  postMessage(message) {
    if (!this.open) throw new Error('Attempting to use a disconnected port object');
    this.sent.push(message);
  }

  /** Called by the content script. The side that closes a port gets no event. */
  disconnect() {
    this.open = false;
  }

  /** Closes the port from the background's side, as when the background ends. */
  fall() {
    this.open = false;
    this.onDisconnect.emit(this);
  }
}

const runtime = {
  id: 'extension',
  connect({ name }) {
    if (!this.id) throw new Error('Extension context invalidated.');
    const port = new Port();
    port.name = name;
    ports.push(port);
    return port;
  },
};

const shadowRoots = new WeakMap();
globalThis.chrome = {
  runtime,
  dom: {
    // Like Chromium's, it throws for an element that is not HTML.
    openOrClosedShadowRoot(element) {
      if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml') throw new TypeError('not an HTMLElement');
      return shadowRoots.get(element) ?? null;
    },
  },
};

/** Removes the extension while the script runs, or restores it for the next test. */
export function setExtension(there) {
  runtime.id = there ? 'extension' : undefined;
}

const FROM_THE_PAGE = ['window', 'document', 'location', 'NodeFilter', 'Event', 'MutationObserver',
  'getComputedStyle', 'addEventListener', 'removeEventListener', 'AbortController'];

class Observer {
  static all = new Set();
  targets = new Set();

  constructor(report) {
    this.report = report;
    Observer.all.add(this);
  }

  observe(target) {
    this.targets.add(target);
  }

  unobserve(target) {
    this.targets.delete(target);
  }

  disconnect() {
    this.targets.clear();
  }
}

/** Notifies every observer of an element's size or visibility. */
export function somethingHappenedTo(element) {
  for (const observer of Observer.all) {
    if (observer.targets.has(element)) observer.report([{ target: element }]);
  }
}

/** The places of elements that a test has set. All other elements in the page have one and the same place. */
export const rects = new Map();

/** @param {Window} page */
function addLayout(page) {
  const proto = page.Element.prototype;
  proto.checkVisibility = function checkVisibility(options) {
    if (this.checkedAs) return this.checkedAs(options); // set by a test
    for (let at = this; at; at = at.parentElement ?? at.getRootNode().host) {
      if (at.hidden || at.style?.display === 'none') return false;
    }
    return this.isConnected;
  };
  proto.getBoundingClientRect = function getBoundingClientRect() {
    const at = rects.get(this) ?? { left: 100, top: 100, width: this.isConnected ? 200 : 0, height: 20 };
    return { ...at, right: at.left + at.width, bottom: at.top + at.height };
  };
  // Returns the topmost element that a test has put at this point, or the shadow host around it; or null.
  page.Document.prototype.elementFromPoint = page.ShadowRoot.prototype.elementFromPoint = function met(x, y) {
    const top = [...rects].filter(([element, it]) => element.isConnected && it.inFront
      && x >= it.left && x <= it.left + it.width && y >= it.top && y <= it.top + it.height)
      .map(([element]) => element).at(-1) ?? null;
    let seen = top;
    while (seen && seen.getRootNode() !== this) seen = seen.getRootNode().host;
    return seen ?? top;
  };
  proto.animate = () => ({ currentTime: 0 });
  page.Range.prototype.getBoundingClientRect = () => ({ left: 0, top: 0, right: 0, bottom: 0 });
  proto.showPopover = function showPopover() {
    this.isInLayer = true;
  };
  proto.hidePopover = function hidePopover() {
    this.isInLayer = false;
  };
  const { matches, attachShadow } = proto;
  proto.matches = function withLayer(selector) {
    if (selector === ':popover-open') return this.isConnected && this.isInLayer === true;
    if (selector === ':modal') return this.hasAttribute('data-modal');
    if (selector === ':fullscreen') return false;
    if (selector.startsWith(':popover-open, ')) return selector.split(', ').some((one) => this.matches(one));
    return matches.call(this, selector);
  };
  for (const root of [page.Document.prototype, page.ShadowRoot.prototype]) {
    const { querySelectorAll } = root;
    root.querySelectorAll = function withLayer(selector) {
      if (!selector.startsWith(':popover-open')) return querySelectorAll.call(this, selector);
      return [...querySelectorAll.call(this, '*')].filter((one) => one.matches(selector));
    };
  }
  proto.attachShadow = function remembered(init) {
    const root = attachShadow.call(this, init);
    shadowRoots.set(this, root);
    return root;
  };
  const { getComputedStyle: styleOf } = page;
  page.getComputedStyle = (element, pseudo) => (pseudo ? { display: 'none' } : styleOf(element));
  page.CSSStyleSheet = class {
    replaceSync(text) {
      this.text = text;
    }
  };
}

/** The internal object with which jsdom implements an object of the DOM. */
const behind = (object) => object[
  Object.getOwnPropertySymbols(object).find(({ description }) => description === 'impl')];

/**
 * Dispatches an event as the browser does for a person's action. No script in a page can do that.
 * @param {any} target
 * @param {any} event of the page's own classes
 */
export function byPerson(target, event) {
  const it = behind(event);
  it.isTrusted = true;
  const goesOn = behind(target)._dispatch(it);
  // The built-in action of a button is to open its popover. Before that, the popover gets an event.
  const popover = target.popoverTargetElement;
  if (popover && event.type === 'click' && !event.defaultPrevented) {
    byPerson(popover, new Event('beforetoggle', { cancelable: true }));
  }
  return goesOn;
}

/** The shadow root of an element, closed or not: the banner's, for example. */
export const insideOf = (element) => shadowRoots.get(element);

/**
 * Opens a page instead of the last one.
 * @param {string} html
 * @param {string} [url]
 */
export function openPage(html, url = 'https://crm.example.com/order') {
  const { window: page } = new JSDOM(html, { url, pretendToBeVisual: true });
  addLayout(page);
  for (const name of FROM_THE_PAGE) {
    const it = page[name];
    const isFunction = typeof it === 'function' && !/^[A-Z]/.test(name);
    Object.defineProperty(globalThis, name, {
      value: isFunction ? it.bind(page) : it, configurable: true, writable: true,
    });
  }
  globalThis.CSS = { escape: (text) => text.replace(/[^\w-]/g, (found) => `\\${found}`) };
  globalThis.ResizeObserver = globalThis.IntersectionObserver = Observer;
  Observer.all.clear();
  rects.clear();
  ports.length = 0;
  setExtension(true);
  clock.install();
  return page;
}
