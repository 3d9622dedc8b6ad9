// Runs the whole content script in a page, for tests that observe it from outside.

import { insideOf, openPage, ports, settle } from './browser.js';

export const FORM = '<form id="pay"><input autocomplete="cc-number"><input autocomplete="cc-csc"></form>';

/** The background's first message, and a status. */
export const HELLO = {
  type: 'hello', dir: 'ltr', lang: 'en', interlock: 'warn', interlock_timeout_ms: 1500,
  texts: {
    muting: ['muting'], lost: ['lost'], late: ['NOT MUTED', 'late'],
    waiting: 'waiting', held: 'held', released: 'released', go_on: 'go on',
  },
};
export const STATUS = {
  type: 'status', view: 'muted', lines: ['muted', 'go'], dir: 'ltr', lang: 'en',
  interlock: 'warn', docked: false,
};

/**
 * After this time a form that has gone is closed: the look at the page comes in an animation frame, and then
 * extension/content/surfaces.js waits for the form to come back.
 */
export const closed_ms = 300;

let injections = 0;

/** Injects content.js, then detector.js and overlay.js. */
export async function inject() {
  injections += 1;
  await import(`../../../extension/content/main.js?${injections}`);
  await import(`../../../extension/detect/main.js?${injections}`);
  await settle();
  await bringOverlay();
}

/** Injects overlay.js, also if the content script has not asked for it. */
const bringOverlay = () => import(`../../../extension/overlay/main.js?${injections}`);

/** Stops the script of the last page, so that the next one does not find it alive. */
export const leave = () => globalThis[Symbol.for('cardmute.content')]?.stop();

/** Opens a page and injects the script at once. */
export async function visit(html, url) {
  leave();
  const page = openPage(html, url);
  await inject();
  return page;
}

const port = () => ports.at(-1);
export const said = (type) => port().sent.filter((message) => message.type === type);
/** The types of all messages but predictors, which every page sends and which have tests of their own. */
export const types = () => port().sent.map(({ type }) => type).filter((type) => type !== 'predictor');
/** Sends the page a message, with the number of its last declaration or close, as the background does. */
export const tell = (message) => port().onMessage.emit({
  answers: Math.max(0, ...port().sent.map(({ number = 0 }) => number)), ...message,
});

export const banner = () => document.querySelector('[data-cardmute-banner]');
export const bannerBox = () => insideOf(banner()).querySelector('.box');

/** Puts HTML, in an element of its own, at the end of the page or of another element. */
export function insert(html, where = document.body) {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  where.append(holder);
  return holder;
}
