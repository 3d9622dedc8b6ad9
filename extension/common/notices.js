// The host's notices: what is good to know while the state is what it should be, and which words each has.
// Pure.

import { FORM_MUTE_minutes, IDLE_minutes, MANUAL_MUTE_minutes } from './protocol.js';

/**
 * @typedef {import('./protocol.js').HostStatus} HostStatus
 * @typedef {import('./protocol.js').Policy} Policy
 * @typedef {import('./protocol.js').Problem} Problem
 * @typedef {Problem & {words: string|null, minutes: number}} Notice
 *   words: a part of their keys; null: the host is newer than this list, and its message speaks for itself.
 *   minutes: what the policy says of the matter.
 */

/** Each has words of its own. */
export const NOTICES = Object.freeze([
  'form_idle', 'form_idle_resumed', 'form_mute_long', 'manual_mute_long', 'unmute_delayed', 'left_muted',
  'store_failed', 'store_shared', 'state_folder_unsafe', 'polarity_unproven', 'environment_ignored',
  'user_settings_ignored',
  'configuration_not_used',
]);

/** What the extension finds by itself, with words of their own too. */
export const OWN_NOTICES = Object.freeze(['overlay_failed', 'banner_not_seen']);

/** Those that wait for the agent to do something; the others stand in the popup alone. */
export const REMINDERS = Object.freeze([
  ...OWN_NOTICES, 'form_idle', 'form_mute_long', 'manual_mute_long',
]);

/**
 * What the extension finds by itself at the overlay of an open form.
 * @param {readonly string[]} codes @returns {Notice[]}
 */
export const ownNotices = (codes) =>
  codes.map((code) => ({ code, message: '', words: code, minutes: 0 }));

/**
 * Whether the mute lasts a moment longer than its form, because forms come and go.
 * @param {HostStatus|null} status
 */
export const isUnmuteDelayed = (status) =>
  status?.notices.some(({ code }) => code === 'unmute_delayed') === true;

const RESUMED_STATES = new Set(['recording', 'unmuting']);

/**
 * Whether the policy has let the recording go on although a form is open, since nobody touches it.
 * @param {HostStatus|null} status @param {Policy|null} policy
 */
export const isResumedOverIdleForm = (status, policy) =>
  policy?.on_idle === 'resume' && status !== null && RESUMED_STATES.has(status.state) &&
  status.notices.some(({ code }) => code === 'form_idle');

/**
 * Those of our list first, in its order.
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
