// Tests Voicenter's Real-time events: what they change, and what happens when they fail.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../../browser/harness/until.js';
import { CUSTOMER, PIN, USER_TOKEN } from '../../simulator/real_time.js';
import { command, commandInJson } from './commands.js';
import { desk, isLive, joined, missing } from './real_time_desk.js';
import { asked } from './scene.js';

test('a call that starts while a form is open is muted by its event, not by the repeated mute', async (t) => {
  const at = await desk(t);
  await at.host.waitForStatus(isLive);
  await at.host.open();
  const { ivrid } = at.simulator.startCall({ answered: true });
  const muted = await at.simulator.waitFor({ type: 'call.muted', ivrid });
  const event = await at.simulator.waitFor({ type: 'real_time.event', ivrid });
  t.diagnostic(`from the event to the mute: ${(muted.at_ms - event.at_ms).toFixed(1)} ms`);
  await at.host.waitForStatus(({ state }) => state === 'muted');
  await at.host.close();
});

test('with a token instead of e-mail and pin, events come too, and it is not repeated', async (t) => {
  const at = await desk(t, { realtime: { token: USER_TOKEN, email: undefined, pin: undefined } });
  await at.host.waitForStatus(isLive);
  assert.deepEqual(at.realTime.logins, ['Token']);
  const { out } = await command(at, 'doctor');
  assert.match(out, /OK {7}events: logged in/);
  assert.ok(!out.includes(USER_TOKEN) && !at.host.stderr.includes(USER_TOKEN));
});

test('the same ivrid that rings again after it has ended is muted again', async (t) => {
  const at = await desk(t);
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.host.waitForStatus(isLive);
  await at.host.open();
  const first = await at.simulator.waitFor({ type: 'call.muted', ivrid });
  at.simulator.endCall(ivrid);
  await at.simulator.waitFor({ type: 'real_time.event', kind: 'HANGUP' });
  at.simulator.startCall({ ivrid, answered: true });
  await at.simulator.waitFor({ type: 'call.muted', ivrid }, { after: first.seq });
  await at.host.close();
});

test('a call that is transferred while muted is unmuted by its ivrid', async (t) => {
  const at = await desk(t);
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.host.waitForStatus(isLive);
  await at.host.open();
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  at.simulator.transfer(ivrid);
  await at.simulator.waitFor({ type: 'call.unmuted', ivrid });
  assert.deepEqual(asked(at.simulator, 'unmute').map(({ by, value }) => [by, value]), [['ivrid', ivrid]]);
  await at.host.close();
});

test('a call that is transferred just before its form closes, of which the event comes later', async (t) => {
  const at = await desk(t, { events: { lag_ms: 400 } });
  const { ivrid } = at.simulator.startCall({ answered: true });
  await at.host.waitForStatus(({ call }) => call?.on === true);
  await at.host.open();
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  at.simulator.transfer(ivrid);
  await at.host.close();
  await at.simulator.waitFor({ type: 'call.unmuted', ivrid });
});

test('a manual mute ends with its call', async (t) => {
  const at = await desk(t);
  const { ivrid } = at.simulator.startCall({ answered: true });
  // Waits for the call's events, so that no event comes between the click and the end of the call.
  await at.host.waitForStatus(({ call }) => call?.on === true);
  await at.host.override('mute');
  await at.simulator.waitFor({ type: 'call.muted', ivrid });
  const after = at.host.messages.length;
  at.simulator.endCall(ivrid);
  const status = await at.host.waitForStatus(({ override }) => override === 'auto', after);
  assert.equal(status.surfaces, 0);
});

test('target call works from events alone', async (t) => {
  const at = await desk(t, { voicenter: { target: 'call' } });
  await at.host.waitForStatus(isLive);
  const first = at.simulator.startCall({ answered: true }).ivrid;
  await at.host.waitForStatus(({ call }) => call?.on === true);
  await at.host.open();
  const second = at.simulator.startCall({ answered: true }).ivrid;
  await at.simulator.waitFor({ type: 'call.muted', ivrid: second });
  await at.host.close();
  await until('no call is muted', async () => at.simulator.mutedCalls().length === 0);
  assert.deepEqual([...new Set(asked(at.simulator).map(({ by, value }) => `${by} ${value}`))].sort(),
    [`ivrid ${first}`, `ivrid ${second}`].sort());
});

test('the status says whether a call is on and since when, and nothing about the customer', async (t) => {
  const at = await desk(t);
  const before = await at.host.waitForStatus(isLive);
  assert.deepEqual(before.call, { on: false, since: null });
  const { ivrid } = at.simulator.startCall({ answered: true });
  const during = await at.host.waitForStatus(({ call }) => call?.on === true);
  assert.match(String(during.call?.since), /^\d{4}-\d\d-\d\dT/);
  await at.host.open();
  await at.host.close();
  at.simulator.endCall(ivrid);
  await at.host.waitForStatus(({ call }) => call?.on === false, at.host.messages.length - 1);
  await at.host.end();
  const texts = [JSON.stringify(at.host.messages)];
  for (const name of await readdir(at.state_directory, { recursive: true })) {
    texts.push(await readFile(join(at.state_directory, name), 'latin1').catch(() => ''));
  }
  for (const secret of [CUSTOMER.name, CUSTOMER.number, PIN]) {
    assert.ok(!texts.some((text) => text.includes(secret)), `${secret} was kept`);
  }
});

test('the ledger has which calls were on under a form, and which of two talked', async (t) => {
  const at = await desk(t);
  const first = at.simulator.startCall({ answered: true }).ivrid;
  await at.host.waitForStatus(({ call }) => call?.on === true);
  await at.host.open();
  at.simulator.hold(first);
  const second = at.simulator.startCall({ answered: true }).ivrid;
  await at.simulator.waitFor({ type: 'call.muted', ivrid: second });
  await at.host.close();
  // The agent talks on the first call again only now, when no form is open.
  at.simulator.unhold(first);
  await at.host.end();
  const { document } = await commandInJson(at, 'ledger');
  const calls = document.entries.filter((/** @type {any} */ { kind }) => kind === 'form_call');
  assert.deepEqual(calls.map((/** @type {any} */ { target, outcome }) => [target.value, outcome]).sort(),
    [[first, 'talking'], [first, 'held'], [second, 'talking']].sort());
});

test('doctor logs in, and says that events and clock are fine', async (t) => {
  const at = await desk(t);
  at.simulator.startCall({ answered: true });
  const { out } = await command(at, 'doctor');
  assert.match(out, /OK {7}events: logged in, and the calls of API1API came after \d+ ms; calls now: 1/);
  assert.match(out, /OK {7}clock: this computer's clock is \d s (behind|ahead of) Voicenter's/);
});

test('doctor says why there are no events', async (t) => {
  const at = await desk(t, { events: { login_status: 401 } });
  const { out } = await command(at, 'doctor');
  assert.match(out, /PROBLEM {2}events: .*\n?.*denies the log-in/);
  assert.ok(!out.includes(PIN));
});

for (const [what, harm, answers] of /** @type {[string, (at: any) => unknown, string[]][]} */ ([
  ['is killed', ({ realTime }) => realTime.kill(), ['User']],
  ['puts the client out', ({ realTime }) => realTime.putOut(), ['User']],
  ['closes in order', ({ realTime }) => realTime.putOut({ closing: true }), ['User']],
  ['freezes, with all connections open', ({ realTime }) => realTime.freeze(), ['User']],
  ['is restarted', ({ realTime }) => realTime.restart(), ['User', 'User']],
  ['ends in order and starts again', ({ realTime }) => realTime.restart({ in_order: true }),
    ['User', 'User']],
  ['forgets the token', ({ realTime }) => { realTime.expireTokens(); realTime.kill(); }, ['User', 'User']],
])) {
  test(`a server that ${what}: the host joins again, and a new call is muted by its event`, async (t) => {
    const at = await desk(t);
    await at.host.waitForStatus(isLive);
    await harm(at);
    await joined(at, 2);
    assert.deepEqual(at.realTime.logins, answers);
    await at.host.open();
    const { ivrid } = at.simulator.startCall({ answered: true });
    await at.simulator.waitFor({ type: 'call.muted', ivrid });
    await at.host.close();
  });
}

test('a token that ends is renewed without a new log-in, over the live connection', async (t) => {
  const at = await desk(t, { events: { token_lasts_ms: 1000 } });
  await at.simulator.waitFor({ type: 'real_time.login', path: 'RefreshIdentityToken' });
  assert.equal(at.realTime.clients, 1);
  assert.equal(at.realTime.logins[0], 'User');
});

/** @type {[string, import('../../simulator/real_time.js').Options, RegExp][]} */
const REFUSALS = [
  ['a token that the server refuses, keeping the connection', { refuses: 'middleware' },
    /denies the token.*Authentication error/],
  ['a token that is refused by HTTP', { refuses: 'http' }, /HTTP 400 \(token expired\)/],
  ['a denied log-in', { login_status: 401 }, /denies the log-in.*HTTP 401\)/],
  ['a log-in that gives access to the whole account', { extensions: 20 }, /the account's.*not used/],
  ['events that never name the extension', { has_status: false }, /none names the extension API1API/],
];

for (const [what, events, words] of REFUSALS) {
  test(`${what}: the popup says why, and mutes go on`, async (t) => {
    const at = await desk(t, { events });
    assert.match(await missing(at.host), words);
    const { ivrid } = at.simulator.startCall({ answered: true });
    await at.host.open();
    await at.simulator.waitFor({ type: 'call.muted', ivrid });
    await at.host.close();
  });
}

test('an account-wide token is dropped at once and not tried again', async (t) => {
  const at = await desk(t, { events: { extensions: 20 } });
  await missing(at.host);
  await until('the client has gone', async () => at.realTime.clients === 0);
  assert.deepEqual(at.realTime.logins, ['User']);
});
