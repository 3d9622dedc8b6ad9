// What a browser means when a native port ends: words of Chromium and Firefox -> a problem. Both browsers
// report these in English whatever their language.

// NativeMessagingBlocklist, in Chromium's words.
const BLOCKED = [/disabled by the system administrator/i];
// Firefox, where the manifest names a program that is not there or may not be run. Chromium calls that "host
// not found".
const NOT_STARTING = [/an unexpected error occurred/i];
const MISSING = [/host not found/i, /no such native application/i];
const FORBIDDEN = [/messaging host is forbidden/i, /not have permission to use native application/i];

/**
 * @param {string} words the browser's own
 * @returns {{terminal: boolean, code: string}} terminal: trying again by itself would change nothing
 */
export function readFailure(words) {
  if (BLOCKED.some((pattern) => pattern.test(words))) return { terminal: true, code: 'host_blocked' };
  if (NOT_STARTING.some((pattern) => pattern.test(words))) {
    return { terminal: true, code: 'host_not_starting' };
  }
  if (MISSING.some((pattern) => pattern.test(words))) return { terminal: true, code: 'host_missing' };
  if (FORBIDDEN.some((pattern) => pattern.test(words))) return { terminal: true, code: 'host_forbidden' };
  return { terminal: false, code: 'host_lost' };
}
