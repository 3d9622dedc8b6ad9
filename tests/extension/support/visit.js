// A visit of the whole content script to a page, for the tests that look at it from outside.

import { insideOf, openPage, ports, settle } from './browser.js';

export const FORM = '<form id="pay"><input autocomplete="cc-number"><input autocomplete="cc-csc"></form>';

/** What the background says first, and then. */
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

/** Longer than extension/content/surfaces.js waits for a form to come back, with a frame to notice it. */
export const closed_ms = 300;

let injections = 0;

/** The browser injects the script. */
export async function inject() {
  injections += 1;
  await import(`../../../extension/content/main.js?${injections}`);
  await settle();
  await bringOverlay();
}

/** The background brings the second bundle, whether it is asked for or not. */
const bringOverlay = () => import(`../../../extension/overlay/main.js?${injections}`);

/** An instance ends with its page: the next one must not find it alive. */
export const leave = () => globalThis[Symbol.for('cardmute.content')]?.stop();

/** Opens a page that has the script from its start. */
export async function visit(html, url) {
  leave();
  const page = openPage(html, url);
  await inject();
  return page;
}

const port = () => ports.at(-1);
export const said = (type) => port().sent.filter((message) => message.type === type);
/** All but what leads to forms, which every page tells and which has tests of its own. */
export const types = () => port().sent.map(({ type }) => type).filter((type) => type !== 'predictor');
export const tell = (message) => port().onMessage.emit(message);

export const banner = () => document.querySelector('[data-cardmute-banner]');
export const bannerBox = () => insideOf(banner()).querySelector('.box');

/** Puts HTML at the end of the page. */
export function insert(html, where = document.body) {
  const holder = document.createElement('div');
  holder.innerHTML = html;
  where.append(holder);
  return holder;
}
