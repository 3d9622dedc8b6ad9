// Tests that a control or route that may lead to a payment form is reported as a hash.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson } from '../support/browser.js';
import { said, visit } from '../support/visit.js';

const keys = () => said('predictor').map(({ key }) => key);

function press(selector) {
  for (const type of ['pointerdown', 'click']) {
    byPerson(document.querySelector(selector), new Event(type, { bubbles: true, composed: true }));
  }
  return keys().at(-1);
}

async function pressed(html, selector = 'button') {
  await visit(html);
  return press(selector);
}

test('a control has the same key on every visit, whatever its text', async () => {
  const key = await pressed('<button id="pay">Pay for Dana</button>');
  assert.match(key, /^p[0-9a-z]{1,8}$/);
  assert.equal(await pressed('<button id="pay"><b>Pay for Avi</b></button>', 'b'), key);
});

test('a press by a script does not count', async () => {
  await visit('<button>Pay</button>');
  const before = keys().length;
  const button = document.querySelector('button');
  button.click();
  button.dispatchEvent(new Event('pointerdown', { bubbles: true, composed: true }));
  assert.equal(keys().length, before);
});

test('numbers in names do not change the key', async () => {
  const key = await pressed('<button id="pay-1001">Pay</button>');
  assert.equal(await pressed('<button id="pay-2f77">Pay</button>'), key);
});

test('another control has another key', async () => {
  const html = '<button id="pay">Pay</button><button id="print">Print</button><i>a</i><i>b</i>';
  await visit(html);
  const all = ['#pay', '#print', 'i', 'i + i'].map(press);
  assert.equal(new Set(all).size, 4);
});

test('a route is reported when it is entered, and again when it changes', async () => {
  const page = await visit('', 'https://crm.example.com/orders/17/pay?card=no');
  assert.equal(keys().length, 1);
  const [route] = keys();
  assert.match(route, /^r[0-9a-z]{1,8}$/);
  page.history.pushState(null, '', '/orders/18/pay');
  page.dispatchEvent(new page.Event('popstate'));
  assert.deepEqual(keys(), [route], 'another order of the same route');
  page.history.pushState(null, '', '/orders/18');
  page.dispatchEvent(new page.Event('popstate'));
  assert.equal(keys().length, 2);
  page.location.hash = '#/pay';
  page.dispatchEvent(new page.Event('hashchange'));
  assert.equal(new Set(keys()).size, 3);
});

test('nothing of the address or the page is reported except the key', async () => {
  await visit('<button id="pay">Pay for Dana</button>', 'https://crm.example.com/customers/dana');
  press('button');
  for (const message of said('predictor')) assert.deepEqual(Object.keys(message), ['type', 'key']);
  assert.doesNotMatch(JSON.stringify(said('predictor')), /dana|pay/i);
});
