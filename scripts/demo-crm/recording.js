// Describes a simulated recording, and finds its faults.

/** @typedef {import('../../tests/simulator/recording.js').Span} Span */

/** @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(3).padStart(7)} s`;

/**
 * @param {Span[]} spans
 * @param {number} begin_ms when the call was answered
 * @returns {string[]} "0.000 s –   1.204 s  recorded"
 */
export function describe(spans, begin_ms) {
  return spans.map(({ kind, from_ms, to_ms }) => {
    const end = to_ms === null ? '      now' : seconds(to_ms - begin_ms);
    return `${seconds(from_ms - begin_ms)} – ${end}  ${kind === 'muted' ? 'SILENCE' : 'recorded'}`;
  });
}

/**
 * Returns what is wrong with the recording of one payment; an empty list if it is right.
 * @param {{wasRecordedBetween: (ivrid: string, from_ms: number, to_ms: number) => boolean}} simulator
 * @param {string} ivrid
 * @param {{opened_ms: number, acknowledged_ms: number, closed_ms: number, unmuted_ms: number,
 *   ended_ms: number}} moments
 * @param {number} most_exposed_ms how long the form may be open before the mute is acknowledged
 * @returns {string[]}
 */
export function faults(simulator, ivrid, moments, most_exposed_ms) {
  const { opened_ms, acknowledged_ms, closed_ms, unmuted_ms, ended_ms } = moments;
  const found = [];
  const exposed_ms = acknowledged_ms - opened_ms;
  if (exposed_ms > most_exposed_ms) {
    found.push(`you were exposed for ${(exposed_ms / 1000).toFixed(1)} s, at most ` +
      `${(most_exposed_ms / 1000).toFixed(1)} s is right: this machine is busy`);
  }
  if (simulator.wasRecordedBetween(ivrid, acknowledged_ms, closed_ms)) {
    found.push('something was recorded between the acknowledged mute and the closing of the form');
  }
  if (!simulator.wasRecordedBetween(ivrid, unmuted_ms, ended_ms)) {
    found.push('the recording did not go on after the form was closed');
  }
  return found;
}
