// The toolbar's icon, badge and tooltip. Each state has its own shape and text, not only its own colour.

import { UNSEEN_PAGES } from '../../common/view.js';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../../common/view.js').Model} Model
 * @typedef {import('../../common/view.js').View} View
 */

/** In pixels, for screens of normal and of double density. */
const ICON_SIZES = [16, 32];

/**
 * The delay of an icon that only shows an unmute in flight. The host's answer passes through the browser's
 * main thread, and drawing an icon there would delay it. (For a mute in flight, see Showing.)
 */
const UNMUTING_ms = 60;

/** @type {Record<View, {text: string, colour: string}>} white on each colour has a contrast above 4.5 */
const BADGES = {
  recording: { text: 'REC', colour: '#374151' },
  muting: { text: '…', colour: '#92400e' },
  muted: { text: '✓', colour: '#166534' },
  unmuting: { text: '▶', colour: '#1d4ed8' },
  unprotected: { text: '!', colour: '#b91c1c' },
  off: { text: '', colour: '#374151' },
};
// In these views a problem gets a badge of its own. In the other views the state's badge is more important.
const TROUBLED_VIEWS = new Set(['off', 'recording', 'unmuting']);
// The badge of a problem that keeps the extension off a page, in which somebody may type a card.
const UNSEEN_BADGE = { text: '!', colour: '#b91c1c' };
const PROBLEM_BADGE = { text: '?', colour: '#92400e' };
// Added to the state's badge, except to that of "unprotected", if there is a reminder, or a page or frame
// that the extension cannot see and that has no badge of its own.
const REMINDER_SIGN = '?';

/** @param {View} view */
const iconPaths = (view) =>
  Object.fromEntries(ICON_SIZES.map((size) => [size, `icons/${view}-${size}.png`]));

/** @param {Model} model @param {boolean} reminds */
function badgeOf({ view, problems }, reminds) {
  const unseen = problems.some(({ code }) => UNSEEN_PAGES.includes(code));
  if (unseen && TROUBLED_VIEWS.has(view)) return UNSEEN_BADGE;
  if (problems.length > 0 && TROUBLED_VIEWS.has(view)) return PROBLEM_BADGE;
  const { text, colour } = BADGES[view];
  return { text: (reminds || unseen) && view !== 'unprotected' ? text + REMINDER_SIGN : text, colour };
}

export class Toolbar {
  #api;
  #clock;
  #shown = '';
  #cancel = () => {};

  /** @param {Api} api @param {import('../host/native-port.js').Clock} clock */
  constructor(api, clock) {
    this.#api = api;
    this.#clock = clock;
  }

  /** @param {Model} model @param {string} tooltip @param {boolean} reminds whether there are reminders */
  show(model, tooltip, reminds) {
    const badge = badgeOf(model, reminds);
    const now = JSON.stringify([model.view, badge, tooltip]);
    if (now === this.#shown) return;
    this.#shown = now;
    this.#cancel();
    const draw = () => this.#draw(model.view, badge, tooltip);
    const passing = model.view === 'unmuting' && model.problems.length === 0;
    if (passing) this.#cancel = this.#clock.after(UNMUTING_ms, draw);
    else draw();
  }

  /** @param {View} view @param {{text: string, colour: string}} badge @param {string} tooltip */
  #draw(view, badge, tooltip) {
    const { action } = this.#api;
    Promise.all([
      action.setIcon({ path: iconPaths(view) }),
      action.setBadgeText({ text: badge.text }),
      action.setBadgeBackgroundColor({ color: badge.colour }),
      action.setBadgeTextColor({ color: '#ffffff' }),
      action.setTitle({ title: tooltip }),
    ]).catch(() => {
      this.#shown = ''; // so that the next change draws it again
    });
  }
}
