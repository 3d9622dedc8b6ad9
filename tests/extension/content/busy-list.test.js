// Tests that a change in a long list costs the same however long the list is. If the change cannot be a field
// with its label, the content script must not search what is around it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from '../support/browser.js';
import { insert, types, visit } from '../support/visit.js';

const ROWS = 60;

/**
 * @param {any} page
 * @returns {() => Element[]} the elements below which a selector was searched since this call
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
