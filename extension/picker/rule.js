// Makes an administrator's rule for an element.

import { looksWritten } from '../selector/written.js';

/** policy.rules accepts no longer name. */
const longest_name_characters = 64;

/**
 * @param {string} pathname
 * @returns {string} its first folders, up to one that may differ between customers
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
    name: `${host}: ${selector}`.slice(0, longest_name_characters),
    match: `${origin}${lastingFolder(pathname)}*`,
    open: selector,
  };
}

/** @returns {string} the frame's address; a frame without one of its own has that of the page around it */
export const addressHere = () => (/^http/.test(location.protocol) ? location.href : document.baseURI);
