// Tests the wait for an event that has already come, comes later, or never comes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventLog, WaitTimeout } from './event_log.js';

test('a wait sees past events, by pattern and by predicate', async () => {
  const log = new EventLog();
  const first = log.add('mark', { name: 'a' });
  log.add('mark', { name: 'b' });
  assert.equal(await log.waitFor({ type: 'mark' }), first);
  assert.equal((await log.waitFor((event) => event.name === 'b')).seq, 2);
});

test('a wait resolves with a later event, and with `after` only with one', async () => {
  const log = new EventLog();
  const { seq } = log.add('mark', { name: 'a' });
  const waiting = log.waitFor({ name: 'a' }, { after: seq });
  log.add('mark', { name: 'other' });
  const second = log.add('mark', { name: 'a' });
  assert.equal(await waiting, second);
});

test('`after` may be the number of a later event', async () => {
  const log = new EventLog();
  const waiting = log.waitFor({ type: 'mark' }, { after: 2 });
  for (let i = 0; i < 3; i += 1) log.add('mark');
  assert.equal((await waiting).seq, 3);
});

test('a wait without a match times out and names the last events', async () => {
  const log = new EventLog();
  log.add('mark', { name: 'a' });
  await assert.rejects(log.waitFor({ type: 'call.muted' }, { timeout_ms: 1 }), (error) => {
    assert.ok(error instanceof WaitTimeout);
    assert.match(error.message, /no event {"type":"call.muted"} within 1 ms; the last were: mark/);
    return true;
  });
});

test('a wait ends with the log, with its signal, and with a predicate that throws', async () => {
  const log = new EventLog();
  const left = new AbortController();
  const by_signal = log.waitFor({ type: 'never' }, { signal: left.signal });
  left.abort();
  await assert.rejects(by_signal, /was ended/);

  const by_predicate = log.waitFor(() => {
    throw new Error('of the predicate');
  });
  log.add('mark');
  await assert.rejects(by_predicate, /of the predicate/);

  const by_close = log.waitFor({ type: 'never' });
  log.close();
  await assert.rejects(by_close, /was ended/);
  await assert.rejects(log.waitFor({ type: 'never' }), /was ended/);
});

test('events are numbered and never go back in time', () => {
  const log = new EventLog();
  for (let i = 0; i < 100; i += 1) log.add('mark');
  assert.ok(
    log.events.every(
      (event, i) => event.seq === i + 1 && event.at_ms >= log.events[Math.max(i - 1, 0)].at_ms,
    ),
  );
});
