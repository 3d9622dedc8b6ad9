// Shows saved pages to the built extension in a real browser and asks what it saw. To know without a fixed
// wait that it saw nothing: once a page has come to rest, two marks are inserted one after the other, each a
// card frame of a provider that the page does not have. The extension reports forms in order, so the second
// mark's report comes after everything that it saw before the first.

import { TestBrowser } from '../../tests/browser/harness/browsers.js';
import { servePages } from './page-server.js';
import { listenAsHost } from './wire.js';

const load_timeout_ms = 20_000;
const mark_timeout_ms = 10_000;

/** Card frames of providers, as extension/common/card-frames.js has them. */
const MARKS = ['access.worldpay.com', 'core.spreedly.com', 'js.chargebee.com', 'checkout.stripe.com',
  'checkout.shopifycs.com', 'hf.tranzila.com'];

const POLICY = { rules: [], interlock: 'off', on_browser_gone: 'resume', grace_ms: 3000,
  allow_record_override: false, idle_minutes: 10, on_idle: 'alert', manual_mute_minutes: 30,
  form_mute_minutes: 10 };

/** Finishes animations, so that the page has its final layout, and waits for two frames. */
const COME_TO_REST = async () => {
  for (const movement of document.getAnimations()) {
    try {
      movement.finish();
    } catch {
      // One without an end.
    }
  }
  for (let frame = 0; frame < 2; frame += 1) {
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
  }
};

/** In a separate form, above everything else, whatever the page's style sheets say. */
const PUT_MARK = (/** @type {string} */ host) => {
  const mark = document.createElement('form');
  const frame = document.createElement('iframe');
  mark.popover = 'manual';
  mark.style.cssText = 'all: initial !important; position: fixed !important; '
    + 'inset: 0 auto auto 0 !important;';
  frame.style.cssText = 'all: initial !important; width: 40px !important; height: 40px !important;';
  frame.src = `https://${host}/`;
  mark.append(frame);
  document.documentElement.append(mark);
  mark.showPopover();
};

/** @param {string} host */
const reasonOf = (host) => `card frame of ${host}`;

/**
 * @param {Promise<unknown>} event
 * @param {number} timeout_ms
 * @returns {Promise<unknown>} false: not in time
 */
function before(event, timeout_ms) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(() => resolve(false), timeout_ms); });
  return Promise.race([event, late]).finally(() => clearTimeout(timer));
}

/**
 * @typedef {object} Detector
 * @property {(file: string) => Promise<string | null>} look why a page has a payment form, or null
 * @property {(html: string) => Promise<string | null>} lookAtText
 * @property {() => Promise<void>} close
 */

/**
 * @param {Map<string, (reason: string) => void>} listeners by origin; told of each form that is seen there
 * @param {any} tab
 * @param {import('./page-server.js').Shown} page
 * @param {() => Promise<unknown>} atRest
 * @returns {Promise<string | null>} why the page has a payment form
 */
async function lookIn(listeners, tab, page, atRest) {
  const text = page.text.toLowerCase();
  const marks = MARKS.filter((host) => !text.includes(host)).slice(0, 2);
  if (marks.length < 2) throw new Error('the page names every provider that could mark the end');
  const reasons = marks.map(reasonOf);
  /** @type {string | null} */
  let found = null;
  /** @type {Map<string, () => void>} */
  const waiting = new Map();
  listeners.set(page.origin, (reason) => {
    if (!reasons.includes(reason)) found ??= reason;
    waiting.get(reason)?.();
  });
  try {
    await tab.goto(page.url, { waitUntil: 'load', timeout: load_timeout_ms });
    await atRest();
    for (const mark of marks) {
      const seen = new Promise((resolve) => { waiting.set(reasonOf(mark), () => resolve(true)); });
      await tab.evaluate(PUT_MARK, mark);
      if (!await before(seen, mark_timeout_ms)) throw new Error('the extension does not answer');
    }
    return found;
  } finally {
    listeners.delete(page.origin);
  }
}

/**
 * @param {'chromium' | 'firefox'} name
 * @param {number} tabs as many pages are looked at at once
 * @param {object} [policy] an administrator's
 * @returns {Promise<Detector>}
 */
export async function openDetector(name, tabs, policy = {}) {
  const pages = await servePages();
  const config = { voicenter: { extension: 'DETECT' }, policy: { sites: [pages.site] } };
  const browser = await TestBrowser.start({ name, config, install_host: false, extension: null });
  /** @type {Map<string, (reason: string) => void>} */
  const listeners = new Map();
  const stopListening = await listenAsHost(browser, { ...POLICY, ...policy, sites: [pages.site] },
    (origin, reason) => listeners.get(origin)?.(reason));
  /** @type {any[]} */
  // In windows of their own: a page that is not shown is not drawn.
  const free = await Promise.all(Array.from({ length: tabs },
    () => browser.browser.newPage({ type: 'window' })));

  async function close() {
    await browser.close();
    stopListening();
    pages.close();
  }

  // The extension runs in a page that is already open once it is installed. If it does not answer here, it
  // never will: without this end, the open browser would keep the program waiting.
  try {
    await lookIn(listeners, free[0], pages.addText(''), async () => browser.installExtension());
  } catch (error) {
    await close();
    throw error;
  }

  /** @param {import('./page-server.js').Shown} page */
  async function look(page) {
    const tab = free.pop();
    try {
      return await lookIn(listeners, tab, page, () => tab.evaluate(COME_TO_REST));
    } finally {
      free.push(tab);
    }
  }

  return {
    look: async (file) => look(await pages.add(file)),
    lookAtText: (html) => look(pages.addText(html)),
    close,
  };
}
