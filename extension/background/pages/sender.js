// What the browser reports about the page behind a port.

const ASLEEP = new Set(['cached', 'pending_deletion']);

/**
 * Whether the page is in the back-forward cache or about to be deleted, so that nobody can see it. Firefox
 * does not report this.
 * @param {chrome.runtime.MessageSender & {documentLifecycle?: string}} sender
 */
export const isAsleep = (sender) => ASLEEP.has(sender.documentLifecycle ?? 'active');

/**
 * Scheme, host and port of the frame, never a path. A frame without an address of its own gets the origin of
 * its tab.
 * @param {chrome.runtime.MessageSender|undefined} sender
 */
export function originOf(sender) {
  for (const address of [sender?.origin, sender?.url, sender?.tab?.url]) {
    if (address !== undefined && URL.canParse(address)) {
      const { origin } = new URL(address);
      if (origin !== 'null') return origin;
    }
  }
  return undefined;
}

/**
 * The address of the tab's page. A window that a page has opened and written into has no address of its own
 * (about:blank, blob:). For it, the origin that the browser reports for the tab's top frame is used.
 * @param {chrome.runtime.MessageSender|undefined} sender
 * @param {chrome.runtime.MessageSender|undefined} top the sender of the tab's top frame, if it is connected
 * @returns {string|undefined} undefined: unknown
 */
export function pageAddressOf(sender, top) {
  const address = sender?.tab?.url;
  if (address === undefined || !/^(about|blob):/.test(address)) return address;
  const origin = originOf(top);
  return origin === undefined ? undefined : `${origin}/`;
}
