// Determines which buttons apply now, and what each requests.

import { isUnmuteDelayed } from '../common/notices.js';

/**
 * @typedef {import('../common/popup-messages.js').Snapshot} Snapshot
 * @typedef {'mute'|'record'|'auto'} Mode
 * @typedef {{mode: Mode, enabled: boolean}} Control enabled: the button applies now, so it is shown
 * @typedef {{mute: Control, record: Control, auto: Control, recordIsBarred: boolean}} Controls
 */

/** @param {Snapshot|null} snapshot @returns {Controls} */
export function controlsOf(snapshot) {
  const status = snapshot?.connection === 'ready' ? snapshot.status : null;
  const forms = (snapshot?.surfaces ?? 0) > 0;
  // A mute by hand that only the extension knows of, because there is no host, can be ended too.
  const override = status?.override ?? (snapshot?.muteByHand ? 'mute' : 'auto');
  // The button "mute" also renews a mute by hand that is about to end by itself.
  const renewable = status?.notices.some(({ code }) => code === 'manual_mute_long') === true;
  const recordIsBarred = status !== null && forms && !snapshot?.mayRecordOverForm;
  // Without a valid configuration the host does not know which calls to mute.
  const canMute = status !== null && status.problem?.code !== 'config_invalid';
  const mute = canMute && (override !== 'mute' || renewable);
  // Without a form, "resume" only ends the mute by hand: an override to record would leave the next form
  // unprotected. The button then does the same as "back to automatic", so only one of the two is shown.
  const record = forms
    ? status !== null && !recordIsBarred && override !== 'record'
    : override === 'mute' || isUnmuteDelayed(status);
  return {
    mute: { mode: 'mute', enabled: mute },
    record: { mode: forms ? 'record' : 'auto', enabled: record },
    auto: { mode: 'auto', enabled: override !== 'auto' && (forms || !record) },
    recordIsBarred,
  };
}
