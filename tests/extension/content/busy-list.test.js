// Tests what long lists cost. A row that is added or removed costs the same however long the list is: the
// list around it is not searched. To examine twice as many fields costs twice as much. Also tests that a
// label that comes after its field is seen nevertheless.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../support/browser.js';
import { insert, types, visit } from '../support/visit.js';

const ROWS = 60;

/**
 * @param {any} page
 * @returns {() => Element[]} lists the elements below which a selector was searched since this call
 */
function searched(page) {
  const found = [];
  const { querySelectorAll } = page.Element.prototype;
  page.Element.prototype.querySelectorAll = function noted(selector) {
    found.push(this);
    return querySelectorAll.call(this, selector);
  };
  return () => found;
}

test('a row that is added to a long list, or leaves it, causes no search of the list', async () => {
  const rows = '<tr><td><span>one</span></td><td>two</td></tr>'.repeat(ROWS);
  const page = await visit(`<label>Search <input></label><table><tbody>${rows}</tbody></table>`);
  const seen = searched(page);
  const list = document.querySelector('tbody');
  list.append(list.firstElementChild.cloneNode(true));
  list.firstElementChild.remove();
  await settle();
  assert.ok(seen().length > 0, 'the row itself is searched');
  assert.deepEqual(seen().filter((it) => it.contains(list)), []);
});

test('a label that is put beside its field later is seen', async () => {
  await visit('<main></main>');
  const holder = insert('<div><input></div>');
  await settle();
  assert.deepEqual(types().filter((type) => type === 'surface.open'), []);
  holder.firstElementChild.prepend('Credit card number');
  await settle();
  assert.deepEqual(types().filter((type) => type === 'surface.open'), ['surface.open']);
});

/**
 * Counts the elements that selectors are matched against, and the steps of tree walkers.
 * @param {any} page
 * @returns {() => number} the count so far
 */
function counter(page) {
  let count = 0;
  for (const proto of [page.Element.prototype, page.Document.prototype]) {
    const { querySelectorAll, getElementsByTagName } = proto;
    proto.querySelectorAll = function counted(selector) {
      count += getElementsByTagName.call(this, '*').length;
      return querySelectorAll.call(this, selector);
    };
  }
  const { previousNode, nextNode } = page.TreeWalker.prototype;
  Object.assign(page.TreeWalker.prototype, {
    previousNode() { count += 1; return previousNode.call(this); },
    nextNode() { count += 1; return nextNode.call(this); },
  });
  return () => count;
}

/**
 * Checks that a row costs hardly more in a list of twice as many rows.
 * @param {(rows: string) => string} inside what is inserted, around the rows
 * @param {(id: string) => string} one row, whose field has this ID
 * @param {(fields: DocumentFragment) => void} [prepare] called before the rows are inserted
 */
async function costsEachTheSame(inside, one, prepare) {
  const costs = [];
  for (const rows of [ROWS, 2 * ROWS]) {
    const page = await visit('');
    const template = document.createElement('template');
    template.innerHTML = inside(Array.from({ length: rows }, (_, at) => one(`f${at}`)).join(''));
    prepare?.(template.content);
    const count = counter(page);
    document.body.append(template.content);
    await settle();
    costs.push(count() / rows);
  }
  assert.ok(costs[0] > 0);
  assert.ok(costs[1] <= 1.3 * costs[0], `elements for each field: ${costs.join(', then ')}`);
}

for (const [what, one] of Object.entries({
  'labels by ID': (id) => `<label for="${id}">Name</label><input id="${id}">`,
  'labels around fields': () => '<label>Name <input></label>',
  'labels of their own rows': (id) => `<div><label for="${id}">Name</label><input id="${id}"></div>`,
  'labels in cells': (id) => `<tr><td><label for="${id}">No.</label></td><td><input id="${id}"></td></tr>`,
  'labels of no field': () => '<label>Name</label><input>',
  'IDs without labels': (id) => `<p><input id="${id}"></p>`,
  'selects beside one text box': (id) => `<select id="${id}"><option>a</select>`,
})) {
  for (const [place, inside] of Object.entries({
    'a list': (rows) => `<table>${rows}</table><input>`,
    'a named group': (rows) => `<fieldset>${rows}<legend>Order</legend></fieldset><input>`,
    'a list before another': (rows) => `<div>${rows}</div><div>${rows.replaceAll('id="', 'id="b')}</div>`,
  })) {
    test(`twice as many fields with ${what} in ${place} cost twice as much to examine`, () =>
      costsEachTheSame(inside, one));
  }
}

test('twice as many transparent card fields, each of which a label may show, cost twice as much', () =>
  costsEachTheSame((it) => `<main>${it}</main>`, () => '<p><input autocomplete="cc-number"></p>', (it) => {
    for (const field of it.querySelectorAll('input')) {
      field.checkedAs = ({ opacityProperty }) => !opacityProperty;
    }
  }));
