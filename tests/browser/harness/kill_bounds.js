// What is promised when something is killed: each bound in milliseconds, and what it consists of.
import process from 'node:process';
import { BACKOFF_FIRST_ms, BACKOFF_MAX_ms } from '../../../extension/background/host/backoff.js';
import { REPLACED_AFTER_ms } from '../../../extension/background/pages/content-ports.js';
import { settle_ms } from '../../../extension/content/surfaces.js';

/**
 * policy.grace_ms of these tests: how long a mute outlives its killed browser, worker or host. Chromium lets
 * a host without a worker run for 2 s. The grace is longer, so that the mute's end cannot depend on that
 * process.
 */
export const kGrace_ms = 2500;
/** voicenter.reassert_ms of these tests: how soon a mute is repeated, also by a host that takes over. */
export const kReassert_ms = 500;
/** The round trip to Voicenter. It is long enough for kills to happen while a request is in flight. */
export const kRoundTrip_ms = 30;

/**
 * A factor for the bounds that depend on the machine. scripts/test must pass on any machine, so it allows
 * more time. scripts/kills does not; it sets CARDMUTE_KILLS_MINUTES.
 */
const slowness = process.env.CARDMUTE_KILLS_MINUTES === undefined ? 4 : 1;

/**
 * How long a new host takes to start, shake hands and send a request, while two browsers keep every core
 * busy.
 */
export const kStart_ms = 4000 * slowness;
/** How soon after a worker's end another one runs, with the pages connected to it. */
export const kBackground_ms = 2000 * slowness;
/** How long after the grace the mute of a killed browser may last. */
export const kAfterGrace_ms = 2000 * slowness;
/**
 * How long the list of calls may be unknown after a host was killed right after it had requested the list.
 * That request may take voicenter.timeout_ms (2 s), and the next request must come 5.1 s after it
 * (host/engine/calls.hpp).
 */
export const kListUnknown_ms = 7100;
/** How soon after the browser's end its host has ended and the settler has started. */
export const kSettlerSeen_ms = 3000 * slowness;
/**
 * If two hosts on one store send no request for this long, they have none to send. The time is longer than
 * any pause between a mute that one of them repeats and the unmute that takes it back.
 */
export const kQuiet_ms = 300;
/** How long a process stays in /proc after it has lost its reason to run. */
export const kGone_ms = 5000 * slowness;

/** The most memory that a running host may use. */
export const kHostMemory_kib = 40 * 1024;
/** How many more processes the browser may have at the end, because browsers keep some for later use. */
export const kSpareProcesses = 4;

/**
 * How long until a new host runs after this victim was killed.
 * @param {import('./victims.js').Victim | null} victim
 * @param {number} losses how many hosts the worker has lost in quick succession before this kill
 */
function kBack_ms(victim, losses) {
  if (victim === 'host') return Math.min(BACKOFF_FIRST_ms * 2 ** losses, BACKOFF_MAX_ms) + kStart_ms;
  if (victim === 'worker' || victim === 'reload') return kBackground_ms + kStart_ms;
  return kStart_ms;
}

/**
 * How soon after the form has opened or after the kill, whichever is later, the call is muted.
 * @type {typeof kBack_ms}
 */
export const kMuted_ms = kBack_ms;

/**
 * How soon after the kill the new host has sent a mute of its own. The old host's mute may hold until the
 * grace ends.
 * @type {typeof kBack_ms}
 */
export const kRenewed_ms = (victim, losses) => kBack_ms(victim, losses) + kGrace_ms + kReassert_ms;

/**
 * How soon after the form's end or after the kill, whichever is later, the call is unmuted.
 * @type {typeof kBack_ms}
 */
export function kSettled_ms(victim, losses) {
  if (victim === 'browser') return kGrace_ms + kAfterGrace_ms;
  // No process was left to end the mute, so it ends only after the browser and a host are started again.
  if (victim === 'settler' || victim === 'machine') return kStart_ms + kGrace_ms + kAfterGrace_ms;
  const replaced_ms = victim === 'reload' ? REPLACED_AFTER_ms : 0;
  return settle_ms + replaced_ms + kGrace_ms + kBack_ms(victim, losses);
}

/** How long the automation waits for an answer of the browser. */
export const kProtocol_ms = 30_000;
