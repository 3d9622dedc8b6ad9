// What the background knows about each frame with a content script, and functions over all of these frames.

import { MAX_SURFACE_ID_characters } from '../../common/protocol.js';
import { cardFrameHost } from '../../common/card-frames.js';

/**
 * @typedef {{tabId: number, frameId: number, origin: string|undefined, heard: boolean, wasHeard: boolean,
 *   told: string, greeted: string, bare: boolean, docks: boolean, cardHost: string|null, hidden: string[],
 *   corrected: string[], answers: number,
 *   surfaces: Map<string, {id: string, reason: string, banner: boolean}>}} Page
 *   heard: whether the frame's forms count now: its tab shows a watched site, and no page hides the frame.
 *   wasHeard: whether they count now or did earlier.
 *   told, greeted: the last status and the last hello that were sent to the frame, as text; empty: the next
 *   one is sent in any case. bare: overlay.js cannot be injected. docks: the top frame has to show the banner
 *   too. cardHost: the host name of a payment provider's frame; null: it is none. hidden: the host name of
 *   each card frame that this page hides. corrected: the IDs of the corrections that decide about a form in
 *   this frame. answers: the number of the frame's last message that needs an answer.
 */

/**
 * @param {number} tabId @param {number} frameId @param {string|undefined} origin
 * @param {string|undefined} address of the frame
 * @returns {Page} a frame whose script has just connected
 */
export const newPage = (tabId, frameId, origin, address) => ({
  tabId, frameId, origin, heard: false, wasHeard: false, told: '', greeted: '', bare: false, docks: false,
  hidden: [], corrected: [], answers: 0, surfaces: new Map(),
  cardHost: frameId !== 0 && address !== undefined ? cardFrameHost(address) : null,
});

/**
 * Whether the detector has found a form or the page has declared it, so that it needs no rule or correction.
 * @param {string} reason of its surface
 */
export const isDetected = (reason) => !/^(rule|correction) "/.test(reason);

/**
 * An ID that is unique among all frames, and the same when the page declares the form again. An ID that is
 * too long is cut at its beginning, because the surfaces of a frame differ at the end.
 * @param {Page} page @param {string} ownName
 */
export const idFor = (page, ownName) =>
  `${page.tabId}-${page.frameId}-${ownName}`.slice(-MAX_SURFACE_ID_characters);

/** @param {Page[]} pages @param {number} tabId @returns {string[]} the IDs of the tab's forms that count */
export const formsIn = (pages, tabId) => pages.filter((page) => page.heard && page.tabId === tabId)
  .flatMap(({ surfaces }) => [...surfaces.values()].map(({ id }) => id));

/** @param {Page[]} pages @returns {number[]} the tabs with an open form */
export const tabsWithForms = (pages) => [...new Set(
  pages.filter(({ heard, surfaces }) => heard && surfaces.size > 0).map(({ tabId }) => tabId))];

/**
 * Whether the tab's top frame has to show the banner for an open form of another frame, because that frame
 * has no banner (it is too small, or a provider's), has no overlay.js, or cannot know whether a person sees
 * its banner.
 * @param {Page[]} pages @param {number} tabId
 */
export const isDocked = (pages, tabId) => pages
  .filter((page) => page.heard && page.tabId === tabId && page.frameId !== 0)
  .some((page) => [...page.surfaces.values()].some((surface) => page.bare || page.docks || !surface.banner));

/**
 * Whether another frame of the tab hides this one. Pages report the host names of hidden card frames, and
 * only if they show no frame of that host. If more frames of the host are connected than were reported, a
 * form or a redirect has led the others there. They may be visible, so then no frame of the host counts as
 * hidden.
 * @param {Page} frame @param {Page[]} pages
 */
export function isHidden(frame, pages) {
  const host = frame.cardHost;
  if (host === null) return false;
  const others = pages.filter((page) => page !== frame && page.tabId === frame.tabId);
  const hidden = others.flatMap((page) => page.hidden).filter((one) => one === host).length;
  return hidden > others.filter(({ cardHost }) => cardHost === host).length;
}

/**
 * 'seen': the frame has an open payment form that needs no rule or correction. 'unwatched': the frame is not
 * connected, or its forms do not count.
 * @param {Page[]} pages @param {number} tabId @param {number} frameId
 * @returns {'seen'|'unseen'|'unwatched'}
 */
export function detectionOf(pages, tabId, frameId) {
  const page = pages.find((one) => one.tabId === tabId && one.frameId === frameId);
  if (!page?.heard) return 'unwatched';
  return [...page.surfaces.values()].some(({ reason }) => isDetected(reason)) ? 'seen' : 'unseen';
}

/**
 * @param {Map<chrome.runtime.Port, Page>} pages @param {Page} page
 * @returns {chrome.runtime.MessageSender|undefined} the sender of the tab's top frame, if that is connected
 */
export const topSender = (pages, { tabId }) =>
  [...pages].find(([, one]) => one.tabId === tabId && one.frameId === 0)?.[0].sender;
