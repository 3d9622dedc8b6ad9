// Tests the administrator's rules as pages get them: only those that can hold at the page's origin.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesFor } from '../../../extension/common/rules.js';

const rule = (changes) => ({
  name: 'Pay', match: ['https://crm.example.com/pay*'], open: [], close: [], approved: [], declined: [],
  ignore_all: false, ignore: [], ...changes,
});

test('a page gets the rules of its origin for any path, since it may change its path', () => {
  const rules = [rule({}), rule({ name: 'Elsewhere', match: ['https://other.example.com/*'] })];
  assert.deepEqual(rulesFor(rules, 'https://crm.example.com').map(({ name }) => name), ['Pay']);
  assert.deepEqual(rulesFor(rules, 'http://crm.example.com'), []);
  assert.deepEqual(rulesFor(rules, undefined), []);
});

test('texts are in lower case with single spaces, selectors and addresses as they are', () => {
  const [{ open }] = rulesFor([rule({
    open: [{ selector: '#Pay', text: ' Card\n NUMBER ' }, { url: 'https://crm.example.com/pay' }],
  })], 'https://crm.example.com');
  assert.deepEqual(open[0], { selector: '#Pay', text: 'card number' });
  assert.deepEqual(open[1], { url: 'https://crm.example.com/pay' });
});
