// Tests what a person could see: extension/dom/visible.js, with a layout that the test sets.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { openPage, rects } from '../support/browser.js';

openPage('');
const { isVisible } = await import('../../../extension/dom/visible.js');

let field;
let box;

beforeEach(() => {
  openPage('<div><input></div>');
  field = document.querySelector('input');
  box = document.querySelector('div');
  box.checkedAs = field.checkedAs;
});

const at = (left, top, width = 200, height = 20) => ({ left, top, width, height });

test('a field in the window is visible', () => assert.equal(isVisible(field), true));

test('a field further down the page is visible: it can be scrolled to', () => {
  rects.set(field, at(100, 5000));
  assert.equal(isVisible(field), true);
});

test('a field that the browser reports as hidden is not visible', () => {
  box.hidden = true;
  assert.equal(isVisible(field), false);
});

test('a field that has left the page is not visible', () => {
  field.remove();
  assert.equal(isVisible(field), false);
});

test('a tiny field is not visible', () => {
  rects.set(field, at(100, 100, 1, 1));
  assert.equal(isVisible(field), false);
});

test('in a page that scales itself down, the size of a field before scaling counts', () => {
  const proto = Object.getPrototypeOf(field);
  Object.defineProperties(proto, { offsetWidth: { value: 200 }, offsetHeight: { value: 20 } });
  rects.set(field, at(100, 100, 60, 6));
  assert.equal(isVisible(field), true);
  rects.set(field, at(100, 100, 30, 3));
  assert.equal(isVisible(field), false, 'too small to be seen at all');
});

test('a field outside the page is not visible', () => {
  rects.set(field, at(-9999, 100));
  assert.equal(isVisible(field), false);
  rects.set(field, at(100, -500));
  assert.equal(isVisible(field), false);
  rects.set(field, at(3000, 100));
  assert.equal(isVisible(field), false);
});

test('a page from right to left can be scrolled to the left', () => {
  rects.set(field, at(-500, 100));
  Object.defineProperty(document.documentElement, 'scrollWidth', { value: 2000 });
  assert.equal(isVisible(field), false);
  document.documentElement.style.direction = 'rtl';
  assert.equal(isVisible(field), true);
});

test('the direction of the body alone lets the page be scrolled to the left too', () => {
  rects.set(field, at(-500, 100));
  Object.defineProperty(document.documentElement, 'scrollWidth', { value: 2000 });
  document.body.style.direction = 'rtl';
  assert.equal(isVisible(field), true);
});

test('a box that clips one axis alone clips nothing on the other', () => {
  box.style.overflow = 'clip visible';
  box.style.overflowX = 'clip';
  box.style.overflowY = 'visible';
  rects.set(box, at(100, 100, 800, 0));
  rects.set(field, at(100, 200));
  assert.equal(isVisible(field), true);
  rects.set(field, at(1000, 200));
  assert.equal(isVisible(field), false, 'beside the box');
});

test('a mask hides a field only if each of its colours is clear', () => {
  const fade = (colour) => `linear-gradient(90deg, ${colour} 0%, rgba(0, 0, 0, 0) 100%)`;
  for (const colour of ['rgb(0, 0, 0)', 'oklch(0 0 0)', 'color(srgb 0 0 0 / 0.9)', 'rgba(0, 0, 0, 0.5)']) {
    box.style.maskImage = fade(colour);
    assert.equal(isVisible(field), true, colour);
  }
  box.style.maskImage = `${fade('rgba(0, 0, 0, 0)')}, url("shape.svg")`;
  assert.equal(isVisible(field), true, 'another layer');
  for (const colour of ['rgba(0, 0, 0, 0)', 'oklch(0 0 0 / 0)', 'color(srgb 0 0 0 / 0%)']) {
    box.style.maskImage = fade(colour);
    assert.equal(isVisible(field), false, colour);
  }
});

test('what lets the pointer through is not cut away because no pointer meets it', () => {
  box.style.clipPath = 'inset(0px round 8px)';
  rects.set(document.body, { ...at(0, 0, 1000, 700), inFront: true });
  assert.equal(isVisible(field), false);
  box.style.pointerEvents = 'none';
  assert.equal(isVisible(field), true);
});

test('an accordion that is folded up hides its contents', () => {
  box.style.overflow = box.style.overflowX = box.style.overflowY = 'hidden';
  rects.set(box, at(100, 100, 200, 0));
  assert.equal(isVisible(field), false);
  rects.set(box, at(100, 100, 200, 50));
  assert.equal(isVisible(field), true);
});

test('a field on another slide of a carousel is clipped away, one in a scrolled box is not', () => {
  rects.set(box, at(400, 100, 200, 50));
  box.scrollLeft = 300;
  for (const [overflow, visible] of [['hidden', false], ['clip', false], ['auto', true], ['visible', true]]) {
    box.style.overflow = box.style.overflowX = box.style.overflowY = overflow;
    assert.equal(isVisible(field), visible, overflow);
  }
});

test('a field that can be scrolled to in its box is where that box is', () => {
  openPage('<section><div><input></div></section>');
  [field, box] = [document.querySelector('input'), document.querySelector('div')];
  const outer = document.querySelector('section');
  box.style.overflow = box.style.overflowX = box.style.overflowY = 'auto';
  outer.style.overflow = outer.style.overflowX = outer.style.overflowY = 'hidden';
  rects.set(field, at(100, 900));
  rects.set(box, at(100, 100, 200, 50));
  rects.set(outer, at(100, 100, 200, 50));
  assert.equal(isVisible(field), true);
  rects.set(box, at(100, 400, 200, 50));
  assert.equal(isVisible(field), false);
});

test('a form that is scrolled out at the top or side of its box is still visible', () => {
  box.style.overflow = box.style.overflowX = box.style.overflowY = 'auto';
  rects.set(box, at(0, 0, 1000, 700));
  for (const [scroll, place] of [['scrollTop', at(100, -900)], ['scrollLeft', at(-900, 100)]]) {
    rects.set(field, place);
    box[scroll] = 1000;
    assert.equal(isVisible(field), true, scroll);
    box[scroll] = 0;
    assert.equal(isVisible(field), false, scroll);
  }
});

test('a box that is scrolled from right to left or from the bottom up starts at its other end', () => {
  box.style.overflow = box.style.overflowX = box.style.overflowY = 'auto';
  rects.set(box, at(0, 0, 1000, 700));
  for (const [size, place] of [['scrollHeight', at(100, -900)], ['scrollWidth', at(-900, 100)]]) {
    rects.set(field, place);
    Object.defineProperty(box, size, { value: 1000, configurable: true });
    assert.equal(isVisible(field), true, size);
    delete box[size];
    assert.equal(isVisible(field), false, size);
  }
});

test('a body scrolls like any box if the root has an overflow of its own', () => {
  const { body, documentElement: root } = document;
  body.style.overflow = body.style.overflowX = body.style.overflowY = 'auto';
  rects.set(body, at(0, 0, 1000, 700));
  rects.set(field, at(100, -900));
  body.scrollTop = 1000;
  root.style.overflow = 'visible';
  assert.equal(isVisible(field), false);
  root.style.overflow = 'hidden';
  assert.equal(isVisible(field), true);
});

test('an element that has no box of its own clips nothing', () => {
  box.style.display = 'contents';
  box.style.overflow = 'hidden';
  rects.set(box, at(0, 0, 0, 0));
  assert.equal(isVisible(field), true);
});

test('a field with the focus may be transparent if its parent is visible', () => {
  field.checkedAs = ({ opacityProperty }) => !opacityProperty;
  assert.equal(isVisible(field), false);
  field.focus();
  assert.equal(isVisible(field), true);
  box.checkedAs = ({ opacityProperty }) => !opacityProperty;
  assert.equal(isVisible(field), false);
  delete box.checkedAs;
  field.checkedAs = () => false;
  assert.equal(isVisible(field), false);
});

test('a transparent field stays visible while its form is open and its parent is visible', () => {
  field.checkedAs = ({ opacityProperty }) => !opacityProperty;
  assert.equal(isVisible(field, false), false);
  assert.equal(isVisible(field, true), true);
  rects.set(field, at(-9999, 100));
  assert.equal(isVisible(field, true), false);
  rects.delete(field);
  box.checkedAs = ({ opacityProperty }) => !opacityProperty;
  assert.equal(isVisible(field, true), false);
});

test('a fixed field outside the window is not visible', () => {
  field.style.position = 'fixed';
  for (const [left, top] of [[100, 5000], [100, -20], [-200, 100], [5000, 100]]) {
    rects.set(field, at(left, top));
    assert.equal(isVisible(field), false, `${left} ${top}`);
  }
  rects.set(field, at(100, 100));
  assert.equal(isVisible(field), true);
});

test('a fixed or absolutely positioned field is not clipped by the box around it', () => {
  box.style.overflow = box.style.overflowX = box.style.overflowY = 'hidden';
  box.style.position = 'static';
  box.style.transform = 'none';
  rects.set(box, at(400, 100, 200, 50));
  for (const position of ['fixed', 'absolute']) {
    field.style.position = position;
    assert.equal(isVisible(field), true, position);
  }
  box.style.position = 'relative';
  assert.equal(isVisible(field), false);
});
