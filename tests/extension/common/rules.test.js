// The administrator's rules as pages get them: patterns as regular expressions that agree with the patterns
// themselves, and only the rules that can hold at the page's origin.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches } from '../../../extension/common/match-pattern.js';
import { rulesFor, sourceOf } from '../../../extension/common/rules.js';

const PATTERNS = ['https://crm.example.com/*', '*://crm.example.com/pay*', 'http://*/*', 'https://*.example.com/*',
  'https://crm.example.com:8443/*', 'https://crm.example.com:443/*', '*://127.0.0.1:80/*', 'https://[::1]/*',
  'https://crm.example.com/a.b', 'https://crm.example.com/*/pay?id=*', '*://*:8080/*', 'no pattern'];
const ADDRESSES = ['https://crm.example.com/', 'https://crm.example.com/pay/1?x=y', 'http://crm.example.com/pay',
  'https://crm.example.com:8443/', 'https://a.b.example.com/', 'https://example.com/', 'https://badexample.com/',
  'http://127.0.0.1/', 'https://127.0.0.1/', 'http://127.0.0.1:8080/x', 'https://[::1]/x', 'https://[::1]:8080/',
  'https://crm.example.com/aXb', 'https://crm.example.com/a.b', 'https://crm.example.com/shop/pay?id=7',
  'https://crm.example.com.evil.test/', 'https://evil.test/https://crm.example.com/', 'about:blank'];

for (const pattern of PATTERNS) {
  test(`${pattern} means the same as a regular expression`, () => {
    const expression = new RegExp(sourceOf(pattern), 's');
    for (const address of ADDRESSES) {
      assert.equal(expression.test(address), matches(pattern, address), address);
    }
  });
}

const rule = (changes) => ({
  name: 'Pay', match: ['https://crm.example.com/pay*'], open: [], close: [], approved: [], declined: [],
  ignore_all: false, ignore: [], ...changes,
});

test('a page gets the rules of its origin, whatever its path, since it changes that by itself', () => {
  const rules = [rule({}), rule({ name: 'Elsewhere', match: ['https://other.example.com/*'] })];
  assert.deepEqual(rulesFor(rules, 'https://crm.example.com').map(({ name }) => name), ['Pay']);
  assert.deepEqual(rulesFor(rules, 'http://crm.example.com'), []);
  assert.deepEqual(rulesFor(rules, undefined), []);
});

test('texts are in lower case with single spaces, addresses expressions, selectors as they are', () => {
  const [{ open }] = rulesFor([rule({
    open: [{ selector: '#Pay', text: ' Card\n NUMBER ' }, { url: 'https://crm.example.com/pay' }],
  })], 'https://crm.example.com');
  assert.deepEqual(open[0], { selector: '#Pay', text: 'card number' });
  assert.ok(new RegExp(/** @type {string} */ (open[1].url)).test('https://crm.example.com/pay'));
});
