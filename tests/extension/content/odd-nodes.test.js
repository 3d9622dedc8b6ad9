// Tests that an odd node does not keep the forms of the page from being found.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { clock, somethingHappenedTo } from '../support/browser.js';
import { visitWithRules } from '../support/rules-visit.js';
import { inject, insert, leave, said, types, visit } from '../support/visit.js';

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

const ODD = new Error('an odd node');

const throws = () => { throw ODD; };

/**
 * Moves the clock, and ignores the errors that odd nodes cause meanwhile.
 * @param {number} by_ms
 */
async function pass(by_ms) {
  for (let left_ms = by_ms; left_ms > 0;) {
    try {
      await clock.move(left_ms);
      left_ms = 0;
    } catch (error) {
      if (error !== ODD) throw error;
    }
  }
}

const { openOrClosedShadowRoot } = chrome.dom;
afterEach(() => {
  leave();
  chrome.dom.openOrClosedShadowRoot = openOrClosedShadowRoot;
});

/** Makes the browser throw when it is asked for the shadow root of an element that `selector` matches. */
function makeOdd(selector) {
  chrome.dom.openOrClosedShadowRoot = (element) =>
    element.matches(selector) ? throws() : openOrClosedShadowRoot(element);
}

const open = () => said('surface.open').length;

test('a field of which the browser cannot tell whether it is drawn keeps no form from opening', async () => {
  await visit('');
  const holder = insert(`${FORM}${FORM}`.replace('<form>', '<form hidden>'));
  holder.querySelector('input').checkedAs = throws;
  await pass(20);
  assert.equal(open(), 2, 'a form with such a field counts as visible');
});

test('a form that is open stays open when it can no longer be judged, and another one opens', async () => {
  await visit(FORM);
  const field = document.querySelector('input');
  for (const one of document.querySelectorAll('input')) one.checkedAs = throws;
  somethingHappenedTo(field);
  await pass(20);
  insert(FORM);
  await pass(1000);
  assert.deepEqual(types().filter((type) => type.startsWith('surface')), ['surface.open', 'surface.open']);
});

for (const [when, filler] of /** @type {const} */ ([
  ['at once', ''], ['over several animation frames', '<p></p>'.repeat(2001)],
])) {
  for (const added of [false, true]) {
    const how = added ? 'is added' : 'is there from the start';
    test(`a shadow host that throws hides no later one that ${how}, searched ${when}`, async () => {
      makeOdd('odd-host');
      await visit('');
      const holder = document.createElement('div');
      holder.innerHTML = `${filler}<odd-host></odd-host><card-host></card-host>`;
      holder.querySelector('card-host').attachShadow({ mode: 'closed' }).innerHTML = FORM;
      if (!added) leave();
      document.body.append(holder);
      if (!added) await inject();
      await pass(100);
      assert.equal(open(), 1);
    });
  }
}

test('an odd node beside which a form is added, and one that has the focus, hide no form', async () => {
  await visit('<odd-host></odd-host>');
  makeOdd('odd-host');
  const holder = document.createElement('div');
  holder.innerHTML = FORM;
  document.body.append(document.createElement('odd-host'), holder);
  await pass(20);
  assert.equal(open(), 1);
  const late = insert('<div><p></p></div>').firstElementChild;
  late.attachShadow({ mode: 'closed' }).innerHTML = FORM;
  document.querySelector('odd-host').dispatchEvent(new Event('focusin', { bubbles: true }));
  late.dispatchEvent(new Event('focusin', { bubbles: true }));
  await pass(20);
  assert.equal(open(), 2);
});

test('a rule at an odd element keeps no other rule from working', async () => {
  await visitWithRules('<p id="odd"></p><p id="pay"></p>', [
    { name: 'Odd', open: [{ selector: '#odd' }] }, { name: 'Pay', open: [{ selector: '#pay' }] },
  ]);
  document.querySelector('#odd').checkedAs = throws;
  await pass(200);
  assert.equal(open(), 1);
});
