// The entry of the second bundle: what stands beside a payment form. The background brings it into a frame
// when the content script there asks for it; content/beside.js takes it from here.

import { BESIDE } from '../common/marks.js';
import { createBanner } from './banner.js';
import { bannerContent } from './banner-view.js';

/**
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {Parameters<typeof bannerContent>[0]} Known
 */

/** @typedef {ReturnType<typeof make>} Beside */

/** @param {() => void} _onContinue the agent goes on although the mute is not held */
export function make(_onContinue) {
  const banner = createBanner();
  return {
    /** @param {Known} known @param {Group | null} group the form to stand beside; null: none in this frame */
    show: (known, group) => banner.show(bannerContent(known), group),
    pageChanged: banner.pageChanged,
    isOurs: banner.isOurs,
    stop: () => banner.show(null, null),
  };
}

/** @type {{[BESIDE]?: (brought: typeof make) => void}} */ (globalThis)[BESIDE]?.(make);
