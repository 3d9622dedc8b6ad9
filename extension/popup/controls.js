// Which of the three buttons can be pressed, and what each requests. Pure.

import { isUnmuteDelayed } from '../common/notices.js';

/**
 * @typedef {import('../common/popup-messages.js').Snapshot} Snapshot
 * @typedef {'mute'|'record'|'auto'} Mode
 * @typedef {{mode: Mode, enabled: boolean}} Control
 * @typedef {{mute: Control, record: Control, auto: Control, recordIsBarred: boolean}} Controls
 */

/** @param {Snapshot|null} snapshot @returns {Controls} */
export function controlsOf(snapshot) {
  const status = snapshot?.connection === 'ready' ? snapshot.status : null;
  const forms = (snapshot?.surfaces ?? 0) > 0;
  // Without the host, only the extension knows of a mute by hand, so it can still be lifted here.
  const override = status?.override ?? (snapshot?.muteByHand ? 'mute' : 'auto');
  // The same button renews a mute by hand that is about to end by itself.
  const renewable = status?.notices.some(({ code }) => code === 'manual_mute_long');
  const recordIsBarred = status !== null && forms && !snapshot?.mayRecordOverForm;
  return {
    mute: { mode: 'mute', enabled: status !== null && (override !== 'mute' || renewable === true) },
    // Without a form "resume" only lifts the mute: an override to record that stays in force would leave
    // the next form unprotected.
    record: forms
      ? { mode: 'record', enabled: status !== null && !recordIsBarred && override !== 'record' }
      : { mode: 'auto', enabled: override === 'mute' || isUnmuteDelayed(status) },
    auto: { mode: 'auto', enabled: override !== 'auto' },
    recordIsBarred,
  };
}
