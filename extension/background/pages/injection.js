// Injects the extension's scripts. content.js goes into pages that its registration does not reach: tabs that
// were open before, and frames of payment providers. It does nothing where it already runs. detector.js,
// overlay.js and rules.js go into frames that need them.

export const CONTENT_FILE = 'content.js';
export const DETECTOR_FILE = 'detector.js';
export const OVERLAY_FILE = 'overlay.js';
export const RULES_FILE = 'rules.js';
// The shortest interval between two injections into a tab that keeps adding frames. The last request is
// always carried out.
export const FRAMES_MIN_ms = 250;

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../host/native-port.js').Clock} Clock
 */

/**
 * @param {Api} api @param {number} tabId
 * @returns {Promise<string>} the browser's error text; empty: the script was injected
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
 * Tests whether a script may run in a page whose address is not known. The script does nothing.
 * @param {Api} api @param {number} tabId @returns {Promise<string>} the browser's error text, or empty
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
 * @returns {Promise<boolean>} whether it was injected
 */
async function bring(api, tabId, frameId, file) {
  try {
    await api.scripting.executeScript({
      target: { tabId, frameIds: [frameId] }, files: [file], injectImmediately: true,
    });
    return true;
  } catch {
    return false; // the frame is gone, or the browser allows no script in it
  }
}

/**
 * Injects the detector into a frame whose content script has found a field.
 * @param {Api} api @param {number} tabId @param {number} frameId
 */
export const injectDetector = (api, tabId, frameId) => bring(api, tabId, frameId, DETECTOR_FILE);

/**
 * Injects banner and interlock into a frame whose content script has asked for them.
 * @param {Api} api @param {number} tabId @param {number} frameId
 */
export const injectOverlay = (api, tabId, frameId) => bring(api, tabId, frameId, OVERLAY_FILE);

/**
 * Injects the code of the administrator's rules into a frame that one of them may concern.
 * @param {Api} api @param {number} tabId @param {number} frameId
 */
export const injectRules = (api, tabId, frameId) => bring(api, tabId, frameId, RULES_FILE);

export class FrameInjector {
  #api;
  #clock;
  /** @type {Map<number, boolean>} tabs that were just injected into -> whether there was another request */
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
