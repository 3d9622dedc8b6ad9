// Which of the three buttons can be pressed, and what it then asks for: pure. render.js and popup.js use it.

/**
 * @typedef {import('../common/snapshot.js').Snapshot} Snapshot
 * @typedef {'mute'|'record'|'auto'} Mode
 * @typedef {{mode: Mode, enabled: boolean}} Control
 * @typedef {{mute: Control, record: Control, auto: Control, recordIsBarred: boolean}} Controls
 */

/** @param {Snapshot|null} snapshot @returns {Controls} */
export function controlsOf(snapshot) {
  const status = snapshot?.connection === 'ready' ? snapshot.status : null;
  const forms = (snapshot?.surfaces ?? 0) > 0;
  // Without the host a mute by hand is known here, and can be lifted: nobody else would.
  const override = status?.override ?? (snapshot?.muteWished ? 'mute' : 'auto');
  // A mute by hand that is about to end by itself is renewed by the same button.
  const renewable = status?.notices.some(({ code }) => code === 'manual_mute_long');
  const recordIsBarred = status !== null && forms && !snapshot?.mayRecordOverForm;
  return {
    mute: { mode: 'mute', enabled: status !== null && (override !== 'mute' || renewable === true) },
    // Without a form "resume" means no more than to lift the mute: a standing wish to record would leave
    // the next form unprotected.
    record: forms
      ? { mode: 'record', enabled: status !== null && !recordIsBarred && override !== 'record' }
      : { mode: 'auto', enabled: override === 'mute' },
    auto: { mode: 'auto', enabled: override !== 'auto' },
    recordIsBarred,
  };
}
