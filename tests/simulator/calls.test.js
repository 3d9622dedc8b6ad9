// Tests the life of a call in the simulator, and what its recording contains.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Calls } from './calls.js';
import { EventLog } from './event_log.js';

function telephony() {
  const log = new EventLog();
  return { log, calls: new Calls(['API1API'], log) };
}

/**
 * @param {Calls} calls
 * @param {string} ivrid
 */
const kinds = (calls, ivrid) =>
  calls
    .recording(ivrid)
    .spans()
    .map((span) => span.kind);

test('ringing is not recorded, talking and holding are, the end ends the recording', () => {
  const { log, calls } = telephony();
  const { ivrid, status } = calls.start();
  assert.equal(status, 'Ringing');
  assert.deepEqual(kinds(calls, ivrid), []);
  calls.answer(ivrid);
  assert.equal(calls.hold(ivrid).status, 'Hold');
  calls.unhold(ivrid);
  calls.end(ivrid);

  const at_ms = (/** @type {string} */ type) => log.events.find((event) => event.type === type)?.at_ms;
  assert.deepEqual(calls.recording(ivrid).spans(), [
    { kind: 'recorded', from_ms: at_ms('call.answered'), to_ms: at_ms('call.ended') },
  ]);
});

test('an outgoing call dials before it is answered', () => {
  const { calls } = telephony();
  assert.equal(calls.start({ direction: 'Outgoing' }).status, 'Dialing');
});

test('a mute makes exactly one gap in the recording', () => {
  const { log, calls } = telephony();
  const call = calls.start({ answered: true });
  calls.setMuted([call], true);
  calls.setMuted(calls.all(), false);
  const recording = calls.recording(call.ivrid);
  assert.deepEqual(kinds(calls, call.ivrid), ['recorded', 'muted', 'recorded']);

  const at_ms = (/** @type {string} */ type) => log.events.find((event) => event.type === type)?.at_ms ?? 0;
  const [muted_ms, unmuted_ms] = [at_ms('call.muted'), at_ms('call.unmuted')];
  assert.equal(recording.hasSoundBetween(muted_ms, unmuted_ms), false);
  assert.equal(recording.hasSoundBetween(muted_ms - 0.01, unmuted_ms), true);
  assert.equal(recording.hasSoundBetween(muted_ms, unmuted_ms + 0.01), true);
  assert.equal(recording.hasSoundBetween(unmuted_ms), true);
  assert.equal(recording.hasSoundBetween(0, at_ms('call.answered')), false);
});

test('a call that is muted while it rings is silent from its answer on', () => {
  const { calls } = telephony();
  const call = calls.start();
  calls.setMuted([call], true);
  calls.answer(call.ivrid);
  assert.deepEqual(kinds(calls, call.ivrid), ['muted']);
});

test('a transferred call leaves the extension and keeps its ivrid, its mute and its recording', () => {
  const { log, calls } = telephony();
  const call = calls.start({ answered: true });
  calls.setMuted([call], true);
  const outside = calls.transfer(call.ivrid, { kind: 'attended' });
  assert.deepEqual(
    { ...outside, answered_at_ms: 0 },
    { ...call, is_muted: true, extension: null, answered_at_ms: 0 },
  );
  assert.equal(log.events.at(-1)?.kind, 'attended');
  assert.equal(calls.transfer(call.ivrid, { to: 'API2API' }).extension, 'API2API');
  assert.deepEqual(kinds(calls, call.ivrid), ['recorded', 'muted']);
});

test('the mute ends with the call: the same ivrid that rings again is recorded', () => {
  const { calls } = telephony();
  const call = calls.start({ ivrid: 'again', answered: true });
  calls.setMuted([call], true);
  assert.equal(calls.end('again').is_muted, false);
  assert.equal(calls.start({ ivrid: 'again', answered: true }).is_muted, false);
  assert.deepEqual(kinds(calls, 'again'), ['recorded', 'muted', 'recorded']);
  assert.equal(calls.all().length, 1);
});

test('an extension can have several calls, and new extensions are added', () => {
  const { calls } = telephony();
  calls.start();
  calls.start();
  calls.start({ extension: 'API2API' });
  assert.equal(calls.active().filter((call) => call.extension === 'API1API').length, 2);
  assert.deepEqual(calls.extensions(), ['API1API', 'API2API']);
  assert.equal(new Set(calls.all().map((call) => call.ivrid)).size, 3);
});

test('an impossible change of a call is rejected with what was expected', () => {
  const { calls } = telephony();
  const { ivrid } = calls.start({ answered: true });
  assert.throws(() => calls.answer(ivrid), /is Talking, expected Ringing or Dialing/);
  assert.throws(() => calls.unhold(ivrid), /expected Hold/);
  assert.throws(() => calls.start({ ivrid }), /active already/);
  calls.end(ivrid);
  assert.throws(() => calls.end(ivrid), /is Ended/);
  assert.throws(() => calls.end('nobody'), /no call has the ivrid "nobody"/);
  assert.throws(
    () => calls.start({ direction: 'Up' }),
    /direction: expected "Incoming" or "Outgoing", got "Up"/,
  );
  assert.throws(() => calls.transfer(ivrid, { kind: 'odd' }), /kind: expected "blind" or "attended"/);
});
