// Tests that an odd node keeps no form of the page from being found.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said, visit } from '../support/visit.js';

const FORM = '<form><input autocomplete="cc-number"><input autocomplete="cc-csc"></form>';

for (const [what, odd] of Object.entries({
  'an SVG element with a hyphen in its name': '<svg><defs><font-face font-family="x"/></defs></svg>',
  'MathML with a hyphen in its name': '<math><semantics><annotation-xml></annotation-xml></semantics></math>',
  'a field in an SVG element that is named like a part of a table':
    '<table><tr><td><svg><tr></tr><tr><td><foreignObject><input name="q"></foreignObject></td></tr></svg>'
    + '</table>',
})) {
  test(`${what} keeps no form from being found`, async () => {
    await visit(odd + FORM);
    assert.equal(said('surface.open').length, 1);
  });
}
