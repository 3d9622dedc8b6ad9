// What a browser means when a native port ends: words of Chromium and Firefox -> a problem.
// Only native-port.js uses it. Both browsers report these in English whatever their language.

const MISSING = [/host not found/i, /no such native application/i];
const FORBIDDEN = [/messaging host is forbidden/i, /not have permission to use native application/i];

/**
 * @param {string} words the browser's own
 * @returns {{terminal: boolean, code: string}} terminal: trying again by itself would change nothing
 */
export function readFailure(words) {
  if (MISSING.some((pattern) => pattern.test(words))) return { terminal: true, code: 'host_missing' };
  if (FORBIDDEN.some((pattern) => pattern.test(words))) return { terminal: true, code: 'host_forbidden' };
  return { terminal: false, code: 'host_lost' };
}
