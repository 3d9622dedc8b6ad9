// The model in words, once for everybody who is told: the page's banner, the tooltip, the notifications.
// coordinator.js uses it.

import { noticeWords, pageTexts, spoken } from '../common/messages.js';
import { REMINDERS } from '../common/notices.js';
import { rulesFor } from '../common/rules.js';

/**
 * @typedef {import('../common/messages.js').Messages} Messages
 * @typedef {import('../common/view.js').Model} Model
 * @typedef {import('../common/protocol.js').Policy} Policy
 * @typedef {{code: string, words: string|null, meaning: string, action: string}} Reminder
 */

/** @param {Model} model @param {Messages} messages */
export function wordingOf(model, { translate }) {
  const words = spoken(model.words, translate);
  /** @type {Reminder[]} */
  const reminders = model.notices.filter(({ code }) => REMINDERS.includes(code))
    .map((notice) => ({ ...notice, ...noticeWords(notice, translate) }));
  // The page reminds of its form only; how long the agent mutes by hand is none of its matter.
  const inPage = reminders.filter(({ code }) => code === 'form_idle')
    .map(({ meaning, action }) => translate('reminder_text', meaning, action));
  const trouble = model.problems.slice(0, 1).map(({ code }) => translate(`problem_${code}_meaning`));
  const tooltip = [translate('toolbar_tooltip', words.title), ...trouble,
    ...reminders.map(({ meaning }) => meaning)].join('\n');
  const lines = [words.title, words.detail, words.action ?? '', ...inPage].filter((line) => line !== '');
  return { words, reminders, tooltip, lines };
}

/**
 * What a page is told.
 * @param {Model} model @param {string[]} lines
 * @param {Policy['interlock']} interlock @param {Messages} messages
 */
export const pageStatus = (model, lines, interlock, { dir, lang }) =>
  // Pages that need no protection show nothing, so "nothing is known" needs no word of its own there.
  ({ view: model.view === 'off' ? 'recording' : model.view, lines, interlock, dir, lang });

/**
 * What a page is told first.
 * @param {import('./sites.js').Sites} sites
 * @param {string|undefined} origin of a page that is to have the administrator's rules for it
 * @param {Messages} messages
 */
export const pageGreeting = (sites, origin, { translate, dir, lang }) => ({
  type: 'hello', texts: pageTexts(translate), dir, lang, interlock: sites.interlock,
  interlock_timeout_ms: sites.interlock_timeout_ms, rules: rulesFor(sites.policy?.rules ?? [], origin),
});
