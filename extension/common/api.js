// The browser's API under one name. Entry files and dom/api.js import it; all else in background and popup
// gets it as a parameter.

/** @typedef {typeof chrome} Api */

/** @type {Api} Firefox and newer Chromium say browser, older Chromium says chrome; both return promises. */
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
