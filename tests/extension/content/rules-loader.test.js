// Tests how long a form waits for rules.js, which knows whether an agent has said that it is no payment form.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, openPage } from '../support/browser.js';
import { RULES } from '../../../extension/common/marks.js';

const NONE = { correction: { id: 'x', shape: 'of a form' } };
const IS_ONE = { correction: { id: 'y', shape: null } };

let fresh = 0;

/** Makes a content script's loader without rules.js. @param {object[]} rules of the hello */
async function loader(rules) {
  openPage('');
  fresh += 1;
  const file = `../../../extension/content/rules-loader.js?${fresh}`;
  const { createRules, most_wait_ms } = await import(file);
  let looks = 0;
  const real = { hear: () => {}, stop: () => {} };
  const loads = createRules({ look: () => {}, lookNow: () => { looks += 1; }, send: () => {} });
  loads.start();
  loads.hear({ type: 'hello', rules });
  return { loads, most_wait_ms, looks: () => looks, bring: () => globalThis[RULES](() => real) };
}

test('a form that may be none waits until the code is there, and is then looked at', async () => {
  const { loads, looks, bring } = await loader([{}, NONE]);
  assert.equal(loads.areAwaited(), true);
  bring();
  assert.deepEqual([loads.areAwaited(), looks()], [false, 1]);
  loads.hear({ type: 'hello', rules: [NONE] });
  assert.equal(loads.areAwaited(), false, 'it is here');
});

test('a form does not wait long for code that does not come', async () => {
  const { loads, most_wait_ms, looks } = await loader([NONE]);
  await clock.move(most_wait_ms - 1);
  assert.deepEqual([loads.areAwaited(), looks()], [true, 0]);
  await clock.move(1);
  assert.deepEqual([loads.areAwaited(), looks()], [false, 1]);
});

for (const [what, rules] of [['no rules', []], ['other rules only', [{}, IS_ONE]], ['what is no list', 7]]) {
  test(`no form waits with ${what}`, async () => {
    const { loads } = await loader(/** @type {any} */ (rules));
    assert.equal(loads.areAwaited(), false);
  });
}
