// What there is to know of the frames that have a content script, and questions about all of them.

import { MAX_SURFACE_ID_characters } from '../../common/protocol.js';
import { cardFrameHost } from '../../common/card-frames.js';

/**
 * @typedef {{tabId: number, frameId: number, heard: boolean, told: string, greeted: string,
 *   bare: boolean, hidden: string[],
 *   surfaces: Map<string, {id: string, reason: string, banner: boolean}>}} Page
 *   bare: overlay.js cannot be brought there.
 *   heard: false where its top page is none of policy.sites, or keeps the frame out of sight; it is kept,
 *   because both may change. hidden: the hosts of the card frames in it that nobody sees.
 *   greeted: what it was greeted with last.
 */

/**
 * Unique over all frames and the same whenever the page declares it again. Where it gets too long the end is
 * kept, since that is what differs between the surfaces of a frame.
 * @param {Page} page @param {string} ownName
 */
export const idFor = (page, ownName) =>
  `${page.tabId}-${page.frameId}-${ownName}`.slice(-MAX_SURFACE_ID_characters);

/** @param {Page[]} pages @param {number} tabId @returns {string[]} the forms that are open in a tab */
export const formsIn = (pages, tabId) => pages.filter((page) => page.heard && page.tabId === tabId)
  .flatMap(({ surfaces }) => [...surfaces.values()].map(({ id }) => id));

/** @param {Page[]} pages @returns {number[]} the tabs with an open form */
export const tabsWithForms = (pages) => [...new Set(
  pages.filter(({ heard, surfaces }) => heard && surfaces.size > 0).map(({ tabId }) => tabId))];

/**
 * A frame too small for a banner has its tab's top frame show it.
 * @param {Page[]} pages @param {number} tabId
 */
export const isDocked = (pages, tabId) => pages
  .filter((page) => page.heard && page.tabId === tabId && page.frameId !== 0)
  .some((page) => [...page.surfaces.values()].some((surface) => page.bare || !surface.banner));

/**
 * Whether a page of the same tab keeps this frame out of sight. A page speaks of known card frames only.
 * @param {Page} frame @param {string|undefined} address the frame's @param {Page[]} pages
 */
export function isHidden(frame, address, pages) {
  const host = frame.frameId !== 0 && address !== undefined ? cardFrameHost(address) : null;
  return host !== null && pages.some((page) =>
    page !== frame && page.tabId === frame.tabId && page.hidden.includes(host));
}

/**
 * Whether a payment form is seen in a frame by itself, and not by one of the administrator's rules.
 * @param {Page[]} pages @param {number} tabId @param {number} frameId
 * @returns {'seen'|'unseen'|'unwatched'}
 */
export function detectionOf(pages, tabId, frameId) {
  const page = pages.find((one) => one.tabId === tabId && one.frameId === frameId);
  if (!page?.heard) return 'unwatched';
  return [...page.surfaces.values()].some(({ reason }) => !reason.startsWith('rule ')) ? 'seen' : 'unseen';
}
