// Tests an agent's correction in the ledger, in `doctor`, and as a rule that the configuration accepts.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { commandInJson } from './commands.js';
import { configOf, scene } from './scene.js';
import { logFile } from './state_files.js';

const ORIGIN = 'https://crm.example.com:8443';

/** @param {import('./commands.js').Places} places */
async function corrections(places) {
  const { document } = await commandInJson(places, 'doctor');
  return document.checks.filter((/** @type {any} */ { check }) => check === 'corrections');
}

test('a correction is in ledger and doctor, and its rule can be pasted', async (t) => {
  const policy = { agent_may_correct: 'both' };
  const { host, simulator, configure, ...places } = await scene(t, { policy });
  assert.equal((await host.hello()).policy.agent_may_correct, 'both');
  const report = (/** @type {object} */ fields) => host.request({
    type: 'correction.report', origin: `${ORIGIN}/customer/77?tab=pay`, change: 'made', ...fields,
  });
  const pay = await report({ direction: 'mute', selectors: ['input[name="ref"]'] });
  const search = await report({ direction: 'unmute', selectors: ['#a', 'pay-box > .b'] });
  assert.deepEqual([pay.ok, search.ok], [true, true]);
  await report({ direction: 'mute', selectors: ['#wrong'] });
  await report({ direction: 'mute', selectors: ['#wrong'], change: 'taken_back' });

  const { document } = await commandInJson(places, 'ledger');
  const entries = document.entries.filter((/** @type {any} */ { kind }) => kind === 'correction');
  const told = (/** @type {any} */ { request, outcome, origin }) => [request, outcome, origin];
  assert.deepEqual(entries.map(told),
    [['mute', 'made', ORIGIN], ['unmute', 'made', ORIGIN], ['mute', 'made', ORIGIN],
      ['mute', 'taken_back', ORIGIN]]);
  const rules = entries.slice(0, 2).map((/** @type {any} */ { rule }) => rule);
  assert.deepEqual(rules, [
    { name: 'crm.example.com:8443: input[name="ref"]', match: `${ORIGIN}/*`, open: 'input[name="ref"]' },
    { name: 'crm.example.com:8443: #a', match: `${ORIGIN}/*`, ignore: ['#a', 'pay-box > .b'] },
  ]);
  const checks = await corrections(places);
  assert.deepEqual(checks.map((/** @type {any} */ { result }) => result), ['warning', 'note']);
  assert.ok(checks[1].text.includes(': {"name":"crm.example.com:8443: input[name='));
  const log = await readFile(logFile(places.state_directory), 'utf8');
  assert.match(log, / correction change=made direction=mute origin=https:\/\/crm\.example\.com:8443 /);
  assert.doesNotMatch(JSON.stringify(document) + log, /customer|tab=/);

  await configure(configOf(simulator, {}, { ...policy, rules }));
  const changed = await host.waitFor(({ policy: now }) => now?.rules.length === 2);
  assert.deepEqual(changed.policy.rules[0].open, [{ selector: 'input[name="ref"]' }]);
  assert.deepEqual(await corrections(places), [], 'they are rules now');
});
