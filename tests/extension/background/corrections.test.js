// Tests corrections in the background: the popup's offers, the mute before the pick, the messages to pages
// and host, and what is stored.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Coordinator } from '../../../extension/background/coordinator.js';
import { MAX_UNREPORTED } from '../../../extension/background/policy/corrections.js';
import { MAX_CORRECTIONS } from '../../../extension/common/corrections.js';
import { createMessages } from '../../../extension/common/messages.js';
import { PASSING_ms } from '../../../extension/background/ui/showing.js';
import {
  contentPort, fakeApi, FakeClock, fakeI18n, FakePort, POLICY, popupPort, settle,
  statusOf,
} from '../support/background.js';

const ORIGIN = 'https://crm.example.com';
let browser;
let clock;
const host = () => browser.hosts.at(-1);
const requests = (type) => host().sent.filter((message) => message.type === type);
const reported = () => requests('correction.report').map(({ change, direction, selectors }) =>
  [change, direction, ...selectors]);

/** Starts a worker of the same browser. */
async function start() {
  clock = new FakeClock();
  const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  await settle();
}

/**
 * Connects a watched page, and then lets the host send the policy, unless a form was declared before.
 * @param {string} [agent_may_correct] the policy's
 */
async function page(agent_may_correct = 'both', sender = {}) {
  const port = contentPort(sender);
  browser.api.runtime.onConnect.fire(port);
  if (requests('hello').length > 0 && requests('surface.open').length === 0) {
    host().policy = { ...POLICY, agent_may_correct };
    host().welcome();
  }
  await settle();
  return port;
}

/** Connects a popup over tab 5. */
async function popup() {
  const port = popupPort();
  browser.api.runtime.onConnect.fire(port);
  port.receive({ type: 'tab', tab: 5 });
  await settle();
  return port;
}

async function picker(sender = {}) {
  const port = new FakePort('picker', {
    id: 'own-id', frameId: 0, origin: ORIGIN, url: `${ORIGIN}/order/7`, tab: { id: 5 }, ...sender,
  });
  browser.api.runtime.onConnect.fire(port);
  await settle();
  return port;
}

/** Sends a message to the background, and waits until even a passing view is shown. */
const say = async (port, message) => {
  port.receive(message);
  await settle();
  clock.advance(PASSING_ms);
  await settle();
};
const opens = (port, reason, surface = 's1') =>
  say(port, { type: 'surface.open', surface, reason, banner: true, number: 1 });
const offered = (port) => port.last('snapshot').correctable;
const rules = (port) => port.last('hello').rules.map(({ open, ignore }) => [open.length > 0, ...ignore]);

beforeEach(async () => {
  browser = fakeApi();
  await start();
});

for (const [policy, closed, open] of [['nothing', [], []], ['mute', ['mute'], []],
  ['both', ['mute'], ['unmute']]]) {
  test(`with "${policy}" the popup offers what an agent may say of the page's form`, async () => {
    const port = await page(policy);
    const shown = await popup();
    assert.deepEqual(offered(shown), { site: 'crm.example.com', may: closed, said: [], isPointing: false,
      isNameless: false });
    await opens(port, 'card number and expiry');
    assert.deepEqual(offered(shown).may, open);
  });
}

test('nothing is offered without a watched page, or for a form that a rule has opened', async () => {
  const port = await page();
  const shown = await popup();
  await opens(port, 'rule "Pay"');
  assert.deepEqual(offered(shown).may, []);
  await say(shown, { type: 'tab', tab: 6 });
  assert.equal(offered(shown), null);
});

test('"a payment form here" mutes at once; the pick is kept, and its form takes the mute over', async () => {
  const port = await page('mute');
  const shown = await popup();
  await say(shown, { type: 'correct', direction: 'mute' });
  assert.equal(host().last('override').mode, 'mute');
  assert.deepEqual(browser.calls.injected.at(-1).files, ['picker.js']);
  assert.equal(offered(shown).isPointing, true);
  const picking = await picker();
  assert.equal(picking.last('words').corrects, true);
  await say(picking, { type: 'chosen', selector: '#ref' });
  assert.deepEqual(picking.last('end'), { type: 'end' });
  assert.deepEqual(rules(port), [[true]]);
  assert.deepEqual(reported(), [['made', 'mute', '#ref']]);
  assert.equal(host().last('override').mode, 'mute', 'until the form is declared');

  await opens(port, 'correction "crm.example.com: #ref"');
  const order = host().sent.map(({ type, mode }) => mode ?? type);
  assert.deepEqual(order.slice(-2), ['surface.open', 'auto'], 'the form first, so that no gap is left');
  const [made] = browser.api.storage.local.data.corrections.made;
  assert.deepEqual(made, { direction: 'mute', origin: ORIGIN, selectors: ['#ref'], shape: '' });
});

test('leaving the picker takes the mute back; a press of another button keeps it', async () => {
  await page();
  const shown = await popup();
  await say(shown, { type: 'correct', direction: 'mute' });
  await say(await picker(), { type: 'end' });
  assert.equal(host().last('override').mode, 'auto');
  assert.equal(offered(shown).isPointing, false);

  await say(shown, { type: 'correct', direction: 'mute' });
  await say(shown, { type: 'override', mode: 'mute' });
  await say(await picker(), { type: 'end' });
  assert.equal(host().last('override').mode, 'mute');
});

test('a pick that nobody has asked for is no correction', async () => {
  const port = await page();
  await say(await picker(), { type: 'chosen', selector: '#ref' });
  const shown = await popup();
  await say(shown, { type: 'correct', direction: 'mute' });
  await say(await picker({ tab: { id: 6 } }), { type: 'chosen', selector: '#ref' });
  assert.deepEqual([rules(port), reported()], [[], []]);
});

test('"not a payment form" asks the frames with a form, and their answers count once', async () => {
  const port = await page();
  const frame = await page('both', { frameId: 3, origin: 'https://pay.example.net' });
  await opens(port, 'card number and expiry');
  const shown = await popup();
  const answer = { type: 'described', forms: [{ selectors: ['#a', '#b'], shape: 'x1' }] };
  await say(port, answer);
  assert.deepEqual(reported(), [], 'nobody has asked');
  await say(shown, { type: 'correct', direction: 'unmute' });
  assert.deepEqual(port.last('describe'), { type: 'describe' });
  assert.equal(frame.last('describe'), undefined);
  await say(port, answer);
  await say(port, { ...answer, forms: [{ selectors: ['#other'], shape: 'x2' }] });
  assert.deepEqual(reported(), [['made', 'unmute', '#a', '#b']]);
  assert.deepEqual([rules(port), rules(frame)], [[[false, '#a', '#b']], []]);
  assert.equal(port.last('hello').rules[0].correction.shape, 'x1');
});

test('a form that cannot be named is said to be so, until the page has another', async () => {
  const port = await page();
  await opens(port, 'card number and expiry');
  const shown = await popup();
  await say(shown, { type: 'correct', direction: 'unmute' });
  await say(port, { type: 'described', forms: [] });
  assert.equal(offered(shown).isNameless, true);
  assert.deepEqual(reported(), []);
  await say(port, { type: 'surface.close', surface: 's1', reason: 'hidden', number: 2 });
  assert.equal(offered(shown).isNameless, false);
});

test('what has led to a form that is none is forgotten, so that it does not mute early', async () => {
  host().policy = { ...POLICY, agent_may_correct: 'both', premute: true };
  const port = await page();
  host().policy = { ...POLICY, agent_may_correct: 'both', premute: true };
  host().receive({ type: 'status', status: statusOf(), policy: host().policy });
  await say(port, { type: 'predictor', key: 'r1' });
  await opens(port, 'card number and expiry');
  const shown = await popup();
  await say(shown, { type: 'correct', direction: 'unmute' });
  await say(port, { type: 'described', forms: [{ selectors: ['#a'], shape: 'x1' }] });
  await say(port, { type: 'surface.close', surface: 's1', reason: 'correction', number: 2 });
  const before = requests('surface.open').length;
  await say(port, { type: 'predictor', key: 'r1' });
  assert.equal(requests('surface.open').length, before);
});

test('what decides about a visible form is shown, and can be taken back', async () => {
  const port = await page();
  await opens(port, 'card number and expiry');
  const shown = await popup();
  await say(shown, { type: 'correct', direction: 'unmute' });
  await say(port, { type: 'described', forms: [{ selectors: ['#a'], shape: 'x1' }] });
  const [{ correction }] = port.last('hello').rules;
  await say(port, { type: 'corrected', ids: [correction.id, 'unknown'] });
  assert.deepEqual(offered(shown).said, ['unmute']);
  await say(shown, { type: 'take_back', direction: 'mute' });
  assert.equal(rules(port).length, 1, 'the other direction');
  await say(shown, { type: 'take_back', direction: 'unmute' });
  assert.deepEqual(rules(port), []);
  assert.deepEqual(offered(shown).said, []);
  host().reply('correction.report');
  await settle();
  assert.deepEqual(reported().at(-1), ['taken_back', 'unmute', '#a']);
});

/**
 * Corrects the form in the page, whose field has the selector "#f" followed by the number `at`.
 * @param {any} port
 * @param {any} shown
 * @param {number} at
 */
async function correct(port, shown, at) {
  await say(shown, { type: 'correct', direction: 'unmute' });
  await say(port, { type: 'described', forms: [{ selectors: [`#f${at}`], shape: 'x' }] });
}

test('a limited number of corrections is kept; the oldest is dropped, and that is reported', async () => {
  const port = await page();
  await opens(port, 'card number and expiry');
  const shown = await popup();
  for (let at = 0; at <= MAX_CORRECTIONS; at += 1) {
    await correct(port, shown, at);
    while (host().last('correction.report').answered !== true) {
      host().last('correction.report').answered = true;
      host().reply('correction.report');
      await settle();
    }
  }
  assert.equal(rules(port).length, MAX_CORRECTIONS);
  assert.deepEqual(reported().at(-1), ['dropped', 'unmute', '#f0']);
});

test('a later worker has the corrections before it greets, and reports what was not answered', async () => {
  const port = await page();
  await opens(port, 'card number and expiry');
  await correct(port, await popup(), 1);
  host().drop();
  await start();
  const again = contentPort();
  browser.api.runtime.onConnect.fire(again);
  await settle();
  assert.deepEqual(rules(again), [[false, '#f1']]);
  host().policy = { ...POLICY, agent_may_correct: 'mute' };
  host().welcome();
  await settle();
  assert.deepEqual(rules(again), [], 'the administrator no longer allows it');
  assert.deepEqual(reported(), [['made', 'unmute', '#f1']]);
  host().reply('correction.report');
  await settle();
  assert.deepEqual(browser.api.storage.local.data.corrections.unreported, []);
});

test('no page is greeted before the corrections are read, which would end their forms', async () => {
  browser = fakeApi();
  const { local } = browser.api.storage;
  const { get } = local;
  let read;
  local.get = (key) => (key === 'corrections' ? new Promise((resolve) => { read = resolve; }) : get(key));
  const coordinator = new Coordinator(browser.api, clock, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  coordinator.restore();
  await settle();
  const port = await page();
  host().welcome();
  await settle();
  assert.equal(port.last('hello'), undefined);
  read({ corrections: { made: [{ direction: 'mute', origin: ORIGIN, selectors: ['#ref'], shape: '' }] } });
  await settle();
  assert.deepEqual(rules(port), [[true]]);
});

test('a limited number of reports waits for a host', async () => {
  const port = await page();
  await opens(port, 'card number and expiry');
  const shown = await popup();
  for (let at = 0; at < MAX_UNREPORTED; at += 1) await correct(port, shown, at);
  assert.equal(browser.api.storage.local.data.corrections.unreported.length, MAX_UNREPORTED);
});
