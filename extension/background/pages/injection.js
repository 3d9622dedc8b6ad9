// Injects the extension's scripts: content.js into pages that its registration does not reach (tabs that were
// open before, frames of payment providers), and detector.js, overlay.js and rules.js into frames that need
// them. A second content.js in a frame does nothing.

export const CONTENT_FILE = 'content.js';
export const DETECTOR_FILE = 'detector.js';
export const OVERLAY_FILE = 'overlay.js';
export const RULES_FILE = 'rules.js';
export const PICKER_FILE = 'picker.js';
// The shortest interval between two injections into a tab that keeps adding frames. Requests in between are
// carried out together at its end.
export const FRAMES_MIN_ms = 250;

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../host/native-port.js').Clock} Clock
 */

/**
 * @param {Api} api @param {number} tabId @param {string} [file]
 * @returns {Promise<string>} the browser's error text; empty: the script was injected
 */
export async function inject(api, tabId, file = CONTENT_FILE) {
  try {
    await api.scripting.executeScript({
      target: { tabId, allFrames: true }, files: [file], injectImmediately: true,
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
 * @returns {Promise<boolean>} whether the file was injected
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
 * The functions that inject the bundles into one frame: the detector, the overlay and the rules.
 * @param {Api} api
 * @returns {{[T in 'onDetector'|'onOverlay'|'onRules']: (tab: number, frame: number) => Promise<boolean>}}
 */
export const injectionsFor = (api) => ({
  onDetector: (tab, frame) => bring(api, tab, frame, DETECTOR_FILE),
  onOverlay: (tab, frame) => bring(api, tab, frame, OVERLAY_FILE),
  onRules: (tab, frame) => bring(api, tab, frame, RULES_FILE),
});

export class FrameInjector {
  #api;
  #clock;
  /** @type {Map<number, boolean>} tab with a recent injection -> whether another request has come since */
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
