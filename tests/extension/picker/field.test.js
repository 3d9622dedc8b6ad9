// Tests which field is meant when an agent points at an element.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insideOf, openPage } from '../support/browser.js';
import { fieldOf } from '../../../extension/picker/field.js';

openPage(`<form id="all">
  <p id="one"><label id="label">Card <b id="word">number</b> <input id="number"></label></p>
  <p id="two"><input id="a"><input id="b"></p>
  <p id="hidden"><input type="hidden"><input type="checkbox"><input hidden>
    <textarea id="shown"></textarea></p>
  <label id="button">Pay <input type="submit"></label>
  <x-box id="box"></x-box>
</form>`);
const box = document.querySelector('#box');
box.attachShadow({ mode: 'closed' }).innerHTML = '<div><input id="inner"></div>';

/** @param {string} id */
const chosen = (id) => fieldOf(document.querySelector(`#${id}`))?.id ?? null;

test('a field, or what is in its label, means the field', () => {
  assert.deepEqual(['number', 'label', 'word'].map(chosen), ['number', 'number', 'number']);
});

test('an element with one visible field means that; with several or none, no field', () => {
  assert.deepEqual(['one', 'two', 'hidden', 'all', 'button'].map(chosen),
    ['number', null, 'shown', null, null]);
});

test('a field in a closed shadow root is found from inside', () => {
  assert.equal(fieldOf(insideOf(box).querySelector('input')).id, 'inner');
});
