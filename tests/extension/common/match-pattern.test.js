// Tests the match patterns of policy.sites.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rulesFor } from '../../../extension/common/rules.js';
import { matches, matchesAny, parsePattern, withoutPort } from '../../../extension/common/match-pattern.js';

const CASES = [
  ['https://crm.example.com/*', 'https://crm.example.com/pay?id=1#x', true],
  ['https://crm.example.com/*', 'http://crm.example.com/', false],
  ['https://crm.example.com/*', 'https://crm.example.com.evil.test/', false],
  ['https://crm.example.com/*', 'https://evil.test/https://crm.example.com/', false],
  ['https://crm.example.com/*', 'https://crm.example.com:8443/', true],
  ['https://crm.example.com:8443/*', 'https://crm.example.com:8443/', true],
  ['https://crm.example.com:8443/*', 'https://crm.example.com/', false],
  ['https://crm.example.com:443/*', 'https://crm.example.com/', true],
  ['*://*.example.com/*', 'http://a.b.example.com/', true],
  ['*://*.example.com/*', 'https://example.com/', true],
  ['*://*.example.com/*', 'https://notexample.com/', false],
  ['*://*.example.com/*', 'ftp://example.com/', false],
  ['https://*/*', 'https://anything.test/', true],
  ['https://crm.example.com/pay/*', 'https://crm.example.com/pay/1', true],
  ['https://crm.example.com/pay/*', 'https://crm.example.com/other', false],
  ['https://crm.example.com/a.c', 'https://crm.example.com/abc', false],
  ['https://CRM.example.com/*', 'https://crm.example.com/', true],
  ['https://crm.example.com/a.b', 'https://crm.example.com/aXb', false],
  ['https://crm.example.com/*/pay?id=*', 'https://crm.example.com/shop/pay?id=7', true],
  ['https://crm.example.com/*/pay?id=*', 'https://crm.example.com/pay?id=7', false],
  ['https://crm.example.com/a*a', 'https://crm.example.com/a', false],
  ['https://crm.example.com/a*a', 'https://crm.example.com/aa', true],
  ['https://crm.example.com/*b*', 'https://crm.example.com/abc', true],
  ['https://crm.example.com/**', 'https://crm.example.com/', true],
  ['*://*:8080/*', 'https://[::1]:8080/', true],
  ['https://*.example.com/*', 'https://badexample.com/', false],
  ['https://crm.example.com/*', 'about:blank', false],
  ['http://127.0.0.1/*', 'http://127.0.0.1:9000/x', true],
  ['http://[::1]:80/*', 'http://[::1]/x', true],
  ['https://crm.example.com/*', 'no address', false],
];

for (const [pattern, address, expected] of CASES) {
  test(`${pattern} ${expected ? 'matches' : 'does not match'} ${address}`, () => {
    assert.equal(matches(pattern, address), expected);
  });
}

test('many stars and an address of 2 MB do not make matching slow', () => {
  const address = `https://crm.example.com/${'a'.repeat(2 * 1024 * 1024)}`;
  const stars = `${'*a'.repeat(200)}*b`;
  // With backtracking, none of these would end in time.
  assert.equal(matches(`https://crm.example.com/${stars}`, address), false);
  assert.equal(matches(`https://crm.example.com/${stars}`, `${address}b`), true);
  const [rule] = rulesFor([{
    name: 'Pay', match: [`https://crm.example.com/${stars}`], open: [{ url: `https://*/${stars}` }], close: [],
    approved: [], declined: [], ignore_all: false, ignore: [],
  }], 'https://crm.example.com');
  assert.equal(matches(rule.match[0], address), false);
  assert.equal(matches(/** @type {string} */ (rule.open[0].url), address), false);
});

test('an invalid pattern matches nothing', () => {
  for (const pattern of ['', 'crm.example.com', 'https://crm.example.com', 'file:///*', 'https://a*b.com/*',
    'https://*.*/*', 'https://crm.example.com:x/*', 'https:///*']) {
    assert.equal(parsePattern(pattern), null, pattern);
    assert.equal(matches(pattern, 'https://crm.example.com/'), false);
  }
  assert.ok(matchesAny(['nonsense', 'https://crm.example.com/*'], 'https://crm.example.com/'));
});

test('the port can be removed', () => {
  assert.equal(withoutPort('http://localhost:8080/pay/*'), 'http://localhost/pay/*');
  assert.equal(withoutPort('nonsense'), 'nonsense');
});
