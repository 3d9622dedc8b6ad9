// The browser's API under one name. For the entry files and content/api.js; all else in background and
// popup has it handed in.

/** @typedef {typeof chrome} Api */

/** @type {Api} Firefox and newer Chromium say browser, older Chromium says chrome; both return promises. */
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
