// The browser's API under one name. In background and popup only the entry files import it; other modules get
// it as a parameter, so that a test can pass another.

/** @typedef {typeof chrome} Api */

/** @type {Api} `browser` in Firefox and newer Chromium, `chrome` in older Chromium. Both return promises. */
export const api = /** @type {any} */ (globalThis).browser ?? globalThis.chrome;
