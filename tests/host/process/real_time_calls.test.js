// Tests each change of a call that Real-time events report.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../browser/harness/until.js';
import { desk, isLive } from './real_time_desk.js';
import { asked } from './scene.js';

const OTHER = 'API2API';

/** @param {any} at @param {string} ivrid */
const isMuted = (at, ivrid) => at.simulator.calls.some(
  (/** @type {any} */ call) => call.ivrid === ivrid && call.is_muted);

test('a call that talks at once, without an event of its answer, is muted at once', async (t) => {
  const at = await desk(t, { events: { talks_at_once: true } });
  await at.host.waitForStatus(isLive);
  await at.host.open();
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  assert.ok(!at.simulator.log.events.some(({ kind }) => kind === 'ANSWER'));
  await at.host.close();
});

test('a call that rings under a form and is answered by another extension is recorded there', async (t) => {
  const at = await desk(t);
  const { ivrid } = at.simulator.startCall({});
  await at.host.waitForStatus(isLive);
  await at.host.open();
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  at.simulator.answerElsewhere(ivrid, OTHER);
  await at.simulator.waitFor({ type: 'call.unmuted', ivrid });
  assert.deepEqual(asked(at.simulator, 'unmute').map(({ by, value }) => [by, value]), [['ivrid', ivrid]]);
  await at.host.close();
});

test('both calls of a conference are muted, and whoever leaves it is recorded again', async (t) => {
  const at = await desk(t, { voicenter: { target: 'call' } });
  await at.host.waitForStatus(isLive);
  const first = at.simulator.startCall({ answered: true }).ivrid;
  await at.host.waitForStatus(({ call }) => call?.on === true);
  await at.host.open();
  at.simulator.hold(first);
  const second = at.simulator.startCall({ answered: true }).ivrid;
  await at.simulator.waitFor({ type: 'call.muted', ivrid: second });
  at.simulator.unhold(first);  // from now on the agent talks on both calls
  at.simulator.transfer(second);
  await at.simulator.waitFor({ type: 'call.unmuted', ivrid: second });
  assert.ok(isMuted(at, first));
  await at.host.close();
});

test('holding a call under a form changes no mute', async (t) => {
  const at = await desk(t);
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.host.waitForStatus(isLive);
  await at.host.open();
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  const before = asked(at.simulator).length;
  at.simulator.hold(ivrid);
  const held = await at.simulator.waitFor({ type: 'real_time.event', kind: 'HOLD' });
  at.simulator.unhold(ivrid);
  await at.simulator.waitFor({ type: 'real_time.event', kind: 'UNHOLD' }, { after: held.seq });
  await at.host.close();
  await until('it is recorded again', async () => at.simulator.mutedCalls().length === 0);
  assert.equal(asked(at.simulator).length, before + 1, 'only the unmute');
});
