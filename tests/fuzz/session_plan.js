// Generates the plan of one session from a seed.
import { Chance } from './chance.js';

/**
 * `cut`: where the frame is cut into pieces; `browser`: 0 (the default) or 1
 * @typedef {{do: 'send', text: string, cut: number[], browser?: number}} Sent
 * "verified": with Active Calls; "call": with Active Calls and `target: "call"`; "other": another extension
 * @typedef {'good' | 'broken' | 'other' | 'verified' | 'call'} Configuration
 * @typedef {Sent | {do: 'fault', fault: object} | {do: 'clear'} | {do: 'kill', browser?: number} |
 *   {do: 'call'} | {do: 'answers', browser?: number} | {do: 'wait', ms: number} |
 *   {do: 'damage', at: number, byte: number} | {do: 'configure', text: Configuration}} Step
 */

// These must not appear in a request to Voicenter, in the log or in the store.
export const PRIVATE = Object.freeze(['4580458045804580', 'PRIVATE-QUERY', 'PRIVATE-PATH']);

/** The extensions of a session: the usual one, and the one of the configuration "other". */
export const EXTENSIONS = Object.freeze(['API1API', 'API2API']);

const ORIGIN = `https://crm.example.com/${PRIVATE[2]}?x=${PRIVATE[1]}`;
const REASON = `card ${PRIVATE[0]}`;
const MOST_STEPS = 40;
const LONGEST_WAIT_ms = 150;
// Longer than an acknowledgement counts, including the slack that session.js allows.
const LONG_WAIT_ms = 2500;

/** @type {object[]} */
const FAULTS = [
  { fault: 'hang', times: 1 }, { fault: 'reset', times: 2 }, { fault: 'reset_mid_body', times: 1 },
  { fault: 'truncated', times: 1 }, { fault: 'http_error', http_status: 503, times: 2 },
  { fault: 'http_error', http_status: 403, times: 1 }, { fault: 'garbage', times: 1 },
  { fault: 'html', times: 1 },
  { fault: 'empty', times: 1 }, { fault: 'oversize', times: 1 }, { fault: 'integer_200', times: 3 },
  { fault: 'no_error_code', times: 1 }, { fault: 'unknown_error_code', times: 1 },
  { fault: 'delay', delay_ms: 100, times: 2 },
  { fault: 'lie', only: 'mute', times: 2 }, { fault: 'hang', only: 'active_calls', times: 1 },
  { fault: 'garbage', only: 'active_calls', times: 1 },
  { fault: 'http_error', http_status: 503, only: 'active_calls', times: 1 },
];

/** @param {Chance} chance @param {number} id @returns {string} a valid or nearly valid request */
function requestText(chance, id) {
  const surface = chance.of(['a', 'b', 'early-1', 'x'.repeat(64)]);
  const ago = chance.of([0, 3.5, 86_400_000]);
  const valid = chance.of([
    { type: 'hello', protocol: 1, client: { extension_version: '1.0.0', browser: 'chromium' } },
    { type: 'hello', protocol: 1, client: { installation: 'i' } },
    { type: 'surface.open', surface, origin: ORIGIN, reason: REASON, visible_ms_ago: ago },
    { type: 'surface.open', surface, origin: ORIGIN, reason: REASON },
    { type: 'surface.close', surface, reason: REASON },
    { type: 'surface.close', surface },
    { type: 'surface.active', surface, card: true, ms_ago: ago },
    { type: 'surface.continue', surface },
    { type: 'rule.report', origin: ORIGIN, event: 'missed', rule: 'nobody\'s' },
    { type: 'correction.report', origin: ORIGIN, change: 'made', direction: 'unmute', selectors: [REASON] },
    { type: 'override', mode: chance.of(['mute', 'record', 'auto', 'auto']) },
    { type: 'status' },
  ]);
  const text = JSON.stringify({ id, ...valid });
  if (chance.below(6) > 0) return text;
  return chance.of([
    text.replace(`"id":${id}`, '"id":-1'), text.replace('"type"', '"typ"'), text.slice(0, -1), `${text},`,
    text.replace(surface, 'y'.repeat(65)), text.replace('"mode":"', '"mode":"\ud83d'), '[]', 'null', '{}',
    JSON.stringify({ id, type: 'surface.open', surface: 5 }), text.replace('"a"', '"\\ud83d"'), '\ufeff{}',
    JSON.stringify({ id, ...valid, more: { deep: [[[[[]]]]] }, x: 1e300 }),
    text.replace(`"id":${id}`, `"id":${id}.0`),
  ]);
}

/** @param {number} seed @returns {Step[]} */
export function planOf(seed) {
  const chance = new Chance(seed);
  /** @type {Step[]} */
  const steps = [];
  let id = 0;
  /** @type {readonly Configuration[]} */
  const usual = chance.of([['good'], ['verified'], ['call'], ['good', 'verified', 'call']]);
  steps.push({ do: 'configure', text: usual[0] });
  const browsers = chance.below(2) + 1;
  for (let left = 5 + chance.below(MOST_STEPS); left > 0; left -= 1) {
    const kind = chance.below(20);
    if (kind === 0) steps.push({ do: 'fault', fault: chance.of(FAULTS) });
    else if (kind === 1) steps.push({ do: 'clear' });
    else if (kind === 2) steps.push({ do: 'configure', text: chance.of([...usual, 'broken', 'other']) });
    else if (kind === 3) steps.push({ do: 'call' });
    else if (kind === 4 && chance.below(3) === 0) steps.push({ do: 'kill', browser: chance.below(browsers) });
    else if (kind === 5 && chance.below(3) === 0) {
      steps.push({ do: 'damage', at: chance.below(60_000), byte: chance.below(256) });
    } else if (kind === 6 && chance.below(10) === 0) steps.push({ do: 'wait', ms: LONG_WAIT_ms });
    else if (kind < 9) steps.push({ do: 'wait', ms: chance.below(LONGEST_WAIT_ms) });
    else {
      id += chance.below(12) === 0 ? 0 : 1;
      const text = requestText(chance, Math.max(id, 1));
      const cut = Array.from({ length: chance.below(4) }, () => chance.below(text.length + 4));
      cut.sort((one, other) => one - other);
      steps.push({ do: 'send', text, cut, browser: chance.below(browsers) });
    }
  }
  return steps;
}
