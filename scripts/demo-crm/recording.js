// Puts a simulated recording into words, and judges it. main.js uses it.

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
 * What is wrong with the recording of one payment; an empty list: nothing.
 * @param {{wasRecordedBetween: (ivrid: string, from_ms: number, to_ms: number) => boolean}} simulator
 * @param {string} ivrid
 * @param {{acknowledged_ms: number, closed_ms: number, unmuted_ms: number, ended_ms: number}} moments
 * @returns {string[]}
 */
export function faults(simulator, ivrid, { acknowledged_ms, closed_ms, unmuted_ms, ended_ms }) {
  const found = [];
  if (simulator.wasRecordedBetween(ivrid, acknowledged_ms, closed_ms)) {
    found.push('something was recorded between the acknowledged mute and the closing of the form');
  }
  if (!simulator.wasRecordedBetween(ivrid, unmuted_ms, ended_ms)) {
    found.push('the recording did not go on after the form was closed');
  }
  return found;
}
