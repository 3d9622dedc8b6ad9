// The model in words, for the page's banner, the tooltip and the notifications.

import { noticeWords, pageTexts, problemWords, spoken } from '../../common/messages.js';
import { REMINDERS } from '../../common/notices.js';
import { rulesFor } from '../../common/rules.js';
import { UNSEEN_PAGES } from '../../common/view.js';

/**
 * @typedef {import('../../common/messages.js').Messages} Messages
 * @typedef {import('../../common/view.js').Model} Model
 * @typedef {import('../../common/protocol.js').Policy} Policy
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {{code: string, words: string|null, meaning: string, action: string}} Reminder
 */

/** @param {Model} model @param {Messages} messages */
export function wordingOf(model, { translate }) {
  const words = spoken(model.words, translate);
  /** @type {Reminder[]} */
  const reminders = model.notices.filter(({ code }) => REMINDERS.includes(code))
    .map((notice) => ({ ...notice, ...noticeWords(notice, translate) }));
  // A page shows only the reminder of an untouched form; the other reminders are not about the page.
  const inPage = reminders.filter(({ code }) => code === 'form_idle')
    .map(({ meaning, action }) => translate('reminder_text', meaning, action));
  const trouble = model.problems.slice(0, 1).map((problem) => problemWords(problem, translate).meaning);
  const tooltip = [translate('toolbar_tooltip', words.title), ...trouble,
    ...reminders.map(({ meaning }) => meaning)].join('\n');
  const lines = [words.title, words.detail, words.action ?? '', ...inPage].filter((line) => line !== '');
  return { words, reminders, tooltip, lines };
}

/**
 * The problems that only an administrator can correct, not those that may pass by themselves, such as a slow
 * start.
 */
const NEEDS_SETUP = new Set(['host_missing', 'host_forbidden', 'host_blocked', 'host_not_starting',
  'caller_not_allowed', 'config_invalid', 'outdated_host', 'outdated_extension']);

/**
 * @param {Model} model @param {boolean} known whether any site is known @param {Messages} messages
 * @returns {import('./setup-alerts.js').Due}
 */
export function setupAlertsOf({ problems, notices }, known, { translate }) {
  const unread = known ? undefined : notices.find(({ code }) => code === 'managed_unread');
  const reason = known ? undefined : problems.find(({ code }) => NEEDS_SETUP.has(code));
  const blocked = problems.find(({ code }) => UNSEEN_PAGES.includes(code) && code !== 'frame_unseen');
  const frame = problems.find(({ code }) => code === 'frame_unseen');
  const titled = (/** @type {string} */ title, /** @type {Problem} */ problem) => {
    const { meaning, action } = problemWords(problem, translate);
    return { title, message: [meaning, action].join('\n') };
  };
  const title = translate('alert_not_set_up');
  const wrong = unread
    && { title, message: [noticeWords(unread, translate).meaning, unread.message].join('\n') };
  return {
    not_set_up: wrong ?? (reason ? titled(title, reason) : known ? null : undefined),
    site_blocked: blocked ? titled(translate('alert_site_blocked'), blocked) : null,
    frame_unseen: frame ? titled(translate('alert_frame_unseen'), frame) : null,
  };
}

/**
 * The part of a page's status that is the same for all pages.
 * @param {Model} model @param {string[]} lines
 * @param {Policy['interlock']} interlock @param {Messages} messages
 */
export const pageStatus = (model, lines, interlock, { dir, lang }) =>
  // Pages have no view 'off': without a form they show nothing.
  ({ view: model.view === 'off' ? 'recording' : model.view, lines, interlock, dir, lang });

/**
 * @param {import('../policy/sites.js').Sites} sites
 * @param {import('../policy/corrections.js').Corrections} corrections
 * @param {string|undefined} origin of the page, for which the rules are selected; undefined: no rules are
 *   sent
 * @param {Messages} messages
 * @returns {import('../../common/background-messages.js').Hello}
 */
export const pageGreeting = (sites, corrections, origin, { translate, dir, lang }) => ({
  type: 'hello', texts: pageTexts(translate), dir, lang, interlock: sites.interlock,
  interlock_timeout_ms: sites.interlock_timeout_ms, sound: sites.policy?.alert_sound === true,
  rules: [...rulesFor(sites.policy?.rules ?? [], origin), ...corrections.rulesFor(origin)],
});
