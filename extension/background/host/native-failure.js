// Finds the problem code for the error text with which a browser ends a native port. Chromium and Firefox
// write this text in English whatever their language.

// Chromium's text when a policy (NativeMessagingBlocklist) forbids the host.
const BLOCKED = [/disabled by the system administrator/i];
// Firefox's text when the manifest names a program that is missing or may not be run. In that case Chromium
// says "host not found".
const NOT_STARTING = [/an unexpected error occurred/i];
const MISSING = [/host not found/i, /no such native application/i];
const FORBIDDEN = [/messaging host is forbidden/i, /not have permission to use native application/i];

/**
 * @param {string} words the browser's error text
 * @returns {{terminal: boolean, code: string}} terminal: an automatic retry would change nothing
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
