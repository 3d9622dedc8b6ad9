// Opens saved pages in a real browser with the built extension, and collects which forms the extension
// reports. A mark is a card frame of a provider that the page does not use. Once a page has come to rest, two
// marks are inserted one after the other. The extension reports forms in order, so after the second mark's
// report none of the page's own forms is still to be reported, and no fixed wait is needed.

import { TestBrowser } from '../../tests/browser/harness/browsers.js';
import { servePages } from './page-server.js';
import { buildExplaining } from './why/build.js';
import { listenAsHost } from './wire.js';

const load_timeout_ms = 20_000;
const mark_timeout_ms = 10_000;

/** Hosts of card frames that extension/common/card-frames.js knows. */
const MARKS = ['access.worldpay.com', 'core.spreedly.com', 'js.chargebee.com', 'checkout.stripe.com',
  'checkout.shopifycs.com', 'hf.tranzila.com'];

const POLICY = { rules: [], interlock: 'off', on_browser_gone: 'resume', grace_ms: 3000,
  allow_record_override: false, idle_minutes: 10, on_idle: 'alert', manual_mute_minutes: 30,
  form_mute_minutes: 10 };

/** Runs in the page: finishes animations, so that the page has its final layout, and waits for two frames. */
const COME_TO_REST = async () => {
  for (const movement of document.getAnimations()) {
    try {
      movement.finish();
    } catch {
      // An animation without an end cannot be finished.
    }
  }
  for (let frame = 0; frame < 2; frame += 1) {
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
  }
};

/**
 * Runs in the page: shows a card frame above the page, in a form of its own, which the page's style sheets do
 * not change.
 */
export const PUT_MARK = (/** @type {string} */ host) => {
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

/**
 * Runs in a frame: asks a detector of buildExplaining() which words decided. Returns null if the frame has
 * none.
 */
const ASK_WHY = () => {
  /** @type {string | null} */
  let answer = null;
  document.addEventListener('cardmute-because', (event) => {
    answer = /** @type {CustomEvent} */ (event).detail;
  }, { once: true });
  document.dispatchEvent(new Event('cardmute-why'));
  return answer;
};

/** @param {any} tab @returns {Promise<string[]>} what decided in each of its frames */
async function explain(tab) {
  const lines = [];
  for (const frame of tab.frames()) {
    const answer = await frame.evaluate(ASK_WHY).catch(() => null); // a mark's frame is an error page
    /** @type {string[]} */
    const here = answer ? JSON.parse(answer) : [];
    if (here.length > 0 && frame !== tab.mainFrame()) lines.push(`  frame ${frame.url()}`);
    lines.push(...here.map((line) => `  ${line}`));
  }
  return lines;
}

/** @param {string} host */
const reasonOf = (host) => `card frame of ${host}`;

/**
 * @param {Promise<unknown>} event
 * @param {number} timeout_ms
 * @returns {Promise<unknown>} false: the event did not come in time
 */
function before(event, timeout_ms) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((resolve) => { timer = setTimeout(() => resolve(false), timeout_ms); });
  return Promise.race([event, late]).finally(() => clearTimeout(timer));
}

/**
 * @typedef {object} Detector
 * @property {(file: string) => Promise<{reason: string | null, lines: string[]}>} look `reason`: why the page
 *   has a payment form, or null. `lines`: what decided, if the detector was opened to explain
 * @property {(html: string) => Promise<string | null>} lookAtText
 * @property {() => Promise<void>} close
 */

/**
 * @param {Map<string, (reason: string) => void>} listeners by origin; called for each form that is reported
 *   there
 * @param {any} tab
 * @param {import('./page-server.js').Shown} page
 * @param {() => Promise<unknown>} atRest
 * @returns {Promise<string | null>} why the page has a payment form, or null
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
 * @param {number} tabs how many pages can be open at the same time
 * @param {object} [policy] keys of an administrator's policy
 * @param {boolean} [explains] whether to say what decided
 * @returns {Promise<Detector>}
 */
export async function openDetector(name, tabs, policy = {}, explains = false) {
  const pages = await servePages();
  const config = { voicenter: { extension: 'DETECT' }, policy: { sites: [pages.site] } };
  const browser = await TestBrowser.start({ name, config, install_host: false, extension: null });
  /** @type {Map<string, (reason: string) => void>} */
  const listeners = new Map();
  const stopListening = await listenAsHost(browser, { ...POLICY, ...policy, sites: [pages.site] },
    (origin, reason) => listeners.get(origin)?.(reason));
  // Each tab has a window of its own, because a page in the background is not drawn.
  /** @type {any[]} */
  const free = await Promise.all(Array.from({ length: tabs },
    () => browser.browser.newPage({ type: 'window' })));
  const copy = explains ? await buildExplaining(name) : null;

  async function close() {
    await browser.close();
    await copy?.remove();
    stopListening();
    pages.close();
  }

  // The extension is installed while an empty page is open, and must report the marks in it. If it does not,
  // it does not work; the browser is closed so that the program can end.
  try {
    await lookIn(listeners, free[0], pages.addText(''), async () => browser.installExtension(copy?.folder));
  } catch (error) {
    await close();
    throw error;
  }

  /** @param {import('./page-server.js').Shown} page */
  async function look(page) {
    const tab = free.pop();
    try {
      const reason = await lookIn(listeners, tab, page, () => tab.evaluate(COME_TO_REST));
      return { reason, lines: explains ? await explain(tab) : [] };
    } finally {
      free.push(tab);
    }
  }

  return {
    look: async (file) => look(await pages.add(file)),
    lookAtText: async (html) => (await look(pages.addText(html))).reason,
    close,
  };
}
