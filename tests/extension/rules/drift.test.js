// What a document tells of rules and pages that have parted ways, and that it tells nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock } from '../support/browser.js';
import { greeting, look_ms, reports, visitWithRules } from '../support/rules-visit.js';
import { closed_ms, FORM, insert, said, tell, visit } from '../support/visit.js';

const OPEN = { open: [{ selector: '.dialog' }] };
const goAway = () =>
  byPerson(window, new window.PageTransitionEvent('pagehide', { persisted: false }));

test('matched, once, however often it holds', async () => {
  await visitWithRules('<div class="dialog">x</div>', [OPEN]);
  await clock.move(look_ms);
  const dialog = document.querySelector('.dialog');
  dialog.hidden = true;
  await clock.move(look_ms + closed_ms);
  dialog.hidden = false;
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(reports(), [['matched', 'Pay dialog']]);
});

test('passed, when the document goes and it never held', async () => {
  const other = { ...OPEN, name: 'Other page', match: ['https://crm.example.com/x'] };
  await visitWithRules('<p>x</p>', [OPEN, other]);
  await clock.move(look_ms);
  assert.deepEqual(reports(), []);
  goAway();
  assert.deepEqual(reports(), [['passed', 'Pay dialog']]);
});

test('missed, when the detector saw a form there and the rule did not', async () => {
  await visitWithRules(FORM, [OPEN]);
  await clock.move(look_ms);
  assert.deepEqual(reports(), []);
  document.querySelector('form').remove();
  await clock.move(look_ms);
  assert.deepEqual(reports(), [['missed', 'Pay dialog']]);
});

test('nothing is missed where the rule comes to hold just after the detector has seen the form', async () => {
  await visitWithRules(FORM, [OPEN]);
  await clock.move(look_ms);
  insert('<div class="dialog">x</div>');
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(reports(), [['matched', 'Pay dialog']]);
});

test('nothing is missed by a rule whose neighbour has seen the form', async () => {
  const refund = { name: 'Refund', open: [{ selector: '#refund' }] };
  await visitWithRules(`${FORM}<div class="dialog">x</div>`, [OPEN, refund]);
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(reports(), [['matched', 'Pay dialog'], ['passed', 'Refund']]);
});

test('unruled, when the detector saw a form on a site with rules, none of them for this page', async () => {
  await visitWithRules(FORM, [{ ...OPEN, match: ['https://crm.example.com/x'] }]);
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(reports(), [['unruled', undefined]]);
});

test('nothing at all where there are no rules that open', async () => {
  await visit(FORM);
  tell(greeting([]));
  goAway();
  assert.deepEqual(said('rule'), []);
  await visitWithRules(FORM, [{ close: [{ selector: '.done' }] }]);
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(said('rule'), []);
});
