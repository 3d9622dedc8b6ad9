// Tests how the administrator's rules end a surface although its form is still there, what opens the
// surface again, and how rules exclude fields from detection.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock, somethingHappenedTo } from '../support/browser.js';
import { bringRules, greeting, look_ms, openNow, visitWithRules } from '../support/rules-visit.js';
import { closed_ms, FORM, insert, said, tell, visit } from '../support/visit.js';

const RESULT = { approved: [{ selector: '.ok' }], declined: [{ selector: '.no' }] };
const ended_ms = look_ms + closed_ms;
const results = () => said('result').map(({ rule, outcome, again }) => [rule, outcome, again]);

/** Visits a page whose form the detector finds, and shows a result that ends the form. */
async function approved() {
  await visitWithRules(FORM, [RESULT]);
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
  const panel = insert('<p class="ok">Approved</p>');
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  return panel;
}

/** @param {string} type @param {Element} target */
const typeIn = (type, target) => byPerson(target, new Event(type, { bubbles: true, composed: true }));

test('a result ends a detected form although the page stays, and is reported for the tab', async () => {
  await approved();
  assert.equal(said('surface.close')[0].reason, 'approved, rule "Pay dialog"');
  assert.deepEqual(results(), [['Pay dialog', 'approved', false]]);
});

test('a result that is there from the start does not end a form that came with it', async () => {
  await visitWithRules(`<p class="ok">The last payment was approved</p>${FORM}`, [RESULT]);
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  document.querySelector('p').remove();
  await clock.move(look_ms);
  insert('<p class="ok">Approved</p>');
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), [], 'but the next one does');
});

test('the form opens again when the result no longer holds', async () => {
  const panel = await approved();
  panel.remove();
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
  assert.deepEqual(results().at(-1), ['Pay dialog', null, false]);
});

for (const type of ['keydown', 'input', 'paste']) {
  test(`a ${type} in a card field opens the form again at once, and it stays open`, async () => {
    await approved();
    typeIn(type, document.querySelector('input'));
    await clock.move(20);
    assert.equal(openNow().length, 1);
    document.body.dataset.turn = '1';
    await clock.move(ended_ms);
    assert.equal(openNow().length, 1);
  });
}

test('a key elsewhere does not open the form again', async () => {
  await approved();
  const other = insert('<input name="comment">').querySelector('input');
  typeIn('keydown', other);
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
});

test('a form that disappears and appears again is a new payment, despite the old result', async () => {
  await approved();
  const form = document.querySelector('form');
  form.hidden = true;
  await clock.move(ended_ms);
  form.hidden = false;
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

test('another result ends a form that typing has opened again', async () => {
  const panel = await approved();
  typeIn('input', document.querySelector('input'));
  await clock.move(20);
  panel.firstElementChild.className = 'no';
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  assert.equal(said('surface.close').at(-1).reason, 'declined, rule "Pay dialog"');
});

test('a result in another frame of the tab ends the form here, until the result is gone', async () => {
  await visit(FORM);
  tell({ type: 'ended', outcome: 'approved', rule: 'Elsewhere' });
  await bringRules(); // the background injects rules.js together with the message
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  assert.equal(said('surface.close')[0].reason, 'approved, rule "Elsewhere"');
  assert.deepEqual(said('rule'), [], 'this frame has no rules, so it reports none');
  tell({ type: 'ended', outcome: null });
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

test('a new background is sent a result that still holds, marked as an old one', async () => {
  await approved();
  tell(greeting([RESULT]));
  await clock.move(look_ms);
  assert.deepEqual(results().at(-1), ['Pay dialog', 'approved', true]);
  assert.deepEqual(openNow(), []);
});

const OTHER = { name: 'Other', open: [{ selector: '#elsewhere' }] };

test('what a rule keeps open stays open when another rule is added', async () => {
  const latched = { open: [{ selector: '#pay' }], close: [{ selector: '.done' }] };
  await visitWithRules('<div id="pay">x</div>', [latched]);
  await clock.move(look_ms);
  document.querySelector('#pay').remove();
  await clock.move(ended_ms);
  tell(greeting([OTHER, latched]));
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  assert.deepEqual(said('surface.close'), []);
});

test('a form that typing has opened again stays open when another rule is added', async () => {
  await approved();
  typeIn('input', document.querySelector('input'));
  await clock.move(20);
  tell(greeting([OTHER, RESULT]));
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  assert.deepEqual(results().at(-1), ['Pay dialog', 'approved', true]);
});

for (const [change, rules] of [['removed', []], ['changed', [{ ...RESULT, approved: [] }]]]) {
  test(`a form that a result has ended opens again when its rule is ${change}`, async () => {
    await approved();
    tell(greeting(rules));
    await clock.move(ended_ms);
    assert.equal(openNow().length, 1);
    assert.deepEqual(results().at(-1), ['Pay dialog', null, false]);
  });
}

test('a form that "close" has ended opens again when its rule is removed', async () => {
  await visitWithRules(FORM + '<p class="done">Done</p>', [{ close: [{ selector: '.done' }] }]);
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  tell(greeting([OTHER]));
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  assert.deepEqual(results(), []);
});

test('a rule\'s surface ends with its result, and does not open again without its form', async () => {
  const latched = { ...RESULT, open: [{ selector: '#pay' }], close: [{ selector: '.x' }] };
  await visitWithRules('<div id="pay">x</div>', [latched]);
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
  const panel = insert('<p class="ok">Approved</p>');
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  document.querySelector('#pay').remove();
  await clock.move(ended_ms);
  panel.remove();
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
});

test('a key anywhere in a rule\'s surface opens it again', async () => {
  await visitWithRules('<div id="pay"><p><input></p></div>', [{ ...RESULT, open: [{ selector: '#pay' }] }]);
  await clock.move(look_ms);
  insert('<p class="ok">Approved</p>');
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  typeIn('keydown', document.querySelector('input'));
  await clock.move(20);
  assert.equal(openNow().length, 1);
});

test('"close" in a rule without "open" ends detected forms in this document only', async () => {
  await visitWithRules(FORM, [{ close: [{ selector: '.done' }] }]);
  await clock.move(look_ms);
  const done = insert('<p class="done">Done</p>');
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  assert.equal(said('surface.close')[0].reason, 'closed, rule "Pay dialog"');
  assert.deepEqual(results(), []);
  done.remove();
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

test('"ignore_all" excludes all fields where the rule matches, and ends forms found before', async () => {
  await visit(FORM);
  assert.equal(openNow().length, 1);
  tell(greeting([{ ignore_all: true }]));
  await bringRules();
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  insert(FORM);
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  assert.deepEqual(said('rule'), []);
});

test('"ignore" excludes the fields inside what a selector finds, also in shadow roots', async () => {
  const inside = '<div class="demo"><x-form></x-form></div>';
  await visit(inside + FORM);
  document.querySelector('x-form').attachShadow({ mode: 'closed' }).innerHTML = FORM;
  somethingHappenedTo(document.querySelector('x-form'));
  tell(greeting([{ ignore: ['.demo'] }]));
  await bringRules();
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  document.querySelector('.demo').className = '';
  await clock.move(ended_ms);
  assert.equal(openNow().length, 2);
});
