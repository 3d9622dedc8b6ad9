// Shows a snapshot in the popup's page. It writes only texts and attributes, never HTML.

import { noticeWords, problemWords, spoken } from '../common/messages.js';
import { REMINDERS } from '../common/notices.js';
import { controlsOf } from './controls.js';
import { renderCorrections } from './corrections.js';
import { fillList } from './list.js';
import { renderQuestion } from './own-extension.js';

/**
 * @typedef {import('../common/popup-messages.js').Snapshot} Snapshot
 * @typedef {import('../common/messages.js').Messages} Messages
 * @typedef {import('../common/protocol.js').Problem} Problem
 */

const RETRYABLE = new Set(['missing', 'outdated', 'waiting']);

/** @param {Document} page @param {string} id */
const at = (page, id) => /** @type {HTMLElement} */ (page.getElementById(id));

/** Writes a text only if it differs, because a screen reader reads a live region each time it is written. */
function setText(/** @type {HTMLElement} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Writes the texts that never change. @param {Document} page @param {Messages} messages */
export function renderWords(page, { translate, lang, dir }) {
  page.documentElement.lang = lang;
  page.documentElement.dir = dir;
  page.title = translate('popup_window');
  for (const element of page.querySelectorAll('[data-text]')) {
    element.textContent = translate(element.getAttribute('data-text') ?? '');
  }
}

/**
 * @param {Document} page @param {Snapshot} snapshot @param {Messages} messages
 * @param {boolean} [wantsChange] whether the agent wants to give another telephone extension
 */
export function render(page, snapshot, messages, wantsChange = false) {
  if (snapshot.status !== null) messages.nameProvider(snapshot.status.provider);
  renderState(page, snapshot, messages);
  renderQuestion(page, snapshot, wantsChange);
  renderButtons(page, snapshot, messages);
  renderProblems(page, snapshot, messages);
  renderNotices(page, snapshot, messages);
  renderFacts(page, snapshot, messages);
  renderCorrections(page, snapshot, messages);
  renderLast(page, snapshot, messages);
  const host = snapshot.hostVersion ?? messages.translate('popup_version_unknown');
  setText(at(page, 'versions'), messages.translate('popup_versions', snapshot.extensionVersion, host));
}

/**
 * Shows why an override, or a telephone extension, was refused; null removes the text.
 * @param {Document} page @param {Problem|null} problem @param {Messages} messages
 */
export function renderRefusal(page, problem, { translate }) {
  const { meaning = '', action = '' } = problem === null ? {} : problemWords(problem, translate);
  const reason = `${meaning} ${action}`;
  setText(at(page, 'refusal'), problem === null ? '' : translate('popup_not_done', reason));
}

/**
 * Says which key mutes. @param {Document} page @param {string} key as the browser writes it; empty: none
 * @param {Messages} messages
 */
export function renderKey(page, key, { translate }) {
  at(page, 'key').hidden = key === '';
  setText(at(page, 'key'), key === '' ? '' : translate('popup_key', `\u2068${key}\u2069`));
}

/** Says that the picker could not be injected. @param {Document} page @param {Messages} messages */
export function renderPickFailed(page, { translate }) {
  setText(at(page, 'pick-failed'), translate('popup_pick_failed'));
}

/**
 * Shows a warning if the browser does not allow the extension in private windows.
 * @param {Document} page @param {boolean} allowed
 */
export function renderPrivate(page, allowed) {
  at(page, 'private').hidden = allowed;
}

/** Shows that the background does not answer. Nothing that was shown before may stay. */
export function renderUnreachable(/** @type {Document} */ page, /** @type {Messages} */ { translate }) {
  at(page, 'state').dataset.view = 'unprotected';
  at(page, 'icon').setAttribute('src', '../icons/unprotected.svg');
  setText(at(page, 'title'), translate('view_unprotected_title'));
  setText(at(page, 'detail'), translate('popup_unreachable'));
  for (const id of ['action', 'since', 'call', 'mode', 'forms', 'verified', 'own']) setText(at(page, id), '');
  at(page, 'reminders').replaceChildren();
  for (const id of ['problems', 'notices', 'last', 'elsewhere-row', 'agent-row', 'extension-row',
    'correct', 'ask', 'change-part', 'go-on-hint', 'record-why-not']) {
    at(page, id).hidden = true;
  }
  showButtons(page, ['restart']);
}

/** @param {string} at_utc @param {Messages} messages */
function timeOf(at_utc, { lang }) {
  const time = new Date(at_utc);
  if (Number.isNaN(time.getTime())) return '';
  return new Intl.DateTimeFormat(lang, { timeStyle: 'medium' }).format(time);
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderState(page, { model, status }, messages) {
  const words = spoken(model.words, messages.translate);
  at(page, 'state').dataset.view = model.view;
  at(page, 'icon').setAttribute('src', `../icons/${model.view}.svg`);
  at(page, 'spoken').setAttribute('aria-live', model.view === 'unprotected' ? 'assertive' : 'polite');
  setText(at(page, 'title'), words.title);
  setText(at(page, 'detail'), words.detail);
  setText(at(page, 'action'), words.action ?? '');
  // `since` belongs to the host's state, so it is not shown with a different view.
  const since = status !== null && status.state === model.view ? timeOf(status.since, messages) : '';
  setText(at(page, 'since'), since === '' ? '' : messages.translate('popup_since', since));
  renderCall(page, { model, status }, messages);
}

/**
 * Shows these buttons and hides the others. If the button with the focus is hidden, another one gets the
 * focus, so that a screen reader does not lose its place.
 * @param {Document} page @param {string[]} shown
 */
function showButtons(page, shown) {
  const buttons = /** @type {HTMLElement[]} */ ([...page.querySelectorAll('#buttons > button')]);
  const focused = buttons.find((button) => button === page.activeElement);
  for (const button of buttons) button.hidden = !shown.includes(button.id);
  if (focused?.hidden) (buttons.find((button) => !button.hidden) ?? at(page, 'title')).focus();
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderButtons(page, snapshot, { translate }) {
  const { mute, record, auto, recordIsBarred } = controlsOf(snapshot);
  const applies = {
    'go-on': snapshot.mayGoOn, 'allow': snapshot.hiddenSites.length > 0,
    'retry': RETRYABLE.has(snapshot.connection),
    'mute': mute.enabled, 'record': record.enabled, 'auto': auto.enabled,
  };
  showButtons(page, Object.entries(applies).filter(([, does]) => does).map(([id]) => id));
  // While the call is muted, this button keeps a mute that would otherwise end with the form or after a
  // delay.
  setText(at(page, 'mute'), translate(snapshot.model.view === 'muted' ? 'popup_keep' : 'popup_mute'));
  at(page, 'go-on-hint').hidden = !snapshot.mayGoOn;
  at(page, 'record-why-not').hidden = !recordIsBarred;
}

/**
 * Shows all problems in the list for support. The first one has only its code and message there, because its
 * words are shown with the state or the reminders.
 * @param {Document} page @param {Snapshot} snapshot @param {Messages} messages
 */
function renderProblems(page, { model }, { translate }) {
  const silent = { meaning: '', action: '' };
  fillList(page, 'problem-list', model.problems.map((problem, place) =>
    ({ ...problem, ...(place === 0 ? silent : problemWords(problem, translate)) })));
  at(page, 'problems').hidden = model.problems.length === 0;
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderNotices(page, { model }, { translate }) {
  const items = model.notices.map((notice) => ({ ...notice, ...noticeWords(notice, translate) }));
  const asks = (/** @type {{code: string}} */ { code }) => REMINDERS.includes(code);
  // The first problem is added to the reminders unless it is explained already: by the state's words, if they
  // have an action, or by the question about the telephone extension.
  const isSaid = model.words.action !== null || !at(page, 'ask').hidden;
  const problems = model.problems.slice(0, isSaid ? 0 : 1).map((it) => problemWords(it, translate));
  fillList(page, 'reminders', [...problems, ...items.filter(asks)]
    .map(({ meaning, action }) => ({ code: '', message: '', meaning, action })));
  fillList(page, 'notice-list', items.filter((item) => !asks(item)));
  at(page, 'notices').hidden = items.every(asks);
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderFacts(page, { model, status, muteByHand, surfaces }, messages) {
  const { translate } = messages;
  const mode = status?.override ?? (muteByHand ? 'mute' : null);
  setText(at(page, 'mode'), mode === null ? '–' : translate(`popup_mode_${mode}`));
  setText(at(page, 'forms'), String(surfaces));
  const { sip_id = null, source = null } = status?.extension ?? {};
  at(page, 'extension-row').hidden = sip_id === null;
  const from = source === null ? '' : translate(`popup_source_${source}`);
  setText(at(page, 'extension'), [sip_id ?? '', from].filter((part) => part !== '').join(' · '));
  // The telephone provider's name for the agent is shown so that a wrong extension is noticed.
  at(page, 'agent-row').hidden = (status?.agent ?? null) === null;
  setText(at(page, 'agent'), status?.agent ?? '');
  const elsewhere = status?.elsewhere ?? 0;
  at(page, 'elsewhere-row').hidden = elsewhere === 0;
  setText(at(page, 'elsewhere'), String(elsewhere));
  setText(at(page, 'verified'), verifiedWords(model.view, status?.verified ?? null, translate));
}

/**
 * Shows whether a call is in progress, since when, and whether it is muted; nothing about the other party.
 * @param {Document} page @param {Pick<Snapshot, 'model'|'status'>} snapshot @param {Messages} messages
 */
function renderCall(page, { model, status }, messages) {
  const { translate } = messages;
  const call = status?.call ?? null;
  const since = call?.since ? timeOf(call.since, messages) : '';
  const on = since === '' ? translate('popup_call_on') : translate('popup_call_since', since);
  const muted = translate(model.view === 'muted' ? 'popup_call_muted' : 'popup_call_recorded');
  const words = call?.on ? `${on} · ${muted}` : translate('popup_call_none');
  setText(at(page, 'call'), call === null ? '' : words);
}

/**
 * Words for whether the provider's list of calls shows the mute. Only a mute is checked.
 * @param {import('../common/view.js').View} view @param {boolean|null} verified
 * @param {Messages['translate']} translate
 */
function verifiedWords(view, verified, translate) {
  if (verified === false) return translate('popup_verified_false');
  if (view !== 'muted') return '–';
  return translate(verified ? 'popup_verified_true' : 'popup_verified_unknown');
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderLast(page, { status }, messages) {
  const { translate } = messages;
  const last = status?.last ?? null;
  at(page, 'last').hidden = last === null;
  if (last === null) return;
  const http = last.http_status === null ? null : `HTTP ${last.http_status}`;
  const code = [http, last.error_code].filter((part) => part !== null).join(' · ');
  const took = last.latency_ms;
  const latency = took === null ? '–' : translate('popup_milliseconds', took.toFixed(1));
  const request = last.request === 'mute' ? 'popup_last_mute' : 'popup_last_unmute';
  setText(at(page, 'last-request'), translate(request));
  setText(at(page, 'last-code'), code === '' ? translate('popup_last_no_answer') : code);
  setText(at(page, 'last-message'), last.message ?? '–');
  setText(at(page, 'last-action-id'), last.action_id ?? '–');
  setText(at(page, 'last-at'), timeOf(last.at, messages));
  setText(at(page, 'last-latency'), latency);
}
