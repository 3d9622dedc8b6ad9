// Kills the host, the extension's background, a page's process, the settler or the whole browser at random
// moments while payment forms open and close, at each workstation of harness/kill_desks.js. The recording
// must be right within the bounds of harness/kill_bounds.js. CARDMUTE_KILLS_SEED replaces the fixed seed, and
// CARDMUTE_KILLS_FROM is the first cycle. scripts/kills runs this test for longer.
import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, it } from 'node:test';
import { DESKS } from './harness/kill_desks.js';
import { FIRST } from './harness/kill_plans.js';
import { KillRounds } from './harness/kill_rounds.js';
import { BROWSERS } from './harness/scene.js';

const { CARDMUTE_KILLS_MINUTES: minutes, CARDMUTE_KILLS_SEED: seed = '973042',
  CARDMUTE_KILLS_FROM: from = '0', CARDMUTE_KILLS_BROWSER: browser, CARDMUTE_KILLS_DESK: desk } = process.env;
/** How many cycles scripts/test runs at the plain workstation. */
const PLAIN_cycles = 14;
/**
 * How many cycles scripts/test runs at each other workstation. Each cycle has a kill: the first ones in a
 * new profile, the later ones in a used profile, when a form may already be muted.
 */
const OTHER_cycles = { first: 2, later: 4 };
/** A run of a minute or more must have at least this many cycles and kills; otherwise it proves nothing. */
const least = { cycles: 10, kills: 3 };

const desks = Object.keys(DESKS).filter((each) => desk === undefined || each === desk);
/**
 * How long a run lasts at each workstation, without the time for starting and ending the browsers. It is null
 * in scripts/test, which counts cycles instead.
 */
const long_ms = minutes === undefined ? null : (Number(minutes) * 60_000) / desks.length;

/** @param {KillRounds} rounds @param {string} at @returns {Iterable<number>} */
function* cyclesOf(rounds, at) {
  const first = Number(from);
  if (long_ms !== null || at === 'plain') {
    const until_ms = performance.now() + (long_ms ?? 0);
    const goesOn = (/** @type {number} */ cycle) =>
      (long_ms === null ? cycle < first + PLAIN_cycles : performance.now() < until_ms);
    for (let cycle = first; goesOn(cycle); cycle += 1) yield cycle;
    return;
  }
  for (let cycle = 0; cycle < OTHER_cycles.first; cycle += 1) yield cycle;
  let left = OTHER_cycles.later;
  for (let cycle = FIRST.length; left > 0; cycle += 1) {
    if (rounds.plan(cycle).victim === null) continue;
    left -= 1;
    yield cycle;
  }
}

/** @param {import('node:test').TestContext} test @param {'chromium' | 'firefox'} name @param {string} at */
async function killAt(test, name, at) {
  const rounds = await KillRounds.start(name, seed, at);
  try {
    await rounds.run(cyclesOf(rounds, at));
    await rounds.nothingGrew();
  } catch ({ stack }) {
    rounds.tally.failures.push({ promise: 'the test can go on', victim: 'at its end', text: stack });
  } finally {
    await rounds.close();
    for (const line of rounds.tally.summary()) test.diagnostic(`${name}, ${at}: ${line}`);
  }
  const complaint = rounds.tally.complaint();
  if (complaint) assert.fail(complaint);
  if (long_ms === null || long_ms < 60_000) return;
  const { cycles, kills } = rounds.tally;
  assert.ok(cycles >= least.cycles && kills >= least.kills, `only ${cycles} cycles and ${kills} kills`);
}

describe('kills at random moments', { concurrency: BROWSERS.length }, () => {
  for (const name of BROWSERS.filter((each) => browser === undefined || each === browser)) {
    describe(name, { concurrency: 1 }, () => {
      for (const at of desks) it(`${at}, seed ${seed}`, (test) => killAt(test, name, at));
    });
  }
});
