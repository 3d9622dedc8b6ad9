// Tests the administrator's rules: the browser gets them, and what the browser reports about them leads to
// entries in the ledger and to warnings of `doctor`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, commandInJson } from './commands.js';
import { configOf, scene } from './scene.js';

const ORIGIN = 'https://crm.example.com';
const RULES = [
  { name: 'Pay dialog', match: `${ORIGIN}/*`, open: '#pay' },
  { name: 'Search', match: `${ORIGIN}/*`, ignore: '#search' },
];

/**
 * @param {import('./host_process.js').HostProcess} host
 * @param {string} event
 * @param {object} [fields]
 */
async function report(host, event, fields = { rule: 'Pay dialog' }) {
  const address = `${ORIGIN}/customer/77?card=4111111111111111`;
  const reply = await host.request({ type: 'rule.report', origin: address, event, ...fields });
  assert.equal(reply.ok, true, JSON.stringify(reply.error));
}

/**
 * Returns the warnings of `doctor` about rules that no longer match.
 * @param {import('./commands.js').Places} places
 */
async function drifts(places) {
  const { document } = await commandInJson(places, 'doctor');
  return document.checks.filter((/** @type {any} */ { check }) => check === 'rule drift');
}

test('the rules go to the browser in full', async (t) => {
  const { host } = await scene(t, { policy: { rules: RULES } });
  const { policy } = await host.hello();
  const none = { open: [], close: [], approved: [], declined: [], ignore_all: false, ignore: [] };
  assert.deepEqual(policy.rules, [
    { ...none, name: 'Pay dialog', match: [`${ORIGIN}/*`], open: [{ selector: '#pay' }] },
    { ...none, name: 'Search', match: [`${ORIGIN}/*`], ignore: ['#search'] },
  ]);
});

test('a rule that matched and misses forms has drifted, until it matches again', async (t) => {
  const { host, another, ...places } = await scene(t, { policy: { rules: RULES } });
  await host.hello();
  await report(host, 'missed');
  await host.end();
  assert.deepEqual(await drifts(places), [], 'the rule has never matched here');
  const second = another();
  await second.hello();
  for (const event of ['matched', 'missed', 'missed', 'missed']) await report(second, event);
  await second.end();
  const [drift, ...more] = await drifts(places);
  assert.deepEqual(more, []);
  assert.equal(drift.result, 'warning');
  assert.ok(drift.text.startsWith(`rule "Pay dialog" does not match on ${ORIGIN} any more, since 2`));
  assert.match(drift.text, /: 3 payment forms were seen without it$/);
  assert.match(drift.remedy, /policy\.rules/);
  const { out } = await command(places, 'doctor');
  assert.match(out, /^WARNING {2}rule drift: rule "Pay dialog" .*\n +What to do: look whether/m);

  const { document } = await commandInJson(places, 'ledger');
  const lines = document.entries.filter((/** @type {any} */ { kind }) => kind === 'rule_drift');
  assert.deepEqual(lines.map((/** @type {any} */ { origin }) => origin), [ORIGIN]);
  assert.match((await command(places, 'ledger')).out, /RULE DRIFT +https:\S+ +.*Pay dialog: /);
  assert.doesNotMatch(JSON.stringify(document) + out, /customer|4111/);

  const third = another();
  await third.hello();
  await report(third, 'matched');
  await third.end();
  assert.deepEqual(await drifts(places), []);
});

test('removed rules are forgotten, and reports about unknown ones are dropped', async (t) => {
  const { host, another, simulator, configure, ...places } = await scene(t, { policy: { rules: RULES } });
  await host.hello();
  await report(host, 'matched', { rule: 'Nobody knows it' });
  for (const event of ['matched', 'missed', 'missed', 'missed']) await report(host, event);
  await host.end();
  assert.equal((await drifts(places)).length, 1);
  const second = another();
  await second.hello();
  await configure(configOf(simulator, {}, { rules: RULES.slice(1) }));
  await second.waitFor(({ policy }) => policy?.rules.length === 1);
  await configure(configOf(simulator, {}, { rules: RULES }));
  await second.waitFor(({ policy }) => policy?.rules.length === 2, second.messages.length);
  await report(second, 'missed');
  await second.end();
  assert.deepEqual(await drifts(places), [], 'its matches were forgotten');
});
