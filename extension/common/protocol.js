// The protocol between extension and host: names, limits, and functions that read the host's messages and
// check our requests. tests/contract/protocol.md describes the same in prose.

export const HOST_NAME = 'com.cardmute.host';
export const PROTOCOL = 1;
/** The most hidden sites (sites without the browser's permission) that a hello may state. */
export const MAX_HIDDEN_SITES = 10_000;

export const MAX_FRAME_bytes = 64 * 1024;
export const MAX_SURFACE_ID_characters = 64;
export const MAX_REASON_characters = 120;
export const MAX_EXTENSION_characters = 64;
export const MAX_SITES = 200;
export const MAX_NOTICES = 16;
// The administrator's rules: how many there may be, and how many patterns, conditions or selectors each list
// may have.
export const MAX_RULES = 100;
export const MAX_RULE_LIST = 20;
export const MAX_RULE_NAME_characters = 64;
export const MAX_SELECTOR_characters = 500;
// The greatest age of an event that may be reported to the host. It is one day.
export const MAX_AGO_ms = 86_400_000;
// How long card fields wait for the mute before the agent may continue without it: bounds, and the default.
export const MIN_INTERLOCK_TIMEOUT_ms = 100;
export const MAX_INTERLOCK_TIMEOUT_ms = 30_000;
export const INTERLOCK_TIMEOUT_ms = 1500;
// The policy's times in minutes: the maximum of each, and the defaults. The agent is reminded when a form has
// been untouched, a mute by hand has lasted, or forms have muted a call for longer than this.
export const MAX_POLICY_minutes = 480;
export const IDLE_minutes = 10;
export const MANUAL_MUTE_minutes = 30;
export const FORM_MUTE_minutes = 10;

export const STATES = Object.freeze(
  /** @type {const} */ (['recording', 'muting', 'muted', 'unmuting', 'unprotected']));
export const OVERRIDES = Object.freeze(/** @type {const} */ (['auto', 'mute', 'record']));
export const INTERLOCKS = Object.freeze(/** @type {const} */ (['off', 'warn', 'block']));
export const ON_IDLE = Object.freeze(/** @type {const} */ (['alert', 'resume']));
export const AGENT_MAY_CORRECT = Object.freeze(/** @type {const} */ (['nothing', 'mute', 'both']));
export const CORRECTION_CHANGES = Object.freeze(/** @type {const} */ (['made', 'taken_back', 'dropped']));
/** From where the host knows the agent's telephone extension. */
export const SOURCES = Object.freeze(/** @type {const} */ (['machine', 'user', 'table', 'file', 'env']));
/** What an agent says about a form: "mute": it is a payment form; "unmute": it is none. */
export const DIRECTIONS = Object.freeze(/** @type {const} */ (['mute', 'unmute']));
export const RULE_EVENTS = Object.freeze(
  /** @type {const} */ (['matched', 'passed', 'missed', 'unruled', 'invalid']));
export const OVERLAY_EVENTS = Object.freeze(/** @type {const} */ (['banner_not_seen', 'overlay_failed']));
export const ERROR_CODES = Object.freeze([
  'extension_not_found', 'call_not_found', 'parameters_rejected', 'refused', 'unreachable', 'timeout',
  'bad_answer', 'throttled', 'no_active_call', 'verification_failed', 'store_failed', 'bad_request',
  'bad_frame', 'internal', 'override_refused', 'protocol_mismatch', 'caller_not_allowed', 'config_invalid',
]);

/**
 * @typedef {{code: string, message: string}} Problem
 * @typedef {typeof OVERLAY_EVENTS[number]} OverlayProblem
 * @typedef {{request: string, at: string, http_status: number|null, error_code: number|string|null,
 *   message: string|null, action_id: string|null, latency_ms: number|null}} LastAnswer
 * @typedef {{sip_id: string|null, source: string|null, may_set: boolean}} ExtensionInUse the telephone
 *   extension whose calls are muted; may_set: the agent may choose it
 * @typedef {{on: boolean, since: string|null}} CallInProgress
 * @typedef {{state: typeof STATES[number], verified: boolean|null,
 *   provider: string|null, agent: string|null, extension: ExtensionInUse,
 *   call: CallInProgress|null, surfaces: number,
 *   elsewhere: number, override: typeof OVERRIDES[number], since: string, last: LastAnswer|null,
 *   problem: Problem|null, notices: Problem[]}} HostStatus
 * @typedef {{selector?: string, text?: string, url?: string}} Condition it holds if all of its parts hold
 * @typedef {{name: string, match: string[], open: Condition[], close: Condition[], approved: Condition[],
 *   declined: Condition[], ignore_all: boolean, ignore: string[]}} Rule a list holds if any of its items does
 * @typedef {{sites: string[], rules: Rule[], interlock: typeof INTERLOCKS[number],
 *   interlock_timeout_ms: number, premute: boolean, allow_record_override: boolean, idle_minutes: number,
 *   on_idle: typeof ON_IDLE[number], manual_mute_minutes: number,
 *   form_mute_minutes: number, agent_may_correct: typeof AGENT_MAY_CORRECT[number],
 *   alert_sound: boolean}} Policy
 * @typedef {{kind: 'reply', id: number|null, ok: boolean, error: Problem|null, status: HostStatus|null,
 *   policy: Policy|null, hostVersion: string|null, protocol: number|null}} Reply
 * @typedef {{kind: 'status', status: HostStatus, policy: Policy|null}} Unasked a status without a request
 * @typedef {{kind: 'unknown', id: number|null}} Unknown
 */

/** @param {unknown} it @returns {it is Record<string, any>} */
const isObject = (it) => typeof it === 'object' && it !== null && !Array.isArray(it);
/** @param {unknown} it @returns {it is string} */
const isText = (it) => typeof it === 'string';
/** @param {unknown} it @returns {it is number} */
const isCount = (it) => Number.isSafeInteger(it) && Number(it) >= 0;
/** @param {readonly string[]} list @param {unknown} it */
const isOneOf = (list, it) => isText(it) && list.includes(it);

/** @param {unknown} it @returns {Problem|null} */
export function readProblem(it) {
  if (!isObject(it) || !isText(it.code)) return null;
  return { code: it.code, message: isText(it.message) ? it.message : '' };
}

/** An older host sends no notices; that counts as an empty list. @param {unknown} it @returns {Problem[]} */
function readNotices(it) {
  if (!Array.isArray(it)) return [];
  return it.map(readProblem).filter((notice) => notice !== null).slice(0, MAX_NOTICES);
}

/** @param {unknown} it @returns {LastAnswer|null} */
function readLast(it) {
  if (!isObject(it) || !isText(it.request) || !isText(it.at)) return null;
  const code = it.error_code;
  return {
    request: it.request,
    at: it.at,
    http_status: isCount(it.http_status) ? it.http_status : null,
    error_code: typeof code === 'number' || isText(code) ? code : null,
    message: isText(it.message) ? it.message : null,
    action_id: isText(it.action_id) ? it.action_id : null,
    latency_ms: typeof it.latency_ms === 'number' ? it.latency_ms : null,
  };
}

/** An older host sends no extension. @param {unknown} it @returns {ExtensionInUse} */
function readExtension(it) {
  if (!isObject(it)) return { sip_id: null, source: null, may_set: false };
  return {
    sip_id: isText(it.sip_id) ? it.sip_id : null, source: isOneOf(SOURCES, it.source) ? it.source : null,
    may_set: it.may_set === true,
  };
}

/** null: it is not known whether a call is on. @param {unknown} it @returns {CallInProgress|null} */
function readCall(it) {
  if (!isObject(it) || typeof it.on !== 'boolean') return null;
  return { on: it.on, since: isText(it.since) ? it.since : null };
}

/**
 * Rejects a status in which a field that decides about protection is malformed, and gives defaults to fields
 * that are only shown. `target` is not read, because nothing shows it.
 * @param {unknown} it @returns {HostStatus|null}
 */
export function readStatus(it) {
  if (!isObject(it) || !isOneOf(STATES, it.state) || !isOneOf(OVERRIDES, it.override)) return null;
  const verified = it.verified ?? null;
  if (!isCount(it.surfaces) || !(verified === null || typeof verified === 'boolean')) return null;
  return {
    state: it.state,
    verified,
    provider: isText(it.provider) && it.provider !== '' ? it.provider : null,
    agent: isText(it.agent) && it.agent !== '' ? it.agent : null,
    extension: readExtension(it.extension),
    call: readCall(it.call),
    surfaces: it.surfaces,
    elsewhere: isCount(it.elsewhere) ? it.elsewhere : 0,
    override: it.override,
    since: isText(it.since) ? it.since : '',
    last: readLast(it.last),
    problem: readProblem(it.problem),
    notices: readNotices(it.notices),
  };
}

/** @param {unknown} it @param {number} usual */
const minutesOr = (it, usual) => (isCount(it) && it >= 1 && it <= MAX_POLICY_minutes ? it : usual);

/** @param {unknown} it @param {(one: unknown) => boolean} isOne */
const isRuleList = (it, isOne) => Array.isArray(it) && it.length <= MAX_RULE_LIST && it.every(isOne);

/** @param {unknown} it @returns {it is Condition} */
function isCondition(it) {
  if (!isObject(it)) return false;
  const parts = [it.selector, it.text, it.url].filter((part) => part !== undefined);
  return parts.length > 0 && parts.every(isText);
}

/**
 * A rule with a malformed part is rejected as a whole: without that part it could mean something else.
 * @param {unknown} it @returns {it is Rule}
 */
const isRule = (it) => isObject(it) && isText(it.name) && it.name !== '' && isRuleList(it.match, isText) &&
  [it.open, it.close, it.approved, it.declined].every((list) => isRuleList(list, isCondition)) &&
  typeof it.ignore_all === 'boolean' && isRuleList(it.ignore, isText);

/** @param {unknown} it */
function interlockTimeoutOf(it) {
  const allowed = isCount(it) && it >= MIN_INTERLOCK_TIMEOUT_ms && it <= MAX_INTERLOCK_TIMEOUT_ms;
  return allowed ? it : INTERLOCK_TIMEOUT_ms;
}

/** @param {unknown} it @returns {Policy|null} null if it cannot be used */
export function readPolicy(it) {
  if (!isObject(it) || !Array.isArray(it.sites)) return null;
  return {
    sites: it.sites.filter(isText).slice(0, MAX_SITES),
    rules: Array.isArray(it.rules) ? it.rules.filter(isRule).slice(0, MAX_RULES) : [],
    interlock: isOneOf(INTERLOCKS, it.interlock) ? it.interlock : 'warn',
    interlock_timeout_ms: interlockTimeoutOf(it.interlock_timeout_ms),
    premute: it.premute !== false,
    allow_record_override: it.allow_record_override === true,
    idle_minutes: minutesOr(it.idle_minutes, IDLE_minutes),
    on_idle: isOneOf(ON_IDLE, it.on_idle) ? it.on_idle : 'alert',
    manual_mute_minutes: minutesOr(it.manual_mute_minutes, MANUAL_MUTE_minutes),
    form_mute_minutes: it.form_mute_minutes === 0 ? 0 : minutesOr(it.form_mute_minutes, FORM_MUTE_minutes),
    agent_may_correct: isOneOf(AGENT_MAY_CORRECT, it.agent_may_correct) ? it.agent_may_correct : 'mute',
    alert_sound: it.alert_sound === true,
  };
}

/** @param {unknown} raw a message as it comes from the browser @returns {Reply|Unasked|Unknown} */
export function readHostMessage(raw) {
  if (!isObject(raw)) return { kind: 'unknown', id: null };
  const id = isCount(raw.id) ? raw.id : null;
  const status = readStatus(raw.status);
  const policy = readPolicy(raw.policy);
  if (raw.type === 'status' && status !== null) return { kind: 'status', status, policy };
  const error = readProblem(raw.error);
  const wellFormed = raw.ok === true ? status !== null : raw.ok === false && error !== null;
  if (raw.type !== 'reply' || !wellFormed) return { kind: 'unknown', id };
  return {
    kind: 'reply', id, ok: raw.ok, error, status, policy,
    hostVersion: isText(raw.host_version) ? raw.host_version : null,
    protocol: isCount(raw.protocol) ? raw.protocol : null,
  };
}

/** @param {unknown} it */
const isAgo = (it) => typeof it === 'number' && it >= 0 && it <= MAX_AGO_ms;

/** Whether anything is between "://" (or a user name after it) and the path. The host tests the same. */
function hasOrigin(/** @type {string} */ address) {
  const schemeEnd = address.indexOf('://');
  if (schemeEnd < 1) return false;
  const [authority] = address.slice(schemeEnd + 3).split(/[/?#\\]/, 1);
  return authority.slice(authority.lastIndexOf('@') + 1) !== '';
}

/** Counts characters (code points), as the host does. @param {unknown} it @param {number} most */
const isTextUpTo = (it, most) => isText(it) && it !== '' && [...it].length <= most;

/** @param {Record<string, any>} message @returns {boolean} */
function isRuleReport({ origin, event, rule }) {
  return isText(origin) && hasOrigin(origin) && isOneOf(RULE_EVENTS, event) &&
    (event === 'unruled' || isTextUpTo(rule, MAX_RULE_NAME_characters));
}

/** Whether it is an existing day in the form "2026-11-29". @param {unknown} it */
const isDate = (it) => isText(it) && /^\d{4}-\d\d-\d\d$/.test(it) &&
  new Date(`${it}T00:00Z`).toJSON()?.slice(0, 10) === it;

/** @param {Record<string, any>} message @returns {boolean} */
const isCorrectionReport = ({ origin, change, direction, selectors }) =>
  isText(origin) && hasOrigin(origin) && isOneOf(CORRECTION_CHANGES, change) &&
  isOneOf(DIRECTIONS, direction) && isRuleList(selectors, (/** @type {unknown} */ one) =>
    isTextUpTo(one, MAX_SELECTOR_characters)) && selectors.length > 0;

/** @param {unknown} it */
const isClient = (it) => it === undefined || (isObject(it) &&
  [it.extension_version, it.browser, it.locale, it.installation]
    .every((part) => part === undefined || isText(part)) &&
  (it.card_frames_date === undefined || isDate(it.card_frames_date)) &&
  (it.hidden_sites === undefined || (isCount(it.hidden_sites) && it.hidden_sites <= MAX_HIDDEN_SITES)));

/** @param {Record<string, any>} message @returns {boolean} */
function hasItsFields(message) {
  const optionalText = (/** @type {unknown} */ it) => it === undefined || isText(it);
  const optionalAgo = (/** @type {unknown} */ it) => it === undefined || isAgo(it);
  const surface = isTextUpTo(message.surface, MAX_SURFACE_ID_characters);
  switch (message.type) {
    case 'hello': return Number.isSafeInteger(message.protocol) && isClient(message.client);
    case 'surface.open':
      return surface && optionalText(message.origin) && optionalText(message.reason) &&
        optionalAgo(message.visible_ms_ago);
    case 'surface.close': return surface && optionalText(message.reason);
    case 'surface.active':
      return surface && ['boolean', 'undefined'].includes(typeof message.card) && optionalAgo(message.ms_ago);
    case 'surface.continue':
      return surface && ['boolean', 'undefined'].includes(typeof message.seen);
    case 'overlay.report': return surface && isOneOf(OVERLAY_EVENTS, message.event);
    case 'rule.report': return isRuleReport(message);
    case 'correction.report': return isCorrectionReport(message);
    case 'override': return isOneOf(OVERRIDES, message.mode);
    case 'extension.set': return isTextUpTo(message.extension, MAX_EXTENSION_characters);
    case 'status': return true;
    default: return false;
  }
}

/**
 * Half a surrogate pair as JSON.stringify() writes it. An even number of backslashes may come before it,
 * because each backslash of the text is written as two.
 */
const HALF_A_PAIR = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/**
 * Checks a request before it is sent.
 * @param {unknown} message
 * @returns {string|null} the error code with which the host would answer; null: it would accept the request
 */
export function requestFault(message) {
  if (!isObject(message) || !isCount(message.id) || !hasItsFields(message)) return 'bad_request';
  if (message.type === 'hello' && message.protocol !== PROTOCOL) return 'protocol_mismatch';
  const text = JSON.stringify(message);
  if (HALF_A_PAIR.test(text) || new TextEncoder().encode(text).length > MAX_FRAME_bytes) return 'bad_frame';
  return null;
}
