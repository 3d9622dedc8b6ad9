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
/** From the start of the browsers to the last form; ending them comes on top. */
const rounds_ms = Number(minutes) * 60_000;
/** Fewer in a minute, on however slow a machine, prove nothing. */
const least = { cycles: 10, kills: 3 };

describe('kills at random moments', { concurrency: BROWSERS.length }, () => {
  for (const name of BROWSERS.filter((each) => only === undefined || each === only)) {
    it(`${name}, seed ${seed}`, async (test) => {
      const until_ms = performance.now() + rounds_ms;
      const rounds = await KillRounds.start(name, seed);
      try {
        await rounds.run(until_ms, Number(from));
        await rounds.nothingGrew();
      } catch ({ stack }) {
        rounds.tally.failures.push({ promise: 'the test can go on', victim: 'at its end', text: stack });
      } finally {
        await rounds.close();
        for (const line of rounds.tally.summary()) test.diagnostic(`${name}: ${line}`);
      }
      await allGone('processes of the closed browser', () => rounds.processes(), kGone_ms)
        .catch(({ message }) => rounds.tally.failures.push(
          { promise: 'no process is left over', victim: 'at its end', text: message }));
      const complaint = rounds.tally.complaint();
      if (complaint) assert.fail(complaint);
      const { cycles, kills } = rounds.tally;
      if (Number(minutes) < 1) return;
      assert.ok(cycles >= least.cycles && kills >= least.kills, `only ${cycles} cycles and ${kills} kills`);
    });
  }
});
