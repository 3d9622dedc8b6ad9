// Tests that typed text is never read: the whole content script runs on a payment form while someone types,
// and getters in the page raise an alarm. In a browser the script runs in an isolated world, which such
// getters cannot reach. Here page and script share one world.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock, openPage, settle } from '../support/browser.js';
import { HELLO, inject, leave, said, STATUS, tell } from '../support/visit.js';

const WATCHED = {
  HTMLInputElement: ['value', 'valueAsNumber', 'valueAsDate', 'defaultValue', 'selectionStart',
    'selectionEnd'],
  HTMLTextAreaElement: ['value', 'defaultValue', 'textLength', 'selectionStart', 'selectionEnd'],
  HTMLSelectElement: ['value', 'selectedIndex', 'selectedOptions'],
  HTMLOptionElement: ['value', 'text', 'selected'],
  KeyboardEvent: ['key', 'code', 'keyCode', 'charCode', 'which'],
  InputEvent: ['data'],
  Node: ['textContent'],
  Element: ['innerHTML', 'outerHTML'],
};

const PAGE = `<form>
  <label>Card number <input id="number" autocomplete="cc-number" value="4111"></label>
  <label>Expires <select id="month" name="expMonth"><option>01<option selected>02</select></label>
  <label>Security code <input id="code" type="password" name="cvc"></label>
  <label>Remark <textarea id="remark">typed</textarea></label>
  <div id="note" contenteditable>typed</div>
</form><label>Card number <input id="loose"></label>`;

/** @param {Window} page @returns {string[]} what is read from now on */
function setAlarms(page) {
  const read = [];
  for (const [owner, names] of Object.entries(WATCHED)) {
    for (const name of names) {
      let at = page[owner].prototype;
      while (at && !Object.hasOwn(at, name)) at = Object.getPrototypeOf(at);
      if (!at) continue;
      const real = Object.getOwnPropertyDescriptor(at, name);
      Object.defineProperty(at, name, {
        ...real,
        get() {
          read.push(`${owner}.${name} ${new Error().stack}`);
          return real.get.call(this);
        },
      });
    }
  }
  page.FormData = class {
    constructor() {
      read.push('FormData');
    }
  };
  page.getSelection = page.document.getSelection = () => read.push('getSelection');
  return read;
}

/** @param {Window} page */
async function typeEverywhere(page) {
  for (const field of page.document.querySelectorAll('input, select, textarea, [contenteditable]')) {
    field.focus();
    const how = { bubbles: true, composed: true, key: '4', code: 'Digit4', data: '4' };
    for (const type of ['keydown', 'keypress', 'keyup']) {
      byPerson(field, new page.KeyboardEvent(type, how));
    }
    for (const type of ['beforeinput', 'input']) byPerson(field, new page.InputEvent(type, how));
    for (const type of ['change', 'paste', 'click']) byPerson(field, new page.Event(type, how));
    await clock.move(6000);
  }
}

test('nothing is read while someone types into every field', async () => {
  leave();
  const page = openPage(PAGE);
  const read = setAlarms(page);
  await inject();
  tell(HELLO);
  tell(STATUS);
  await typeEverywhere(page);
  page.document.querySelector('form').hidden = true;
  await clock.move(1000);
  page.document.querySelector('form').hidden = false;
  await settle();
  leave();
  assert.deepEqual(read, []);
  // Meanwhile the content script has found and reported the forms.
  assert.equal(said('surface.open').length, 2);
  assert.ok(said('surface.active').length >= 4);
});

test('the alarm reports what is read', () => {
  const page = openPage(PAGE);
  const read = setAlarms(page);
  void page.document.querySelector('#number').value;
  void new page.KeyboardEvent('keydown', { key: '4' }).key;
  void page.document.querySelector('#note').textContent;
  assert.deepEqual(read.map((line) => line.split(' ')[0]),
    ['HTMLInputElement.value', 'KeyboardEvent.key', 'Node.textContent']);
});
