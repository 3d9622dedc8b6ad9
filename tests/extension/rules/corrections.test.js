// Tests corrections in a page: they take effect at once, only on the form that they were made for, and the
// administrator's rules go before them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleOf } from '../../../extension/common/corrections.js';
import { MAX_RULE_LIST } from '../../../extension/common/protocol.js';
import { clock, settle } from '../support/browser.js';
import { bringRules, CRM, greeting, look_ms, openNow, reports } from '../support/rules-visit.js';
import { closed_ms, FORM, insert, said, tell, visit } from '../support/visit.js';

const ORIGIN = 'https://crm.example.com';
const FIELD = '<label>Reference <input id="ref"></label>';

/** @param {string} direction @param {string[]} selectors @param {string} [shape] */
const correction = (direction, selectors, shape = '') =>
  ruleOf(/** @type {any} */ ({ direction, origin: ORIGIN, selectors, shape }));

/** @param {object[]} corrections @param {object[]} [rules] the administrator's */
const hello = (corrections, rules = []) => {
  const message = greeting(rules);
  return { ...message, rules: [...message.rules, ...corrections] };
};

/**
 * Visits the page with rules.js, and waits until the content script has looked at the page.
 * @param {string} html @param {object[]} corrections @param {object[]} [rules] the administrator's
 */
async function look(html, corrections, rules) {
  const page = await visit(html);
  tell(hello(corrections, rules));
  await bringRules();
  await clock.move(look_ms);
  return page;
}

/**
 * Sends the frame the message "describe", as the background does when the agent says that a form in it is no
 * payment form, and returns the frame's answer.
 */
async function describe() {
  tell({ type: 'describe' });
  await clock.move(look_ms);
  await settle();
  return said('described').at(-1).forms;
}

test('a form that an agent has pointed at is open at once, with the reason, and told', async () => {
  await look(FIELD, []);
  assert.deepEqual(openNow(), []);
  const mutes = correction('mute', ['#ref']);
  tell(hello([mutes]));
  await clock.move(look_ms);
  assert.deepEqual(openNow(), ['correction "crm.example.com: #ref"']);
  assert.deepEqual(said('corrected').at(-1).ids, [mutes.correction.id]);
  tell(hello([]));
  await clock.move(look_ms + closed_ms);
  assert.deepEqual(openNow(), []);
  assert.equal(said('surface.close')[0].reason, 'gone, correction "crm.example.com: #ref"');
  assert.deepEqual(said('corrected').at(-1).ids, []);
});

test('an administrator\'s rule that excludes the field goes before the correction', async () => {
  await look(FIELD, [correction('mute', ['#ref'])], [{ ignore: ['label'] }]);
  assert.deepEqual(openNow(), []);
  tell(hello([correction('mute', ['#ref'])]));
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

test('a form that an agent calls none closes at once, until the correction is taken back', async () => {
  await look(FORM, []);
  assert.equal(openNow().length, 1);
  const [{ selectors, shape }] = await describe();
  const ignores = correction('unmute', selectors, shape);
  tell(hello([ignores]));
  await clock.move(look_ms + closed_ms);
  assert.deepEqual(openNow(), []);
  assert.match(said('surface.close')[0].reason, /^correction "/);
  assert.deepEqual(said('corrected').at(-1).ids, [ignores.correction.id]);

  await look(FORM, [ignores]);
  await clock.move(closed_ms);
  assert.deepEqual(openNow(), []);
  tell(hello([]));
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

/** @param {number} count */
const many = (count) => '<p><input autocomplete="cc-number"></p>'.repeat(count);

test('a form with more fields than a rule can name is named as a whole', async () => {
  const html = `<section id="table">${many(MAX_RULE_LIST + 1)}</section>`;
  await look(html, []);
  const [{ selectors, shape }] = await describe();
  assert.deepEqual(selectors, ['#table']);
  await look(html, [correction('unmute', selectors, shape)]);
  await clock.move(closed_ms);
  assert.deepEqual(openNow(), []);
});

test('a form all over the page cannot be named, and that is said', async () => {
  await look(many(MAX_RULE_LIST + 1), []);
  assert.deepEqual(await describe(), []);
});

test('an administrator\'s rule opens a form although an agent says that it is no payment form', async () => {
  await look(FORM, []);
  const [{ selectors, shape }] = await describe();
  await look(FORM, [correction('unmute', selectors, shape)], [{ open: [{ selector: 'form' }] }]);
  await clock.move(closed_ms);
  // The rule's form has taken over the surface that was open before the rules came.
  assert.equal(openNow().length, 1);
  assert.deepEqual(said('surface.close'), []);
});

for (const [what, changed] of [
  ['another label', (html) => html.replace(/name="/, 'title="Credit card number" name="')],
  ['a further card field', (html) => html.replace('</form>', '<input name="cvv" placeholder="CVV"></form>')],
]) {
  test(`a form with ${what} is another form, and mutes`, async () => {
    const html = '<form><input name="cardNumber" placeholder="0000"><input name="expiry"></form>';
    await look(html, []);
    const [{ selectors, shape }] = await describe();
    await look(html, [correction('unmute', selectors, shape)]);
    await clock.move(closed_ms);
    assert.deepEqual(openNow(), [], 'the same form');
    await look(changed(html), [correction('unmute', selectors, shape)]);
    await clock.move(closed_ms);
    assert.equal(openNow().length, 1);
  });
}

test('what decides here is said again with each hello: a new background does not know it', async () => {
  const mutes = correction('mute', ['#ref']);
  await look(FIELD, [mutes]);
  const before = said('corrected').length;
  tell(hello([mutes]));
  insert('<p>more</p>');
  await clock.move(look_ms);
  assert.deepEqual(said('corrected').slice(before), [{ type: 'corrected', ids: [mutes.correction.id] }]);
});

test('corrections are no rules that drift', async () => {
  await look(FIELD, [correction('mute', ['#ref']), correction('mute', ['[['])]);
  assert.deepEqual(reports(), []);
  assert.equal(openNow().length, 1);
});

test('a description has nothing that was typed, and forms that rules have opened are not in it', async () => {
  const page = await look(FORM, [], [{ match: [CRM], open: [{ selector: 'form' }] }]);
  for (const field of page.document.querySelectorAll('input')) field.setAttribute('value', '4580458');
  const forms = await describe();
  assert.equal(forms.length, 1);
  assert.doesNotMatch(JSON.stringify(forms), /4580/);
});
