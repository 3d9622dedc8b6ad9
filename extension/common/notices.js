// Notices: what a person should know although the state is as it should be, and the words of each.

import { FORM_MUTE_minutes, IDLE_minutes, MANUAL_MUTE_minutes } from './protocol.js';

/**
 * @typedef {import('./protocol.js').HostStatus} HostStatus
 * @typedef {import('./protocol.js').Policy} Policy
 * @typedef {import('./protocol.js').Problem} Problem
 * @typedef {Problem & {words: string|null, minutes: number}} Notice
 *   words: the part of the message keys that names the notice; null: a notice of a newer host, whose message
 *   is shown instead. minutes: the limit in the policy that the notice is about, if it is about one.
 */

/** The host's notices with words of their own, in the order in which they are shown. */
export const NOTICES = Object.freeze([
  'form_idle', 'form_idle_resumed', 'form_mute_long', 'manual_mute_long', 'unmute_delayed', 'left_muted',
  'store_failed', 'store_shared', 'state_folder_unsafe', 'polarity_unproven', 'environment_ignored',
  'user_settings_ignored', 'configuration_not_used', 'unconfirmed_extension', 'events_missing',
]);

export const OWN_NOTICES = Object.freeze(['overlay_failed', 'banner_not_seen', 'managed_unread']);

/**
 * The notices that ask the agent to act. The others are shown in the popup only, except that `managed_unread`
 * also causes an alert while no site is known.
 */
export const REMINDERS = Object.freeze([
  'overlay_failed', 'banner_not_seen', 'form_idle', 'form_mute_long', 'manual_mute_long',
  'unconfirmed_extension',
]);

/** @param {readonly string[]} codes of problems with an overlay @returns {Notice[]} */
export const ownNotices = (codes) =>
  codes.map((code) => ({ code, message: '', words: code, minutes: 0 }));

/**
 * @param {readonly string[]} entries of managed storage that cannot be read
 * @returns {Notice[]}
 */
export const unreadNotices = (entries) => (entries.length === 0 ? []
  : [{ code: 'managed_unread', message: entries.join(', '), words: 'managed_unread', minutes: 0 }]);

/**
 * Whether the call stays muted for a while after the last form has closed, because forms have opened and
 * closed repeatedly.
 * @param {HostStatus|null} status
 */
export const isUnmuteDelayed = (status) =>
  status?.notices.some(({ code }) => code === 'unmute_delayed') === true;

const RESUMED_STATES = new Set(['recording', 'unmuting']);

/**
 * Whether recording has resumed by policy although a form is open, because nobody has touched the form.
 * @param {HostStatus|null} status @param {Policy|null} policy
 */
export const isResumedOverIdleForm = (status, policy) =>
  policy?.on_idle === 'resume' && status !== null && RESUMED_STATES.has(status.state) &&
  status.notices.some(({ code }) => code === 'form_idle');

/**
 * The host's notices: first the known ones, in the order of NOTICES.
 * @param {HostStatus} status @param {Policy|null} policy @returns {Notice[]}
 */
export function noticesOf(status, policy) {
  const resumed = isResumedOverIdleForm(status, policy);
  const minutesOf = (/** @type {string} */ code) => {
    if (code === 'manual_mute_long') return policy?.manual_mute_minutes ?? MANUAL_MUTE_minutes;
    if (code === 'form_mute_long') return policy?.form_mute_minutes ?? FORM_MUTE_minutes;
    return policy?.idle_minutes ?? IDLE_minutes;
  };
  const place = (/** @type {Notice} */ { words }) =>
    (words === null ? NOTICES.length : NOTICES.indexOf(words));
  return status.notices.map(({ code, message }) => {
    const key = code === 'form_idle' && resumed ? 'form_idle_resumed' : code;
    return { code, message, words: NOTICES.includes(key) ? key : null, minutes: minutesOf(code) };
  }).sort((a, b) => place(a) - place(b));
}
