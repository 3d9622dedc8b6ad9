// Waits for what a browser will show, by probing again and again until a deadline.
import { patience_ms } from '../../simulator/event_log.js';

/** The time between two probes. */
export const ask_again_ms = 25;

/**
 * @template T
 * @param {string} what for the message if it does not happen
 * @param {() => Promise<T>} probe repeated until its result is truthy; an error counts as "not yet"
 * @param {number} [timeout_ms]
 * @returns {Promise<T>}
 */
export async function until(what, probe, timeout_ms = patience_ms) {
  const deadline = performance.now() + timeout_ms;
  /** @type {unknown} */
  let last;
  for (;;) {
    try {
      const answer = await probe();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const seen = last instanceof Error ? last.stack : JSON.stringify(last);
      throw new Error(`${what}: not within ${timeout_ms} ms; last: ${seen}`);
    }
    await new Promise((resolve) => { setTimeout(resolve, ask_again_ms); });
  }
}
