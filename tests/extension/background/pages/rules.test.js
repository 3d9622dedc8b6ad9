// Tests the administrator's rules between host and pages: which pages get them, which results end a tab's
// forms, and which events are passed on to be counted.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { createMessages } from '../../../../extension/common/messages.js';
import {
  contentPort, fakeApi, FakeClock, fakeI18n, POLICY, settle, statusOf,
} from '../../support/background.js';

const RULE = {
  name: 'Pay', match: ['https://crm.example.com/*'], open: [{ selector: '#pay' }], close: [], approved: [],
  declined: [], ignore_all: false, ignore: [],
};
const FRAME = { origin: 'https://cards.example.net', url: 'https://cards.example.net/form' };

let browser;
const host = () => browser.hosts.at(-1);
const injected = () => browser.calls.injected.filter(({ files }) => files[0] === 'rules.js')
  .map(({ target }) => target.frameIds[0]);

/** @param {object} sender */
async function page(sender) {
  const port = contentPort(sender);
  browser.api.runtime.onConnect.fire(port);
  await settle();
  return port;
}

beforeEach(async () => {
  browser = fakeApi();
  const coordinator = new Coordinator(browser.api, new FakeClock(), createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  await page({ tab: { id: 1, url: 'https://crm.example.com/' } });
  host().policy = { ...POLICY, rules: [RULE] };
  host().welcome();
  await settle();
  browser.calls.injected.length = 0;
});

test('a page gets the rules that can hold in it, and their code', async () => {
  const port = await page({});
  assert.deepEqual(port.sent[0].rules.map(({ name }) => name), ['Pay']);
  assert.deepEqual(injected(), [0]);
});

test('a frame of another origin gets neither', async () => {
  const port = await page({ frameId: 3, ...FRAME });
  assert.deepEqual(port.sent[0].rules, []);
  assert.deepEqual(injected(), []);
});

test('a page outside policy.sites gets neither', async () => {
  const port = await page({ tab: { id: 8, url: 'https://news.example.org/' } });
  assert.deepEqual(port.sent[0].rules, []);
  assert.deepEqual(injected(), []);
});

test('an open page gets a new hello when the rules for it have changed', async () => {
  const port = await page({});
  const frame = await page({ frameId: 3, ...FRAME });
  const policy = { ...POLICY, rules: [{ ...RULE, name: 'New' }] };
  host().receive({ type: 'status', status: statusOf(), policy });
  await settle();
  assert.deepEqual(port.last('hello').rules.map(({ name }) => name), ['New']);
  assert.equal(frame.sent.filter(({ type }) => type === 'hello').length, 1);
});

test('a result ends the forms in all other frames of the tab, which get the code for that', async () => {
  const port = await page({});
  const frame = await page({ frameId: 3, ...FRAME });
  const elsewhere = await page({ tab: { id: 9, url: 'https://crm.example.com/' } });
  port.receive({ type: 'result', rule: 'Pay', outcome: 'approved', again: false });
  assert.deepEqual(frame.last('ended'), { type: 'ended', outcome: 'approved', rule: 'Pay' });
  assert.ok(injected().includes(3));
  assert.equal(port.last('ended'), undefined, 'the frame has ended its own form itself');
  assert.equal(elsewhere.last('ended'), undefined);
  port.receive({ type: 'result', rule: 'Pay', outcome: null, again: false });
  assert.deepEqual(frame.last('ended'), { type: 'ended', outcome: null });
});

test('a result lasts until the last frame in which it holds has gone', async () => {
  const port = await page({});
  const second = await page({ frameId: 2 });
  const frame = await page({ frameId: 3, ...FRAME });
  const say = (to, rule) => to.receive({ type: 'result', rule, outcome: 'declined', again: false });
  say(port, 'Pay');
  say(port, 'Other');
  say(second, 'Pay');
  port.receive({ type: 'result', rule: 'Pay', outcome: null });
  port.drop();
  assert.equal(frame.last('ended').outcome, 'declined');
  second.drop();
  assert.equal(frame.last('ended').outcome, null);
});

test('a result that is older than the connection ends no form, but its own end is passed on', async () => {
  const port = await page({});
  const frame = await page({ frameId: 3, ...FRAME });
  port.receive({ type: 'result', rule: 'Pay', outcome: 'approved', again: true });
  assert.equal(frame.last('ended'), undefined);
  port.drop();
  assert.deepEqual(frame.last('ended'), { type: 'ended', outcome: null });
});

test('unknown outcomes, and results of pages outside policy.sites, are ignored', async () => {
  const port = await page({});
  const frame = await page({ frameId: 3, ...FRAME });
  const stranger = await page({ tab: { id: 5, url: 'https://news.example.org/' }, frameId: 4 });
  port.receive({ type: 'result', rule: 'Pay', outcome: 'maybe' });
  stranger.receive({ type: 'result', rule: 'Pay', outcome: 'approved' });
  assert.equal(frame.last('ended'), undefined);
});

test('a well-formed event of a rule is passed on with the frame\'s origin', async () => {
  const port = await page({});
  port.receive({ type: 'rule', event: 'missed', rule: 'Pay' });
  assert.deepEqual({ ...host().last('rule.report'), id: 0 },
    { id: 0, type: 'rule.report', origin: 'https://crm.example.com', event: 'missed', rule: 'Pay' });
  port.receive({ type: 'rule', event: 'unruled' });
  assert.equal(host().last('rule.report').rule, undefined);
  const sent = host().sent.length;
  port.receive({ type: 'rule', event: 'typed 4580', rule: 'Pay' });
  port.receive({ type: 'rule', event: 'missed', rule: 'x'.repeat(65) });
  assert.equal(host().sent.length, sent);
});
