// Reads from _locales every text that is shown to a person.

import { OWN_PROBLEMS } from './view.js';
import { ERROR_CODES } from './protocol.js';

const KNOWN_PROBLEMS = new Set([...OWN_PROBLEMS, ...ERROR_CODES]);
const PROBLEM_KEY = /^problem_(.+)_(meaning|action)$/;

// The index of $9, the last substitution that the browser supports. It is always the telephone provider's
// name.
const PROVIDER_PLACE = 8;

/**
 * @typedef {(key: string, ...substitutions: (string|number)[]) => string} Translate
 * @typedef {{translate: Translate, lang: string, dir: 'ltr'|'rtl',
 *   nameProvider: (name: string|null) => void}} Messages
 *   lang and dir are those of the texts, which may differ from the browser's own. nameProvider: sets the
 *   telephone provider's name; null: the host has not sent it, or is too old to send it.
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

/**
 * Capitalises the text's first letter if the text begins with the words for an unnamed provider.
 * @param {string} text @param {string} words
 */
const atStart = (text, words) => (text.startsWith(words) ? text[0].toUpperCase() + text.slice(1) : text);

/**
 * Replaces the key of a problem for which this extension has no text: a newer host may send new codes.
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
  const title = translate(words.title);
  return {
    title,
    detail: translate(words.detail, given),
    action: words.action === null ? null : withoutRepeat(title, translate(words.action, about)),
  };
}

/**
 * Leaves out the action's first sentence if the title ends with it. A title such as "NOT MUTED – do not ask
 * for the card" may already say what to do.
 * @param {string} title @param {string} action
 */
export function withoutRepeat(title, action) {
  const said = (title.split(' – ').at(-1) ?? '').toLowerCase();
  const end = action.indexOf('. ');
  const repeats = end > 0 && action.slice(0, end).toLowerCase() === said;
  return repeats ? action.slice(end + 2) : action;
}

/**
 * Words for a problem. Some texts include the problem's message; it then is a name, such as a site's host.
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
  'picker_copy', 'picker_copied', 'picker_not_copied', 'picker_close', 'picker_field']);

/**
 * The picker's texts, by their keys without "picker_". The picker itself replaces "{count}".
 * @param {Translate} translate @returns {Record<string, string>}
 */
export const pickerTexts = (translate) => ({
  ...Object.fromEntries(PICKER_WORDS.map((key) => [key.replace('picker_', ''), translate(key)])),
  many: translate('picker_many', '{count}'),
});

/** The texts that a page may need before the background's next message. @param {Translate} translate */
export const pageTexts = (translate) => ({
  muting: ['view_muting_title', 'view_muting_detail'].map((key) => translate(key)),
  lost: ['view_unprotected_title', 'page_lost_detail', 'page_lost_action'].map((key) => translate(key)),
  late: ['view_unprotected_title', 'page_late_detail'].map((key) => translate(key)),
  waiting: translate('page_waiting'),
  held: translate('page_held'),
  released: translate('page_released'),
  go_on: translate('page_go_on'),
});
