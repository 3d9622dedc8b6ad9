// What is promised when something is killed, in milliseconds, and of what each bound is made. For the kill
// tests (kill_rounds.js and its parts). scripts/kills holds the product against them as they are; in the test
// command what the machine itself takes may take longer, because that must pass on any machine.
import process from 'node:process';
import { BACKOFF_FIRST_ms, BACKOFF_MAX_ms } from '../../../extension/background/host/backoff.js';
import { REPLACED_AFTER_ms } from '../../../extension/background/pages/content-ports.js';
import { settle_ms } from '../../../extension/content/surfaces.js';

/**
 * policy.grace_ms of these tests: how long a mute outlives its killed browser, worker or host. Longer than
 * the 2 s that Chromium leaves a host whose worker has gone: the mute's end must not depend on that process.
 */
export const kGrace_ms = 2500;
/** voicenter.reassert_ms: when a host that has taken over a fresh mute repeats it at the latest. */
export const kReassert_ms = 500;
/** The way to Voicenter and back, so that kills meet requests on their way. */
export const kRoundTrip_ms = 30;

const slowness = process.env.CARDMUTE_KILLS_MINUTES === undefined ? 4 : 1;

/** A process starts, shakes hands and asks Voicenter, while two browsers keep every core busy. */
export const kStart_ms = 4000 * slowness;
/** After its worker's end the browser starts another one, and its pages find it. */
export const kBackground_ms = 2000 * slowness;
/** What is left of a killed browser has ended its mute so long after the grace. */
export const kAfterGrace_ms = 2000 * slowness;
/**
 * How long the list of calls may not be requested after a host was killed that had just requested it: the
 * request may arrive after voicenter.timeout_ms, and then Voicenter wants 5 s (host/engine/calls.hpp).
 */
export const kListUnknown_ms = 7100;
/** The host's end after the browser's, and the settler's start. */
export const kSettlerSeen_ms = 3000 * slowness;
/** From a process's reason to go until /proc knows it no more. */
export const kGone_ms = 5000 * slowness;

/** A host in use; each one that is running. */
export const kHostMemory_kib = 40 * 1024;
/** A browser keeps processes for later use as it likes. */
export const kSpareProcesses = 4;

/**
 * How long until a new host is at work where this was killed, or all that would come back by itself.
 * @param {import('./victims.js').Victim | null} victim
 * @param {number} losses how many hosts the worker has lost before, one soon after the other
 */
function kBack_ms(victim, losses) {
  if (victim === 'host') return Math.min(BACKOFF_FIRST_ms * 2 ** losses, BACKOFF_MAX_ms) + kStart_ms;
  if (victim === 'worker' || victim === 'reload') return kBackground_ms + kStart_ms;
  return kStart_ms;
}

/** A form is muted so long after its opening and the kill. @type {typeof kBack_ms} */
export const kMuted_ms = kBack_ms;

/**
 * The new host has said so to Voicenter itself: until the grace ends, its predecessor may do so for it.
 * @type {typeof kBack_ms}
 */
export const kRenewed_ms = (victim, losses) => kBack_ms(victim, losses) + kGrace_ms + kReassert_ms;

/** The call is recorded again so long after the form's end and the kill. @type {typeof kBack_ms} */
export function kSettled_ms(victim, losses) {
  if (victim === 'browser') return kGrace_ms + kAfterGrace_ms;
  // Nobody was left to end the mute: a new browser's host does.
  if (victim === 'settler' || victim === 'machine') return kStart_ms + kGrace_ms + kAfterGrace_ms;
  const replaced_ms = victim === 'reload' ? REPLACED_AFTER_ms : 0;
  return settle_ms + replaced_ms + kGrace_ms + kBack_ms(victim, losses);
}

/** How long the automation waits for the browser. */
export const kProtocol_ms = 30_000;
