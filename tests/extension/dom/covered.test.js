// Tests what covers a field (extension/dom/covered.js), and what happens to an open form that is covered.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clock, openPage, rects, somethingHappenedTo } from '../support/browser.js';
import { closed_ms, FORM, insert, types, visit } from '../support/visit.js';

openPage('');
const { isCovered } = await import('../../../extension/dom/covered.js');
const { covered_ms } = await import('../../../extension/content/groups.js');

let field;
let panel;
const FRONT = { left: 0, top: 0, width: 800, height: 600, inFront: true };

/** Puts something opaque in front of everything. */
function cover(style = 'background-color: rgb(255, 255, 255); opacity: 1') {
  panel = insert('', document.body);
  panel.style.cssText = style;
  rects.set(panel, FRONT);
}

beforeEach(() => {
  openPage('<div><input></div>');
  field = document.querySelector('input');
});

test('a field with nothing in front is not covered', () => assert.equal(isCovered(field), false));

test('something opaque in front of the whole field covers it', () => {
  cover();
  assert.equal(isCovered(field), true);
  rects.set(panel, { ...FRONT, width: 200 });
  assert.equal(isCovered(field), false, 'in front of a part of it');
});

test('something transparent does not cover a field', () => {
  cover('background-color: rgba(0, 0, 0, 0.4); opacity: 1');
  assert.equal(isCovered(field), false);
  panel.style.cssText = 'background-color: rgb(0, 0, 0); opacity: 0.5';
  assert.equal(isCovered(field), false);
});

test('what a style lets show through does not cover a field, nor does anything in it', () => {
  for (const style of ['opacity: 0.5', 'filter: opacity(0.2)', 'mix-blend-mode: multiply',
    'mask-image: url("shape.svg")', 'background-clip: text']) {
    cover();
    panel.style.opacity = '1';
    const around = insert('', document.body);
    around.append(panel);
    around.style.opacity = '1';
    assert.equal(isCovered(field), true);
    around.style.cssText = `opacity: 1; ${style}`;
    assert.equal(isCovered(field), false, style);
    panel.remove();
  }
});

test('what may be transparent covers a field, but not one of an open form', () => {
  for (const name of ['img', 'canvas', 'video', 'iframe']) {
    panel = document.createElement(name);
    document.body.append(panel);
    panel.style.opacity = '1';
    rects.set(panel, FRONT);
    assert.equal(isCovered(field), true, name);
    assert.equal(isCovered(field, true), false, name);
    panel.style.backgroundColor = 'rgb(255, 255, 255)';
    assert.equal(isCovered(field, true), true, name);
    panel.remove();
  }
});

test('a field with the focus is not covered', () => {
  cover();
  field.focus();
  assert.equal(isCovered(field), false);
});

test('our own element does not cover a field', () => {
  cover();
  panel.setAttribute('data-cardmute-banner', '');
  assert.equal(isCovered(field), false);
});

test('an element around the field does not cover it', () => {
  const around = document.querySelector('div');
  around.style.cssText = 'background-color: rgb(255, 255, 255); opacity: 1';
  rects.set(around, FRONT);
  assert.equal(isCovered(field), false);
});

test('an open form that is covered stays open for a while, and opens when it is uncovered', async () => {
  await visit(FORM);
  const looked = async () => {
    somethingHappenedTo(document.querySelector('input'));
    await clock.move(20);
  };
  cover();
  await looked();
  await clock.move(covered_ms - 500);
  assert.deepEqual(types().filter((type) => type !== 'overlay'), ['surface.open']);
  await clock.move(500 + closed_ms);
  assert.equal(types().at(-1), 'surface.close');
  panel.remove();
  await clock.move(50);
  assert.equal(types().at(-1), 'surface.open');
});

test('an open form stays open under a picture that may be transparent', async () => {
  await visit(FORM);
  panel = document.createElement('canvas');
  document.body.append(panel);
  panel.style.opacity = '1';
  rects.set(panel, FRONT);
  somethingHappenedTo(document.querySelector('input'));
  await clock.move(covered_ms + closed_ms);
  assert.deepEqual(types().filter((type) => type !== 'overlay'), ['surface.open']);
});

test('a form that is covered from the start opens when any change uncovers it', async () => {
  const page = await visit('');
  cover();
  insert(FORM);
  await clock.move(100);
  assert.equal(types().includes('surface.open'), false);
  rects.delete(panel);
  page.document.body.dataset.busy = 'no';
  panel.className = 'away';
  await clock.move(50);
  assert.equal(types().at(-1), 'surface.open');
});
