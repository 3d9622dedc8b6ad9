// Puts the content script into pages that no registration reached: tabs that were open before, and frames of
// payment providers inside a page that asks for it. The script does nothing where it already runs.

export const CONTENT_FILE = 'content.js';
export const OVERLAY_FILE = 'overlay.js';
export const RULES_FILE = 'rules.js';
// A page that keeps adding frames is served at this rate; the last request is always carried out.
export const FRAMES_MIN_ms = 250;

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../host/native-port.js').Clock} Clock
 */

/**
 * @param {Api} api @param {number} tabId
 * @returns {Promise<string>} why it could not be brought there, in the browser's words; empty: it was
 */
export async function inject(api, tabId) {
  try {
    await api.scripting.executeScript({
      target: { tabId, allFrames: true }, files: [CONTENT_FILE], injectImmediately: true,
    });
    return '';
  } catch (error) {
    return String(error);
  }
}

/**
 * Asks whether a script may run in a page whose address is not known. What runs does nothing.
 * @param {Api} api @param {number} tabId @returns {Promise<string>} as of inject
 */
export async function probe(api, tabId) {
  try {
    await api.scripting.executeScript({ target: { tabId }, func: () => {}, injectImmediately: true });
    return '';
  } catch (error) {
    return String(error);
  }
}

/**
 * @param {Api} api @param {number} tabId @param {number} frameId @param {string} file
 * @returns {Promise<boolean>} whether it came there
 */
async function bring(api, tabId, frameId, file) {
  try {
    await api.scripting.executeScript({
      target: { tabId, frameIds: [frameId] }, files: [file], injectImmediately: true,
    });
    return true;
  } catch {
    return false; // the frame is gone, or takes no script
  }
}

/**
 * Brings banner and interlock into a frame whose content script asks for them.
 * @param {Api} api @param {number} tabId @param {number} frameId
 */
export const injectOverlay = (api, tabId, frameId) => bring(api, tabId, frameId, OVERLAY_FILE);

/**
 * Brings the administrator's rules to work in a frame that one of them may concern.
 * @param {Api} api @param {number} tabId @param {number} frameId
 */
export const injectRules = (api, tabId, frameId) => bring(api, tabId, frameId, RULES_FILE);

export class FrameInjector {
  #api;
  #clock;
  /** @type {Map<number, boolean>} tabs that were served just now -> asked again since */
  #resting = new Map();

  /** @param {Api} api @param {Clock} clock */
  constructor(api, clock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** @param {number} tabId */
  request(tabId) {
    if (this.#resting.has(tabId)) {
      this.#resting.set(tabId, true);
      return;
    }
    this.#resting.set(tabId, false);
    inject(this.#api, tabId);
    this.#clock.after(FRAMES_MIN_ms, () => {
      const again = this.#resting.get(tabId) === true;
      this.#resting.delete(tabId);
      if (again) this.request(tabId);
    });
  }
}
