// The rule that an administrator is given for an element.

import { looksWritten } from './written.js';

/** policy.rules takes no longer name. */
const longest_name_characters = 64;

/** @param {string} pathname @returns {string} as much of its folders as looks the same for every customer */
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

/** @returns {string} of this frame; one without an address of its own has that of what is around it */
export const addressHere = () => (/^http/.test(location.protocol) ? location.href : document.baseURI);
