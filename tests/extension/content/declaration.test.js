// Tests the forms that a page declares by events: extension/content/page-declaration.js.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { openPage } from '../support/browser.js';
import {
  CLOSE_EVENT, createPageDeclaration, most_declared, OPEN_EVENT,
} from '../../../extension/content/page-declaration.js';

/** @type {ReturnType<typeof createPageDeclaration>} */
let declaration;
beforeEach(() => {
  openPage(`<p id="a"></p><p id="b"></p>${'<b></b>'.repeat(most_declared)}`);
  declaration = createPageDeclaration(() => {});
  declaration.listen(document);
});

const send = (/** @type {string} */ type, /** @type {EventTarget} */ at) =>
  at.dispatchEvent(new document.defaultView.Event(type, { bubbles: true, composed: true }));
const find = (/** @type {string} */ selector) => document.querySelector(selector);

function openForms() {
  const seen = new Map();
  declaration.addTo(seen);
  return seen.size;
}

test('the end of one declared form ends no other', () => {
  send(OPEN_EVENT, find('#a'));
  send(OPEN_EVENT, find('#b'));
  assert.equal(openForms(), 2);
  send(CLOSE_EVENT, find('#b'));
  assert.equal(openForms(), 1);
  send(CLOSE_EVENT, document);
  assert.equal(openForms(), 0, 'nothing was declared at the document, so this ends everything');
});

for (const mode of /** @type {const} */ (['open', 'closed'])) {
  test(`forms of one shadow host are kept apart, in ${mode} roots`, () => {
    const outer = find('#a').attachShadow({ mode });
    outer.innerHTML = '<div></div>';
    const root = outer.firstChild.attachShadow({ mode });
    for (const each of [outer, root]) declaration.listen(each);
    root.innerHTML = '<p></p><i></i>';
    const [one, other] = root.children;
    send(OPEN_EVENT, one);
    send(OPEN_EVENT, other);
    assert.equal(openForms(), 2);
    send(OPEN_EVENT, one);
    assert.equal(openForms(), 2, 'it was declared before');
    send(CLOSE_EVENT, one);
    assert.equal(openForms(), 1);
    other.remove();
    assert.equal(openForms(), 0);
  });
}

test('a form that was declared at a host itself is not ended by one inside it', () => {
  const host = find('#a');
  const root = host.attachShadow({ mode: 'closed' });
  declaration.listen(root);
  root.innerHTML = '<p></p>';
  send(OPEN_EVENT, host);
  send(OPEN_EVENT, root.firstChild);
  assert.equal(openForms(), 2);
});

test('the removal of an element ends only the form that was declared there', () => {
  send(OPEN_EVENT, find('#a'));
  send(OPEN_EVENT, find('#b'));
  find('#b').remove();
  assert.equal(openForms(), 1);
});

test('a close at the document leaves forms of elements open if one was declared at the document', () => {
  send(OPEN_EVENT, find('#a'));
  send(OPEN_EVENT, document);
  send(CLOSE_EVENT, document);
  assert.equal(openForms(), 1);
});

test('more elements than are kept count as the document', () => {
  for (const element of document.querySelectorAll('b')) send(OPEN_EVENT, element);
  send(OPEN_EVENT, find('#a'));
  send(OPEN_EVENT, find('#b'));
  assert.equal(openForms(), most_declared + 1);
});
