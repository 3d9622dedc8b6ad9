// The back-off before the next try. It doubles each time, up to a limit. The jitter keeps the browsers of a
// whole call centre from connecting at the same moment.

export const BACKOFF_FIRST_ms = 250;
// The maximum is well under 30 s, after which Chromium ends an idle worker, and the timer with it.
export const BACKOFF_MAX_ms = 10_000;

/** @param {number} attempt 0 for the first one @param {number} random from 0 to 1, for the jitter */
export function backoff_ms(attempt, random) {
  const whole_ms = Math.min(BACKOFF_FIRST_ms * 2 ** Math.min(attempt, 16), BACKOFF_MAX_ms);
  return Math.round(whole_ms * (0.5 + random / 2));
}
