// Makes an administrator's rule for an element.

import { cut } from '../common/text.js';
import { looksWritten } from '../selector/written.js';

/** The longest name that policy.rules accepts. */
const longest_name_characters = 64;

/**
 * @param {string} pathname
 * @returns {string} its folders before the first one that may differ between customers
 */
function lastingFolder(pathname) {
  const folders = pathname.split('/').slice(1, -1);
  const end = folders.findIndex((folder) => !looksWritten(folder));
  return ['', ...end < 0 ? folders : folders.slice(0, end), ''].join('/');
}

/**
 * @param {string} selector
 * @param {string} address of the frame
 */
export function ruleFor(selector, address) {
  const { origin, host, pathname } = new URL(address);
  return {
    name: cut(`${host}: ${selector}`, longest_name_characters),
    match: `${origin}${lastingFolder(pathname)}*`,
    open: selector,
  };
}

/**
 * @returns {string} the frame's address, or the address of the page around it if the frame has none of its
 *   own
 */
export const addressHere = () => (/^http/.test(location.protocol) ? location.href : document.baseURI);
