// Wall time with fractions of a millisecond, and waiting for a point in time.
import { setImmediate, setTimeout } from 'node:timers/promises';

// A timer fires on whole milliseconds, and sometimes too early. So the last part of a wait polls the clock.
const TIMER_SLACK_MS = 1.5;

/** Milliseconds since 1970. It never runs backwards, so no span of a recording can end before it starts. */
export function nowMs() {
  return performance.timeOrigin + performance.now();
}

/**
 * Resolves at the given moment, or at once if it has passed. Rejects when the signal is aborted.
 * @param {number} at_ms
 * @param {AbortSignal} signal
 */
export async function pauseUntil(at_ms, signal) {
  const asleep_ms = at_ms - nowMs() - TIMER_SLACK_MS;
  if (asleep_ms > 0) await setTimeout(asleep_ms, undefined, { signal });
  while (nowMs() < at_ms) await setImmediate(undefined, { signal });
}
