// What the browser says of the page behind a port.

const ASLEEP = new Set(['cached', 'pending_deletion']);

/**
 * Whether nobody can see the page. Firefox does not say.
 * @param {chrome.runtime.MessageSender & {documentLifecycle?: string}} sender
 */
export const isAsleep = (sender) => ASLEEP.has(sender.documentLifecycle ?? 'active');

/**
 * Scheme, host and port of the frame, never a path. Frames without an address of their own have their tab's.
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
