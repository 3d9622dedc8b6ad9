// What ends a surface by the administrator's rules although the form still stands there, what brings it back,
// and what keeps the detector away.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock, somethingHappenedTo } from '../support/browser.js';
import { bringRules, greeting, look_ms, openNow, visitWithRules } from '../support/rules-visit.js';
import { closed_ms, FORM, insert, said, tell, visit } from '../support/visit.js';

const RESULT = { approved: [{ selector: '.ok' }], declined: [{ selector: '.no' }] };
const ended_ms = look_ms + closed_ms;
const results = () => said('result').map(({ rule, outcome, again }) => [rule, outcome, again]);

/** A page whose form the detector has found, and a result that has ended it. */
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

test('a result ends what the detector found though the page stays, and is told to the tab', async () => {
  await approved();
  assert.equal(said('surface.close')[0].reason, 'approved, rule "Pay dialog"');
  assert.deepEqual(results(), [['Pay dialog', 'approved', false]]);
});

test('what says approved from the start ends no form that comes with it', async () => {
  await visitWithRules(`<p class="ok">The last payment was approved</p>${FORM}`, [RESULT]);
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  document.querySelector('p').remove();
  await clock.move(look_ms);
  insert('<p class="ok">Approved</p>');
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), [], 'but the next one does');
});

test('it comes back when the result holds no more', async () => {
  const panel = await approved();
  panel.remove();
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
  assert.deepEqual(results().at(-1), ['Pay dialog', null, false]);
});

for (const type of ['keydown', 'input', 'paste']) {
  test(`it comes back at once at a ${type} in a card field, and stays though the result does`, async () => {
    await approved();
    typeIn(type, document.querySelector('input'));
    await clock.move(20);
    assert.equal(openNow().length, 1);
    document.body.dataset.turn = '1';
    await clock.move(ended_ms);
    assert.equal(openNow().length, 1);
  });
}

test('a key elsewhere brings nothing back', async () => {
  await approved();
  const other = insert('<input name="comment">').querySelector('input');
  typeIn('keydown', other);
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
});

test('a form that went away and came again is a new payment, whatever still says approved', async () => {
  await approved();
  const form = document.querySelector('form');
  form.hidden = true;
  await clock.move(ended_ms);
  form.hidden = false;
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

test('another result ends the form that was typed in again', async () => {
  const panel = await approved();
  typeIn('input', document.querySelector('input'));
  await clock.move(20);
  panel.firstElementChild.className = 'no';
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  assert.equal(said('surface.close').at(-1).reason, 'declined, rule "Pay dialog"');
});

test('a result in another frame of the tab ends the form here, until it is gone there', async () => {
  await visit(FORM);
  tell({ type: 'ended', outcome: 'approved', rule: 'Elsewhere' });
  await bringRules(); // the background brings it with the message
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  assert.equal(said('surface.close')[0].reason, 'approved, rule "Elsewhere"');
  assert.deepEqual(said('rule'), [], 'no rule is of this frame, so nothing is said of rules');
  tell({ type: 'ended', outcome: null });
  await clock.move(look_ms);
  assert.equal(openNow().length, 1);
});

test('a new background is told of a result that holds, as of one that is not new', async () => {
  await approved();
  tell(greeting([RESULT]));
  await clock.move(look_ms);
  assert.deepEqual(results().at(-1), ['Pay dialog', 'approved', true]);
  assert.deepEqual(openNow(), []);
});

const OTHER = { name: 'Other', open: [{ selector: '#elsewhere' }] };

test('what a rule keeps open stays so when another rule is new in the policy', async () => {
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

test('a form that was typed in again stays open when another rule is new in the policy', async () => {
  await approved();
  typeIn('input', document.querySelector('input'));
  await clock.move(20);
  tell(greeting([OTHER, RESULT]));
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  assert.deepEqual(results().at(-1), ['Pay dialog', 'approved', true]);
});

for (const [change, rules] of [['taken away', []], ['another', [{ ...RESULT, approved: [] }]]]) {
  test(`what a result has ended comes back when its rule is ${change}`, async () => {
    await approved();
    tell(greeting(rules));
    await clock.move(ended_ms);
    assert.equal(openNow().length, 1);
    assert.deepEqual(results().at(-1), ['Pay dialog', null, false]);
  });
}

test('what close has ended comes back when its rule is taken away', async () => {
  await visitWithRules(FORM + '<p class="done">Done</p>', [{ close: [{ selector: '.done' }] }]);
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  tell(greeting([OTHER]));
  await clock.move(ended_ms);
  assert.equal(openNow().length, 1);
  assert.deepEqual(results(), []);
});

test('a rule\'s own surface ends with its result, and does not come back without its form', async () => {
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

test('a key anywhere in a rule\'s own surface brings that back', async () => {
  await visitWithRules('<div id="pay"><p><input></p></div>', [{ ...RESULT, open: [{ selector: '#pay' }] }]);
  await clock.move(look_ms);
  insert('<p class="ok">Approved</p>');
  await clock.move(ended_ms);
  assert.deepEqual(openNow(), []);
  typeIn('keydown', document.querySelector('input'));
  await clock.move(20);
  assert.equal(openNow().length, 1);
});

test('close in a rule without open ends what the detector found in this document only', async () => {
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

test('ignore_all keeps the detector away where the rule matches, and ends what it found before', async () => {
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

test('ignore keeps it away from the fields in what a selector finds, through shadow roots too', async () => {
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
