// Handles what the frames report about their overlays: overlay.js is needed, a person can or cannot see the
// banner, the overlay has failed, the top frame has to show the banner too, the agent continues without the
// mute.

/**
 * @typedef {import('./pages.js').Page} Page
 * @typedef {import('../../common/page-messages.js').PageMessage} PageMessage
 * @typedef {'overlay' | 'continue' | 'banner' | 'overlay_failed' | 'dock'} Type
 * @typedef {Pick<import('./content-ports.js').Parts, 'banners' | 'onOverlay' | 'onGone'>} Parts
 */

/**
 * @param {Parts} parts
 * @param {import('./released-tabs.js').ReleasedTabs} released
 * @returns {{[T in Type]: (port: unknown, page: Page, message: Extract<PageMessage, {type: T}>) => void}}
 */
export function overlayHandlers({ banners, onOverlay, onGone }, released) {
  /** Injects overlay.js. If that fails, the top frame shows the banner instead. @param {Page} page */
  async function bring(page) {
    const was = page.bare;
    page.bare = !await onOverlay(page.tabId, page.frameId);
    if (page.bare !== was) onGone();
  }

  return {
    'overlay': (_, page) => { bring(page); },
    'continue': (_, page, { painted }) => {
      if (page.heard) released.add(page.tabId, painted);
    },
    'banner': (_, page, { painted }) => { banners.reported(page, painted); },
    'overlay_failed': (_, page, { failed }) => { banners.failed(page, failed); },
    'dock': (_, page) => {
      page.docks = true;
      onGone();
    },
  };
}
