// The host's notices: what is good to know while the state is what it should be, and which words each has.
// Pure; view.js asks it for the model, the background which of them are reminders.

import { IDLE_minutes, MANUAL_MUTE_minutes } from './protocol.js';

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
  'form_idle', 'form_idle_resumed', 'manual_mute_long', 'left_muted', 'store_failed', 'polarity_unproven',
]);

/** Those that wait for the agent to do something; the others stand in the popup alone. */
export const REMINDERS = Object.freeze(['form_idle', 'manual_mute_long']);

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
  const minutesOf = (/** @type {string} */ code) => (code === 'manual_mute_long'
    ? policy?.manual_mute_minutes ?? MANUAL_MUTE_minutes : policy?.idle_minutes ?? IDLE_minutes);
  const place = (/** @type {Notice} */ { words }) =>
    (words === null ? NOTICES.length : NOTICES.indexOf(words));
  return status.notices.map(({ code, message }) => {
    const key = code === 'form_idle' && resumed ? 'form_idle_resumed' : code;
    return { code, message, words: NOTICES.includes(key) ? key : null, minutes: minutesOf(code) };
  }).sort((a, b) => place(a) - place(b));
}
