// Tests which corrections are valid, and the rule that a page gets for a correction.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, isAllowed, readCorrection, ruleOf } from '../../../extension/common/corrections.js';
import { MAX_RULE_LIST, MAX_SELECTOR_characters, readPolicy } from '../../../extension/common/protocol.js';

const MADE = { direction: 'mute', origin: 'https://crm.example.com:8443', selectors: ['#ref'], shape: '' };

test('a correction is read as it was stored', () => {
  assert.deepEqual(readCorrection(structuredClone(MADE)), MADE);
  assert.deepEqual(readCorrection({ ...MADE, selectors: ['#ref', '#ref'] }), MADE);
});

test('what is no correction, or has a value out of its limits, is refused', () => {
  for (const wrong of [null, 7, [], {}, { ...MADE, direction: 'both' }, { ...MADE, origin: undefined },
    { ...MADE, origin: 'null' }, { ...MADE, selectors: [] }, { ...MADE, selectors: '#ref' },
    { ...MADE, selectors: [''] }, { ...MADE, selectors: ['x'.repeat(MAX_SELECTOR_characters + 1)] },
    { ...MADE, selectors: Array.from({ length: MAX_RULE_LIST + 1 }, (_, at) => `#a${at}`) }]) {
    assert.equal(readCorrection(wrong), null, JSON.stringify(wrong));
  }
});

test('the rule opens or ignores, and is one that the host could have sent', () => {
  const mutes = ruleOf(MADE);
  assert.deepEqual([mutes.name, mutes.match, mutes.open, mutes.ignore],
    ['crm.example.com:8443: #ref', ['https://crm.example.com:8443/*'], [{ selector: '#ref' }], []]);
  const ignores = ruleOf({ ...MADE, direction: 'unmute', shape: 's' });
  assert.deepEqual([ignores.open, ignores.ignore, ignores.correction.shape], [[], ['#ref'], 's']);
  for (const rule of [mutes, ignores]) assert.equal(readPolicy({ sites: [], rules: [rule] }).rules.length, 1);
  assert.notEqual(mutes.correction.id, ignores.correction.id);
});

test('equal corrections have the same ID, and others another', () => {
  assert.equal(idOf(MADE), idOf(structuredClone(MADE)));
  assert.notEqual(idOf(MADE), idOf({ ...MADE, selectors: ['#other'] }));
});

test('the policy says what an agent may say; without one, nothing', () => {
  const allowed = (policy) => ['mute', 'unmute'].filter((one) => isAllowed(one, policy));
  assert.deepEqual([allowed('nothing'), allowed('mute'), allowed('both'), allowed(undefined)],
    [[], ['mute'], ['mute', 'unmute'], []]);
});
