// States of the popup that the host's status alone does not lead to: what the extension itself knows, what
// the agent has just said, and answers to the agent.

import { modelOf } from '../../extension/common/view.js';

/**
 * @typedef {object} PopupState
 * @property {object[]} messages of the background, in order
 * @property {string} [press] a selector of an element that is then pressed
 * @property {string} [query] of the popup's address
 * @property {boolean} [supports] whether "For support" is open
 */

const POLICY = { allow_record_override: false, on_idle: 'resume', idle_minutes: 10 };
const STATUS = {
  state: 'recording', verified: null, target: { by: 'extension', value: 'API1API' }, provider: 'Voicenter',
  agent: null, extension: { sip_id: 'API1API', source: 'user', may_set: true }, surfaces: 0, elsewhere: 0,
  override: 'auto', since: '2026-11-21T10:00:00.000Z', last: null, problem: null, notices: [],
};
const FORM = { state: 'muted', surfaces: 1 };
const trouble = (/** @type {string} */ code, message = '') => ({ code, message });

/** @param {object} status @param {any} [known] of modelOf() @param {object} [more] of the snapshot */
function snapshot(status, known = {}, more = {}) {
  const whole = { ...STATUS, ...status };
  const { connection = { state: 'ready', problem: null }, surfaces = whole.surfaces, ...others } = known;
  const isThere = connection.state === 'ready';
  const model = modelOf(/** @type {any} */ ({
    connection, status: isThere ? whole : null, surfaces, muteByHand: false, asking: false, closing: false,
    refusal: null, hiddenSites: [], overlayProblems: [], blocked: [], unseenFrames: [], unreadSites: [],
    policy: POLICY, ...others,
  }));
  return { type: 'snapshot', model, status: isThere ? whole : null, connection: connection.state, surfaces,
    muteByHand: false, hiddenSites: others.hiddenSites ?? [], mayRecordOverForm: false, mayGoOn: false,
    hostVersion: '1.0.0', extensionVersion: '1.0.0', correctable: null, ...more };
}

/** Without a host. @param {string} state of the connection @param {string} code @param {number} [surfaces] */
const unconnected = (state, code, surfaces = 0) =>
  snapshot({}, { connection: { state, problem: trouble(code) }, surfaces }, { hostVersion: null });
/** @param {object} correctable */
const correcting = (correctable) => snapshot(FORM, {}, {
  correctable: { site: 'crm.example.com', may: [], said: [], isPointing: false, isNameless: false,
    ...correctable },
});
const asking = () => snapshot({ target: null, provider: 'Voicenter',
  extension: { sip_id: null, source: null, may_set: true },
  problem: trouble('config_invalid', 'voicenter.extension: missing. Expected: the SIP ID.') });

/** @type {Record<string, PopupState>} */
export const POPUP_STATES = {
  'not-set-up': { messages: [unconnected('missing', 'host_missing')] },
  'not-set-up-over-form': { messages: [unconnected('missing', 'host_missing', 1)] },
  'host-blocked': { messages: [unconnected('missing', 'host_blocked')] },
  'host-outdated': { messages: [unconnected('outdated', 'outdated_host', 1)] },
  'host-lost': { messages: [unconnected('waiting', 'host_lost', 1)] },
  'site-hidden': { messages: [snapshot({}, { hiddenSites: ['https://crm.example.com/*'] })] },
  'site-blocked': { messages: [snapshot({}, { blocked: [trouble('site_blocked', 'crm.example.com')] })] },
  'frame-unseen': { messages: [snapshot({}, { unseenFrames: ['pay.example.com'] })] },
  'banner-not-seen': { messages: [snapshot(FORM, { overlayProblems: ['banner_not_seen'] })] },
  'may-go-on': {
    messages: [snapshot({ ...FORM, state: 'unprotected', problem: trouble('timeout') }, {},
      { mayGoOn: true })],
  },
  'recording-by-hand': { messages: [snapshot({ state: 'recording', surfaces: 1, override: 'record' })] },
  'recording-over-idle': {
    messages: [snapshot({ state: 'recording', surfaces: 1, notices: [trouble('form_idle')] })],
  },
  'muted-long': { messages: [snapshot({ ...FORM, notices: [trouble('form_mute_long')] })] },
  'muted-unchecked': { messages: [snapshot({ ...FORM, verified: null })] },
  'mute-refused': {
    messages: [snapshot(FORM), { type: 'answer', problem: trouble('override_refused') }],
  },
  'extension-unknown': {
    messages: [asking(), { type: 'answer', problem: trouble('unknown_extension') }],
  },
  'extension-unconfirmed': { messages: [snapshot({ notices: [trouble('unconfirmed_extension')] })] },
  'extension-answered': { messages: [snapshot({ agent: 'Dana Levi' })], query: '?extension=API1API' },
  'extension-changing': { messages: [snapshot({})], press: '#change', supports: true },
  'correction-offered': {
    messages: [correcting({ may: ['mute', 'unmute'] })], press: '#correct > summary',
  },
  'correction-confirmed': { messages: [correcting({ may: ['unmute'] })], press: '#say-unmute' },
  'correction-said': { messages: [correcting({ said: ['mute'] })] },
  'correction-unmutes': { messages: [correcting({ said: ['unmute'] })] },
  'correction-nameless': {
    messages: [correcting({ may: ['mute'], isNameless: true })], press: '#correct > summary',
  },
  'settings-ignored': {
    messages: [snapshot({ notices: [trouble('user_settings_ignored',
      'config.json: policy.interlock: ignored: the machine\'s configuration does not let a user set it')] })],
    supports: true,
  },
  'why': {
    messages: [snapshot(FORM), { type: 'because', frames: [{ origin: 'https://crm.example.com',
      reasons: ['card number and expiry in one form'],
      lines: ['input#number: autocomplete "cc-number"', 'input#expiry: label "Expiry"'] }] }],
    press: '#why > summary', supports: true,
  },
};

/**
 * To be run in the popup's page before its scripts. Replaces the background: the popup gets only the messages
 * that are passed to `fromBackground`.
 */
export function playBackground() {
  /** @type {((message: unknown) => void)[]} */
  const listeners = [];
  const port = {
    onMessage: { addListener: (/** @type {(message: unknown) => void} */ listen) => listeners.push(listen) },
    onDisconnect: { addListener() {} },
    postMessage() {},
  };
  const scope = /** @type {any} */ (globalThis);
  for (const api of [scope.browser, scope.chrome]) if (api?.runtime) api.runtime.connect = () => port;
  scope.fromBackground = (/** @type {unknown} */ message) => listeners.forEach((listen) => listen(message));
}
