// The host, the extension's background, a page's process or the whole browser is killed at random moments
// while payment forms open and close: the recording stays right within the bounds of harness/kill_bounds.js.
// Says its seed; CARDMUTE_KILLS_SEED replays it, from the cycle CARDMUTE_KILLS_FROM. scripts/kills is the
// long form.
import assert from 'node:assert/strict';
import process from 'node:process';
import { describe, it } from 'node:test';
import { kGone_ms } from './harness/kill_bounds.js';
import { KillRounds } from './harness/kill_rounds.js';
import { allGone } from './harness/processes.js';
import { BROWSERS } from './harness/scene.js';

const { CARDMUTE_KILLS_MINUTES: minutes = '1', CARDMUTE_KILLS_SEED: seed = String(Date.now() % 1_000_000),
  CARDMUTE_KILLS_FROM: from = '0', CARDMUTE_KILLS_BROWSER: only } = process.env;
/** How long forms open and close; starting and ending the browsers comes on top. */
const rounds_ms = Number(minutes) * 60_000;

describe('kills at random moments', { concurrency: BROWSERS.length }, () => {
  for (const name of BROWSERS.filter((each) => only === undefined || each === only)) {
    it(`${name}, seed ${seed}`, async (test) => {
      const rounds = await KillRounds.start(name, seed);
      try {
        await rounds.run(performance.now() + rounds_ms, Number(from));
        await rounds.nothingGrew();
      } finally {
        await rounds.close();
        for (const line of rounds.tally.summary()) test.diagnostic(`${name}: ${line}`);
      }
      await allGone('processes of the closed browser', () => rounds.processes(), kGone_ms);
      const complaint = rounds.tally.complaint();
      if (complaint) assert.fail(complaint);
    });
  }
});
