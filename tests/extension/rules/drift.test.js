// Tests what a document reports about rules that no longer fit the page, and that it reports nothing else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock } from '../support/browser.js';
import { greeting, look_ms, reports, visitWithRules } from '../support/rules-visit.js';
import { closed_ms, FORM, insert, said, tell, visit } from '../support/visit.js';

const OPEN = { open: [{ selector: '.dialog' }] };
const goAway = () =>
  byPerson(window, new window.PageTransitionEvent('pagehide', { persisted: false }));

test('"matched" is reported once, however often the rule holds', async () => {
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

test('"passed" is reported when the document goes and the rule never held', async () => {
  const other = { ...OPEN, name: 'Other page', match: ['https://crm.example.com/x'] };
  await visitWithRules('<p>x</p>', [OPEN, other]);
  await clock.move(look_ms);
  assert.deepEqual(reports(), []);
  goAway();
  assert.deepEqual(reports(), [['passed', 'Pay dialog']]);
});

test('"missed" is reported when the detector has found a form and the rule has not', async () => {
  await visitWithRules(FORM, [OPEN]);
  await clock.move(look_ms);
  assert.deepEqual(reports(), []);
  document.querySelector('form').remove();
  await clock.move(look_ms);
  assert.deepEqual(reports(), [['missed', 'Pay dialog']]);
});

test('nothing is missed if the rule holds just after the detector has found the form', async () => {
  await visitWithRules(FORM, [OPEN]);
  await clock.move(look_ms);
  insert('<div class="dialog">x</div>');
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(reports(), [['matched', 'Pay dialog']]);
});

test('nothing is missed if another rule has found the form', async () => {
  const refund = { name: 'Refund', open: [{ selector: '#refund' }] };
  await visitWithRules(`${FORM}<div class="dialog">x</div>`, [OPEN, refund]);
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(reports(), [['matched', 'Pay dialog'], ['passed', 'Refund']]);
});

test('"unruled" is reported for a form on a site whose rules are for other pages', async () => {
  await visitWithRules(FORM, [{ ...OPEN, match: ['https://crm.example.com/x'] }]);
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(reports(), [['unruled', undefined]]);
});

test('nothing is reported without rules that open a surface', async () => {
  await visit(FORM);
  tell(greeting([]));
  goAway();
  assert.deepEqual(said('rule'), []);
  await visitWithRules(FORM, [{ close: [{ selector: '.done' }] }]);
  await clock.move(look_ms);
  goAway();
  assert.deepEqual(said('rule'), []);
});
