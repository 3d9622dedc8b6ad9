// Every word that a person reads comes through here from _locales.

import { OWN_PROBLEMS } from './view.js';
import { ERROR_CODES } from './protocol.js';

const KNOWN_PROBLEMS = new Set([...OWN_PROBLEMS, ...ERROR_CODES]);
const PROBLEM_KEY = /^problem_(.+)_(meaning|action)$/;

// The last of a browser's substitutions, $9, is the telephone provider's name, in whatever message has it.
const PROVIDER_PLACE = 8;

/**
 * @typedef {(key: string, ...substitutions: (string|number)[]) => string} Translate
 * @typedef {{translate: Translate, lang: string, dir: 'ltr'|'rtl',
 *   nameProvider: (name: string|null) => void}} Messages
 *   lang and dir are those of the words that are shown, which need not be the browser's own. nameProvider:
 *   what the telephone provider is called from now on; null: the host has not named it, or is older.
 */

/** @param {Pick<typeof chrome.i18n, 'getMessage'>} i18n @returns {Messages} */
export function createMessages(i18n) {
  const unnamed = i18n.getMessage('provider_unnamed');
  let provider = unnamed;
  /** @type {Translate} */
  const translate = (key, ...substitutions) => {
    const places = Array.from({ length: PROVIDER_PLACE }, (_, place) => String(substitutions[place] ?? ''));
    return atStart(i18n.getMessage(knownKey(key), [...places, provider]), unnamed);
  };
  return {
    translate, lang: translate('lang'), dir: translate('dir') === 'rtl' ? 'rtl' : 'ltr',
    nameProvider: (name) => { provider = name ?? unnamed; },
  };
}

/** With a capital letter where the words begin the text. @param {string} text @param {string} words */
const atStart = (text, words) => (text.startsWith(words) ? text[0].toUpperCase() + text.slice(1) : text);

/**
 * Codes are only ever added, so an older extension can meet one that it has no words for.
 * @param {string} key
 */
function knownKey(key) {
  const parts = PROBLEM_KEY.exec(key);
  return parts === null || KNOWN_PROBLEMS.has(parts[1]) ? key : `problem_other_${parts[2]}`;
}

/** @param {import('./view.js').Words} words @param {Translate} translate */
export function spoken(words, translate) {
  const about = words.about ?? '';
  const given = words.reason === undefined ? about : translate(words.reason);
  return {
    title: translate(words.title),
    detail: translate(words.detail, given),
    action: words.action === null ? null : translate(words.action, about),
  };
}

/**
 * The words of some problems name what it is about, such as a site.
 * @param {import('./protocol.js').Problem} problem @param {Translate} translate
 */
export const problemWords = ({ code, message }, translate) => ({
  meaning: translate(`problem_${code}_meaning`, message),
  action: translate(`problem_${code}_action`, message),
});

/** @param {import('./notices.js').Notice} notice @param {Translate} translate */
export function noticeWords({ code, message, words, minutes }, translate) {
  if (words === null) return { meaning: message === '' ? code : message, action: '' };
  return {
    meaning: translate(`notice_${words}_meaning`, minutes), action: translate(`notice_${words}_action`),
  };
}

const PICKER_WORDS = /** @type {const} */ (['picker_hint', 'picker_heading', 'picker_selector', 'picker_one',
  'picker_weak', 'picker_seen', 'picker_unseen', 'picker_unwatched', 'picker_json', 'picker_where',
  'picker_copy', 'picker_copied', 'picker_not_copied', 'picker_close']);

/**
 * The picker's words, by their keys without the first part. It puts in the count itself.
 * @param {Translate} translate @returns {Record<string, string>}
 */
export const pickerTexts = (translate) => ({
  ...Object.fromEntries(PICKER_WORDS.map((key) => [key.replace('picker_', ''), translate(key)])),
  many: translate('picker_many', '{count}'),
});

/** The words that a page needs before it hears from the background again. @param {Translate} translate */
export const pageTexts = (translate) => ({
  muting: ['view_muting_title', 'view_muting_detail'].map((key) => translate(key)),
  lost: ['view_unprotected_title', 'page_lost_detail', 'page_lost_action'].map((key) => translate(key)),
  late: ['view_unprotected_title', 'page_late_detail'].map((key) => translate(key)),
  waiting: translate('page_waiting'),
  held: translate('page_held'),
  released: translate('page_released'),
  go_on: translate('page_go_on'),
});
