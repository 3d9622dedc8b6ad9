// The statuses of a host that lead to different pictures, one entry for each thing that an agent can see.

const LAST = {
  request: 'mute', at: '2026-11-21T10:00:00.123Z', http_status: 200, error_code: 200, message: 'Success',
  action_id: '14d3b31988b247be8ff5818d1cad3d3', latency_ms: 12.3,
};
const FORM = { surfaces: 1 };
const notice = (/** @type {string} */ code) => ({ code, message: `${code}: the host's own words.` });

/**
 * `open`: whether the payment form is open. `supports`: whether the popup is shown with "For support" open.
 * @type {Record<string, {status: object, open?: boolean, supports?: boolean}>}
 */
export const STATES = {
  recording: { status: { state: 'recording' } },
  muting: { status: { ...FORM, state: 'muting' }, open: true },
  muted: { status: { ...FORM, state: 'muted', verified: true, agent: 'Dana Levi', last: LAST }, open: true },
  'muted-by-hand': { status: { state: 'muted', override: 'mute', last: LAST } },
  'muted-elsewhere': { status: { state: 'muted', elsewhere: 1, last: LAST } },
  reminder: { status: { ...FORM, state: 'muted', last: LAST, notices: [notice('form_idle')] }, open: true },
  unprotected: {
    status: {
      ...FORM, state: 'unprotected', last: { ...LAST, http_status: null, error_code: null, message: null },
      problem: { code: 'unreachable', message: 'Voicenter could not be reached (timeout).' },
    },
    open: true,
  },
  'not-confirmed': {
    status: {
      ...FORM, state: 'unprotected', verified: false, last: LAST,
      problem: { code: 'verification_failed', message: 'Active Calls says that the call is recorded.' },
    },
    open: true,
  },
  unmuting: { status: { state: 'unmuting', last: { ...LAST, request: 'unmute' } } },
  'not-resumed': {
    status: { state: 'unmuting', problem: { code: 'timeout', message: 'No answer within 2000 ms.' } },
  },
  'asks-extension': {
    status: {
      state: 'recording', target: null, provider: null,
      extension: { sip_id: null, source: null, may_set: true },
      problem: { code: 'config_invalid', message: 'voicenter.extension: missing. Expected: the SIP ID.' },
    },
  },
  support: {
    status: {
      ...FORM, state: 'muted', verified: true, agent: 'Dana Levi', last: LAST,
      notices: [notice('polarity_unproven'), notice('store_shared')],
    },
    open: true, supports: true,
  },
};
