// Every word that a person reads comes through here from _locales. Background and popup use it.

import { OWN_PROBLEMS } from './view.js';
import { ERROR_CODES } from './protocol.js';

const KNOWN_PROBLEMS = new Set([...OWN_PROBLEMS, ...ERROR_CODES]);
const PROBLEM_KEY = /^problem_(.+)_(meaning|action)$/;

/**
 * @typedef {(key: string, ...substitutions: (string|number)[]) => string} Translate
 * @typedef {{translate: Translate, lang: string, dir: string}} Messages
 *   lang and dir are those of the words that are shown, which need not be the browser's own.
 */

/** @param {Pick<typeof chrome.i18n, 'getMessage'>} i18n @returns {Messages} */
export function createMessages(i18n) {
  /** @type {Translate} */
  const translate = (key, ...substitutions) => i18n.getMessage(knownKey(key), substitutions.map(String));
  return { translate, lang: translate('lang'), dir: translate('dir') };
}

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
  const reason = words.reason === undefined ? [] : [translate(words.reason)];
  return {
    title: translate(words.title),
    detail: translate(words.detail, ...reason),
    action: words.action === null ? null : translate(words.action),
  };
}

/** The words that a page needs before it hears from the background again. @param {Translate} translate */
export function pageTexts(translate) {
  return {
    muting: { title: translate('view_muting_title'), detail: translate('view_muting_detail') },
    lost: {
      title: translate('view_unprotected_title'),
      detail: translate('page_lost_detail'),
      action: translate('page_lost_action'),
    },
  };
}
