// Shows a snapshot in the popup's page. It writes only texts and attributes, never HTML.

import { noticeWords, problemWords, spoken } from '../common/messages.js';
import { controlsOf } from './controls.js';
import { renderCorrections } from './corrections.js';

/**
 * @typedef {import('../common/popup-messages.js').Snapshot} Snapshot
 * @typedef {import('../common/messages.js').Messages} Messages
 * @typedef {import('../common/protocol.js').Problem} Problem
 */

const RETRYABLE = new Set(['missing', 'outdated', 'waiting']);

/** @param {Document} page @param {string} id */
const at = (page, id) => /** @type {HTMLElement} */ (page.getElementById(id));

/** Writes a text only if it differs: a screen reader reads a live region each time that it is written. */
function setText(/** @type {HTMLElement} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Writes the texts that never change. @param {Document} page @param {Messages} messages */
export function renderWords(page, { translate, lang, dir }) {
  page.documentElement.lang = lang;
  page.documentElement.dir = dir;
  for (const element of page.querySelectorAll('[data-text]')) {
    element.textContent = translate(element.getAttribute('data-text') ?? '');
  }
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
export function render(page, snapshot, messages) {
  if (snapshot.status !== null) messages.nameProvider(snapshot.status.provider);
  at(page, 'restart').hidden = true;
  renderState(page, snapshot, messages);
  renderProblems(page, snapshot, messages);
  renderNotices(page, snapshot, messages);
  renderControls(page, snapshot, messages);
  renderCorrections(page, snapshot, messages);
  renderLast(page, snapshot, messages);
  const host = snapshot.hostVersion ?? messages.translate('popup_version_unknown');
  setText(at(page, 'versions'), messages.translate('popup_versions', snapshot.extensionVersion, host));
}

/**
 * Shows why an override was refused; null removes the text.
 * @param {Document} page @param {Problem|null} problem @param {Messages} messages
 */
export function renderRefusal(page, problem, { translate }) {
  const { meaning = '', action = '' } = problem === null ? {} : problemWords(problem, translate);
  const reason = `${meaning} ${action}`;
  setText(at(page, 'refusal'), problem === null ? '' : translate('popup_not_done', reason));
}

/** The picker could not be injected. @param {Document} page @param {Messages} messages */
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

/** The background does not answer, so nothing that was shown before may stay. */
export function renderUnreachable(/** @type {Document} */ page, /** @type {Messages} */ { translate }) {
  at(page, 'state').dataset.view = 'unprotected';
  at(page, 'icon').setAttribute('src', '../icons/unprotected.svg');
  setText(at(page, 'title'), translate('view_unprotected_title'));
  setText(at(page, 'detail'), translate('popup_unreachable'));
  at(page, 'restart').hidden = false;
  for (const id of ['since', 'mode', 'forms', 'verified']) setText(at(page, id), '');
  for (const id of ['problems', 'notices', 'last', 'elsewhere-row', 'agent-row', 'go-on-part', 'correct']) {
    at(page, id).hidden = true;
  }
  for (const id of ['mute', 'record', 'auto']) at(page, id).setAttribute('aria-disabled', 'true');
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
  // With an action, the words describe a problem, which the list shows together with what to do.
  setText(at(page, 'detail'), words.action === null ? words.detail : '');
  // `since` belongs to the host's state, so it is not shown with a different view.
  const since = status !== null && status.state === model.view ? timeOf(status.since, messages) : '';
  setText(at(page, 'since'), since === '' ? '' : messages.translate('popup_since', since));
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderProblems(page, { model, connection, hiddenSites }, { translate }) {
  // If the words have an action, they are about the first problem, and fit the state better.
  const first = model.words.action === null ? null : spoken(model.words, translate);
  fillList(page, 'problem-list', model.problems.map((problem, place) => ({
    ...problem, ...problemWords(problem, translate),
    ...(place === 0 && first && { meaning: first.detail, action: first.action ?? '' }),
  })), translate);
  at(page, 'retry').hidden = !RETRYABLE.has(connection);
  at(page, 'allow').hidden = hiddenSites.length === 0;
  at(page, 'problems').hidden = model.problems.length === 0;
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderNotices(page, { model }, { translate }) {
  fillList(page, 'notice-list',
    model.notices.map((notice) => ({ ...notice, ...noticeWords(notice, translate) })), translate);
  at(page, 'notices').hidden = model.notices.length === 0;
}

/**
 * @typedef {Problem & {meaning: string, action: string}} Item
 * @param {Document} page @param {string} id @param {Item[]} items @param {Messages['translate']} translate
 */
function fillList(page, id, items, translate) {
  const list = at(page, id);
  const shown = JSON.stringify(items);
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  list.replaceChildren(...items.map((item) => listItem(page, item, translate)));
}

/** @param {Document} page @param {Item} item @param {Messages['translate']} translate */
function listItem(page, { code, message, meaning, action }, translate) {
  const element = (/** @type {string} */ name, /** @type {string} */ text, className = '') => {
    const made = page.createElement(name);
    made.textContent = text;
    if (className !== '') made.className = className;
    return made;
  };
  const details = page.createElement('details');
  const exact = element('code', message === '' ? code : `${code}: ${message}`);
  exact.dir = 'ltr';
  details.append(element('summary', translate('popup_details')), exact);
  const said = element('p', meaning, 'meaning');
  said.dir = 'auto'; // it may be a text of the host
  const item = page.createElement('li');
  item.append(said, element('p', action), details);
  return item;
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
function renderControls(page, snapshot, { translate }) {
  const { mute, record, auto, recordIsBarred } = controlsOf(snapshot);
  for (const [id, { enabled }] of Object.entries({ mute, record, auto })) {
    // Not `disabled`: the button keeps the focus, and a screen reader can read why it cannot be pressed.
    at(page, id).setAttribute('aria-disabled', String(!enabled));
  }
  at(page, 'go-on-part').hidden = !snapshot.mayGoOn;
  at(page, 'record-why-not').hidden = !recordIsBarred;
  if (recordIsBarred) at(page, 'record').setAttribute('aria-describedby', 'record-why-not');
  else at(page, 'record').removeAttribute('aria-describedby');
  const mode = snapshot.status?.override ?? (snapshot.muteByHand ? 'mute' : null);
  setText(at(page, 'mode'), mode === null ? '–' : translate(`popup_mode_${mode}`));
  setText(at(page, 'forms'), String(snapshot.surfaces));
  const { model, status } = snapshot;
  // The name that the telephone provider has for the agent, so that a wrong number is noticed.
  at(page, 'agent-row').hidden = (status?.agent ?? null) === null;
  setText(at(page, 'agent'), status?.agent ?? '');
  const elsewhere = status?.elsewhere ?? 0;
  at(page, 'elsewhere-row').hidden = elsewhere === 0;
  setText(at(page, 'elsewhere'), String(elsewhere));
  setText(at(page, 'verified'), verifiedWords(model.view, status?.verified ?? null, translate));
}

/**
 * The result of the check at the provider. Only a mute is checked.
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
