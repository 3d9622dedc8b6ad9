// Tests Real-time events that are lost, late or sent again, and servers that are down or slow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from './commands.js';
import { desk, isLive, joined, missing } from './real_time_desk.js';

const DOWN = 'http://127.0.0.1:1';

test('with target call and events alone, a call whose event is lost is muted', async (t) => {
  const at = await desk(t, { voicenter: { target: 'call' } });
  const first = at.simulator.startCall({ answered: true }).ivrid;
  await at.host.waitForStatus(({ call }) => call?.on === true);
  await at.host.open();
  await at.simulator.waitFor({ type: 'call.muted', ivrid: first });
  at.realTime.settings.lost = 2;  // the next two events: the call's beginning and its answer
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.simulator.waitFor({ type: 'call.muted', ivrid }, { timeout_ms: 20_000 });
  const events = at.simulator.log.events.filter(({ type }) => type === 'real_time.event');
  assert.ok(!events.some((event) => event.ivrid === ivrid));
  assert.deepEqual(at.realTime.logins, ['User'], 'the list came without a new log-in');
  await at.host.close();
});

test('a transfer of which no event comes: unmuted once its form has closed', async (t) => {
  const at = await desk(t);
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.host.waitForStatus(({ call }) => call?.on === true);
  await at.host.open();
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  at.realTime.settings.lost = 1;
  at.simulator.transfer(ivrid);
  await at.host.close();
  await at.simulator.waitFor({ type: 'call.unmuted', ivrid });
  assert.deepEqual(at.realTime.logins, ['User'], 'the list came without a new log-in');
});

test('an event that comes again after a newer one changes nothing, and a new list is fetched', async (t) => {
  const at = await desk(t);
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.host.waitForStatus(({ call }) => call?.on === true);
  at.simulator.endCall(ivrid);
  const ended = at.host.messages.length;
  await at.host.waitForStatus(({ call }) => call?.on === false, ended - 1);
  // The server's clock goes ahead, so that the next event is newer than the last one. The times of events are
  // in full seconds.
  at.realTime.settings.clock_ahead_s = 2;
  at.simulator.startCall({ answered: true });
  await at.host.waitForStatus(({ call }) => call?.on === true, ended);
  const sent = at.simulator.log.events.filter(({ type }) => type === 'real_time.event').length;
  const before = at.host.messages.length;
  at.realTime.replay(sent);
  await joined(at, 2);
  assert.ok(at.host.messages.slice(before).every(({ status }) => status?.call?.on !== false));
});

test('an event that comes late is acted on when it comes', async (t) => {
  const at = await desk(t, { events: { lag_ms: 300 } });
  await at.host.waitForStatus(isLive);
  await at.host.open();
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  await at.host.close();
});

test('a monitor host that is down: the next one is used', async (t) => {
  const at = await desk(t, { events: { dead_hosts: [DOWN] } });
  await at.host.waitForStatus(isLive);
  const { out } = await command(at, 'doctor');
  assert.match(out, /OK {7}events: logged in/);
});

test('all monitor hosts are down: doctor says so', async (t) => {
  const at = await desk(t, { realtime: { url: DOWN } });
  const { out } = await command(at, 'doctor');
  assert.match(out, /PROBLEM {2}events/);
});

test('a log-in that is never answered: the popup says so, and mutes go on', async (t) => {
  const at = await desk(t, { events: { hangs: true }, voicenter: { timeout_ms: 500 } });
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.host.open();
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  await missing(at.host);
  await at.host.close();
});
