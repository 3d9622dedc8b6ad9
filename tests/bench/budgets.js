// The bounds that are promised.

export const BUDGET = {
  mute_ratio: 6, // median from frame in to reply out, divided by that of a bare keep-alive socket
  mute_python_ratio: 0.6, // the same, divided by that of the minimal host in Python
  start_ms: 12, // from the start of the process to the first acknowledged mute
  resident_MiB: 9,
  // From the insertion of a payment form to the green banner.
  shown: {
    chromium: { median_ms: 5, p99_ms: 15 },
    firefox: { median_ms: 9, p99_ms: 20 },
  },
  shown_over_round_trip_ms: 6, // the same time, minus one round trip to the server
  early_median_ms: 0, // with the early mute, from the visible form to the acknowledged mute
  event_to_muted_ms: 100, // a new call while a form is open, with Real-time events
  // Without events a new call is muted after at most a re-assertion and a round trip. This slack is added for
  // busy machines.
  new_call_slack_ms: 50,
  content_script_KiB: 24,
  main_thread_share: 0.005,
  // The cost of a mutation on the largest page, divided by that on the smallest: 1 plus measuring noise.
  growth_ratio: 1.5,
};

/** @param {boolean} holds */
export const verdict = (holds) => (holds ? 'met' : 'MISSED');
