// Tests the picker's selectors: they use only names that a person has written and will keep.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insideOf, openPage } from '../support/browser.js';
import { shortName } from '../../../extension/selector/pieces.js';
import { ruleFor } from '../../../extension/picker/rule.js';
import { allRoots, findSelector, matchesOf } from '../../../extension/selector/selector.js';
import { looksWritten, saysWhatItIs } from '../../../extension/selector/written.js';

const WRITTEN = ['pay', 'payment-form', 'cardNumber', 'cc_cvv2', 'step1', 'checkoutPanel', 'CardForm'];
const MADE = ['css-1x2y3z4', 'sc-bdVaJa', 'el-839201', 'ember1234', 'order-1001', 'a', 'r1x', ':r1:',
  'x'.repeat(41), 'b4f0a9c53', 'jss-12', 'radix-dialog',
  'hdkfgh', 'customer 17', 'Button_primary__3xK9d', '4580'];

test('names that a person has written are distinguished from generated ones', () => {
  assert.deepEqual(WRITTEN.filter((name) => !looksWritten(name)), []);
  assert.deepEqual(MADE.filter(looksWritten), []);
});

test('classes of looks and states do not say what an element is', () => {
  const looks = ['flex', 'p-4', 'w-full', 'col-md-6', 'text-sm', 'is-open', 'active', 'ng-dirty', 'row'];
  assert.deepEqual(looks.filter(saysWhatItIs), []);
  assert.equal(saysWhatItIs('payment-row'), true);
});

/** @param {string} html in which the element to find has the attribute `it` */
function found(html) {
  openPage(html);
  const element = /** @type {Element} */ (document.querySelector('[it]'));
  const { selector, elements, isWeak } = findSelector(element);
  assert.ok(elements.includes(element), `${selector} finds the element itself`);
  return { selector, count: elements.length, isWeak };
}

const CASES = {
  'an ID': ['<div it id="pay" class="box" data-testid="x1"></div>', '#pay'],
  'a test attribute': ['<div it id="el-839201" data-testid="pay-box"></div>', '[data-testid="pay-box"]'],
  'a name': ['<form></form><form it name="payment"></form>', 'form[name="payment"]'],
  'its kind': ['<div></div><div it role="dialog"></div>', 'div[role="dialog"]'],
  'a class that says what it is':
    ['<div it class="flex css-a1b2 checkout-panel is-open"></div>', 'div.checkout-panel'],
  'two classes, if one is not enough':
    ['<p it class="card pay"></p><p class="card"></p><b class="pay"></b><p class="pay"></p>', 'p.card.pay'],
  'an element around it': ['<div></div><section id="pay"><div it></div></section>', '#pay div'],
  'its tag, if there is one only': ['<div></div><pay-form it></pay-form>', 'pay-form'],
};

for (const [name, [html, selector]] of Object.entries(CASES)) {
  test(`by ${name}`, () => assert.deepEqual(found(html), { selector, count: 1, isWeak: false }));
}

test('by its place as a last resort, which is marked as weak', () => {
  const { selector, count, isWeak } = found('<section><p></p><p it></p></section><p></p>');
  assert.deepEqual([count, isWeak], [1, true]);
  assert.match(selector, /nth-of-type\(2\)/);
});

test('a selector contains no typed text, no text of the page and no number of a customer', () => {
  const { selector } = found('<form id="f-4580458045804580" title="Dana" aria-label="Card of Dana">'
    + '<input it value="4580" placeholder="Dana" name="card-4580458045804580"></form>');
  assert.doesNotMatch(selector, /4580|Dana/);
});

test('matches in open and closed shadow roots are counted', () => {
  const page = openPage('<div class="card-entry" it></div><x-pay></x-pay>');
  const host = document.querySelector('x-pay');
  host.attachShadow({ mode: 'closed' });
  insideOf(host).innerHTML = '<div class="card-entry"></div>';
  assert.equal(matchesOf('div.card-entry', allRoots()).length, 2);
  assert.notEqual(findSelector(page.document.querySelector('[it]')).selector, 'div.card-entry');
  const inner = insideOf(host).firstElementChild;
  assert.ok(findSelector(inner).elements.includes(inner));
});

test('a rule has the origin, the stable folders and a name of limited length', () => {
  for (const [address, match] of [
    ['https://crm.example.com/', 'https://crm.example.com/*'],
    ['https://crm.example.com/pay.html?card=4580', 'https://crm.example.com/*'],
    ['https://crm.example.com:8443/billing/checkout/7', 'https://crm.example.com:8443/billing/checkout/*'],
    ['https://crm.example.com/orders/1001/pay', 'https://crm.example.com/orders/*'],
  ]) {
    assert.equal(ruleFor('#pay', address).match, match);
  }
  const { name, open } = ruleFor(`#${'x'.repeat(90)}`, 'https://crm.example.com/');
  assert.equal(name.length, 64);
  assert.equal(open.length, 91);
  // A surrogate pair is not cut in two.
  const before = 64 - 'crm.example.com: #'.length - 1;
  assert.ok(ruleFor(`#${'x'.repeat(before)}😀y`, 'https://crm.example.com/').name.endsWith('x'));
});

test('the short name of an element is its tag and its most stable part', () => {
  openPage('<form id="pay"></form><p></p>');
  assert.equal(shortName(document.querySelector('form')), 'form#pay');
  assert.equal(shortName(document.querySelector('p')), 'p');
});
