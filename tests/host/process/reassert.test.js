// Tests that the mute is repeated, since a mute does not apply to calls that start later. Also tests that
// `muted` is shown only while an acknowledgement is recent.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { asked, scene } from './scene.js';

/** An acknowledgement counts for this many re-assertion intervals (kAcknowledged_intervals). */
const ACKNOWLEDGED_INTERVALS = 3;
/** How late the host's timer may fire on a busy machine. */
const TIMER_SLACK_MS = 300;

test('a call that starts while the form is open is muted within one interval', async (t) => {
  const reassert_ms = 300;
  const { host, simulator, ivrid } = await scene(t, { voicenter: { reassert_ms } });
  await host.open();
  const late = simulator.startCall({ answered: true });
  const { at_ms } = await simulator.waitFor({ type: 'call.muted', ivrid: late.ivrid });
  assert.ok(at_ms - late.started_at_ms <= reassert_ms + TIMER_SLACK_MS, `${at_ms - late.started_at_ms} ms`);
  await host.close();
  assert.deepEqual(simulator.mutedCalls(), []);
  for (const each of [ivrid, late.ivrid]) assert.equal(simulator.recorded(each).at(-1)?.kind, 'recorded');
});

test('a form that opens before there is any call: the call is muted when it starts', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { voicenter: { reassert_ms: 200 } });
  simulator.endCall(ivrid);
  assert.equal((await host.open()).ok, true);
  const late = simulator.startCall({ answered: true });
  await simulator.waitFor({ type: 'call.muted', ivrid: late.ivrid });
});

test('nothing is sent again once the form is closed', async (t) => {
  const reassert_ms = 100;
  const { host, simulator } = await scene(t, { voicenter: { reassert_ms } });
  await host.open();
  await simulator.waitFor(() => asked(simulator, 'mute').length === 3);
  await host.close();
  const before = asked(simulator).length;
  await setTimeout(3 * reassert_ms); // only waiting can show that nothing is sent
  assert.equal(asked(simulator).length, before);
  assert.equal(asked(simulator).at(-1)?.command, 'unmute');
});

describe('Voicenter stops answering while a form is open', { concurrency: true }, () => {
  for (const fault of ['hang', 'reset']) {
    test(`${fault}: muted is shown for three intervals after the last answer, not longer`, async (t) => {
      const reassert_ms = 500;
      const { host, simulator } = await scene(t, { voicenter: { reassert_ms, timeout_ms: 500 } });
      assert.equal((await host.open()).ok, true);
      simulator.setFault({ fault });
      const lost = await host.waitForStatus(({ state }) => state === 'unprotected');
      const [told] = host.messages.filter(({ status }) => status.problem);
      assert.equal(told.status.state, 'muted', 'the problem is reported while the call is still muted');
      assert.equal(told.status.problem?.code, fault === 'hang' ? 'timeout' : 'unreachable');
      assert.equal(lost.problem?.code, told.status.problem?.code);
      const acknowledged = host.messages.filter(({ status }) => status.last?.error_code === 200);
      const last_at = Date.parse(acknowledged[0].status.last.at);
      const held_ms = Date.parse(lost.since) - last_at;
      const most_ms = reassert_ms * ACKNOWLEDGED_INTERVALS;
      assert.ok(held_ms >= most_ms - 1 && held_ms < most_ms + TIMER_SLACK_MS, `${held_ms} ms`);

      simulator.clearFaults();
      const after = host.messages.length;
      const back = await host.waitForStatus(({ state }) => state === 'muted', after);
      assert.equal(back.problem, null);
    });
  }

  test('an answer that rejects the mute ends `muted` at once', async (t) => {
    const { host, simulator } = await scene(t, { voicenter: { reassert_ms: 2000 } });
    await host.open();
    simulator.setFault({ fault: 'http_error', http_status: 403, times: 1 });
    const lost = await host.waitForStatus(({ state }) => state === 'unprotected');
    assert.equal(lost.problem?.code, 'refused');
    const held_ms = Date.parse(lost.since) - Date.parse(lost.last.at);
    assert.ok(held_ms <= 1, `${held_ms} ms after the answer`);
    await host.waitForStatus(({ state }) => state === 'muted', host.messages.length);
  });
});
