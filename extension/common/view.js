// Derives what an agent sees from what is known. The rule: never claim more than is known, because people
// rely on what they see.

import { isResumedOverIdleForm, isUnmuteDelayed, noticesOf, ownNotices, unreadNotices } from './notices.js';

/**
 * @typedef {import('./protocol.js').HostStatus} HostStatus
 * @typedef {import('./protocol.js').Policy} Policy
 * @typedef {import('./protocol.js').Problem} Problem
 * @typedef {import('./notices.js').Notice} Notice
 * @typedef {'muting'|'muted'|'unmuting'|'recording'|'unprotected'} PageView the views that a page is sent
 * @typedef {PageView|'off'} View 'off': nothing is known and nothing needs protection
 * @typedef {'idle'|'connecting'|'handshaking'|'ready'|'waiting'|'missing'|'outdated'} ConnectionState
 * @typedef {{
 *   connection: {state: ConnectionState, problem: Problem|null},
 *   status: HostStatus|null,
 *   surfaces: number,
 *   muteByHand: boolean,
 *   asking: boolean,
 *   closing: boolean,
 *   refusal: Problem|null,
 *   hiddenSites: readonly string[],
 *   unreadSites: readonly string[],
 *   overlayProblems: readonly string[],
 *   unseenFrames: readonly string[],
 *   blocked: readonly Problem[],
 *   policy: Policy|null,
 * }} Known
 *   surfaces: how many are open in this browser. muteByHand: the agent muted by hand. asking: a surface.open
 *   or an override is in flight. closing: a surface.close is in flight. refusal: the error of the last
 *   surface.open or override. unreadSites: the entries of managed storage that cannot be read. unseenFrames:
 *   the host names of frames in which no script of ours has connected. blocked: the problems of pages on
 *   which the browser does not let the extension run; their messages list the host names.
 * @typedef {{title: string, detail: string, action: string|null, reason?: string, about?: string}} Words
 *   message keys, except `about`, which is a name. The text of `reason`, or else `about`, is inserted into
 *   the detail, and `about` into the action.
 * @typedef {{view: View, needed: boolean, notResumed: boolean, problems: Problem[], notices: Notice[],
 *   words: Words}} Model needed: a form or a mute by hand needs the mute now. notResumed: the attempts to end
 *   a mute have failed so far. If the words have an action, they are about the first problem.
 */

// The codes of problems that the extension finds itself, in addition to the host's error codes.
export const OWN_PROBLEMS = Object.freeze([
  'host_missing', 'host_forbidden', 'host_blocked', 'host_not_starting', 'host_silent', 'host_lost',
  'outdated_host', 'outdated_extension', 'site_hidden', 'site_blocked', 'site_restricted', 'frame_unseen',
  'not_confirmed', 'unknown_extension',
]);

/**
 * The problems of pages and frames in which the browser does not let the extension run, although it has the
 * permission. Their messages list the host names.
 */
export const UNSEEN_PAGES = Object.freeze(['site_blocked', 'site_restricted', 'frame_unseen']);
/** With any of these problems, a payment form may be open that the extension does not see. */
const UNSEEN = Object.freeze([...UNSEEN_PAGES, 'site_hidden']);

export const VIEWS = Object.freeze(
  /** @type {const} */ (['recording', 'muting', 'muted', 'unmuting', 'unprotected', 'off']));

/** @param {Known} known @param {boolean} needed @returns {View} */
function unconnected({ connection }, needed) {
  if (!needed) return 'off';
  // During the first attempt there is no problem yet. "muting" promises nothing, and the handshake has a
  // timeout.
  const firstTry = connection.state === 'connecting' || connection.state === 'handshaking';
  return firstTry && connection.problem === null ? 'muting' : 'unprotected';
}

/** @param {Known} known @param {HostStatus} status @param {boolean} needed @returns {View} */
function connected(known, status, needed) {
  if (status.state === 'muted') {
    if (status.verified === false) return 'unprotected';
    // If a close and an open are both in flight, this may be the mute of the closed form, which is about to
    // end.
    return known.asking && known.closing ? 'muting' : 'muted';
  }
  if (!needed || status.state === 'muting' || status.state === 'unprotected') return status.state;
  if (status.override === 'record') return status.state;
  if (isResumedOverIdleForm(status, known.policy) && !known.asking) return status.state;
  return known.asking && status.problem === null ? 'muting' : 'unprotected';
}

/**
 * Whether the attempts to end the mute have failed so far. This endangers the conversation's recording, not
 * the card, so it has texts of its own.
 * @param {Known} known @param {View} view
 */
const isNotResumed = ({ status }, view) => view === 'unmuting' && status !== null && status.problem !== null;

/** @param {Known} known @param {View} view @returns {Problem[]} the most important first */
function problemsOf(known, view) {
  const { connection, status, refusal, hiddenSites, blocked } = known;
  const found = [];
  if (connection.problem !== null) found.push(connection.problem);
  if (connection.state === 'ready' && status?.problem) found.push(status.problem);
  if (view === 'unprotected' && found.length === 0) {
    const denied = connection.state === 'ready' && status?.verified === false;
    found.push(refusal ?? { code: denied ? 'verification_failed' : 'not_confirmed', message: '' });
  }
  const hidden = hiddenSites.length > 0 ? [{ code: 'site_hidden', message: hiddenSites.join(' ') }] : [];
  const frames = known.unseenFrames;
  const inFrames = frames.length > 0 ? [{ code: 'frame_unseen', message: frames.join(', ') }] : [];
  const unseen = [...blocked, ...hidden, ...inFrames];
  return view === 'recording' ? [...unseen, ...found] : [...found, ...unseen];
}

/** @param {Known} known @param {View} view @param {Problem|undefined} problem @returns {Words} */
function wordsFor(known, view, problem) {
  if (problem !== undefined && isNotResumed(known, view)) {
    return {
      title: 'view_unmuting_failed_title', detail: 'view_unmuting_failed_detail',
      action: 'view_unmuting_failed_action', reason: `problem_${problem.code}_meaning`,
    };
  }
  const title = view === 'off' && problem !== undefined ? 'view_off_trouble' : `view_${view}_title`;
  const unseen = problem !== undefined && view === 'recording' && UNSEEN.includes(problem.code);
  if (problem !== undefined && (view === 'unprotected' || view === 'off' || unseen)) {
    return {
      title: unseen ? 'view_recording_unseen' : title,
      detail: `problem_${problem.code}_meaning`, action: `problem_${problem.code}_action`,
      ...(UNSEEN_PAGES.includes(problem.code) && { about: problem.message }),
    };
  }
  return { title, detail: detailFor(known, view), action: null };
}

/** @param {Known} known @param {View} view */
function detailFor({ status, surfaces, policy }, view) {
  if (view === 'muted' && status !== null) {
    if (status.override === 'mute') return 'view_muted_by_hand';
    if (surfaces === 0 && status.surfaces === 0 && status.elsewhere > 0) return 'view_muted_elsewhere';
    if (surfaces === 0 && isUnmuteDelayed(status)) return 'view_muted_delayed';
    if (status.verified) return 'view_muted_verified';
  }
  if (view === 'recording' && status?.override === 'record') return 'view_recording_by_hand';
  const resumes = view === 'recording' || view === 'unmuting';
  if (resumes && surfaces > 0 && isResumedOverIdleForm(status, policy)) return 'view_recording_over_idle';
  return `view_${view}_detail`;
}

/** @param {Known} known @returns {Model} */
export function modelOf(known) {
  const needed = known.surfaces > 0 || known.muteByHand;
  const { status } = known;
  const isConnected = known.connection.state === 'ready' && status !== null;
  const view = isConnected ? connected(known, status, needed) : unconnected(known, needed);
  const problems = problemsOf(known, view);
  const notices = [...ownNotices(known.overlayProblems), ...unreadNotices(known.unreadSites),
    ...(isConnected ? noticesOf(status, known.policy) : [])];
  const notResumed = isNotResumed(known, view);
  return { view, needed, notResumed, problems, notices, words: wordsFor(known, view, problems[0]) };
}
