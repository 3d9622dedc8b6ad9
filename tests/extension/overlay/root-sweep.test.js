// Tests how the overlay finds the shadow roots of a page, and how it treats elements that open in them.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { openPage, rects } from '../support/browser.js';
import { RootSweep } from '../../../extension/overlay/root-sweep.js';
import { TopLayer } from '../../../extension/overlay/top-layer.js';
import { createSurroundings } from '../../../extension/overlay/surroundings.js';

const BOX = { left: 0, top: 0, right: 400, bottom: 50, width: 400, height: 50 };
const VIEW = { width: 1000, height: 700 };

let sweep;
let toggled;
let layer;

beforeEach(() => {
  openPage('<div id="ours">x</div><div id="late">with a child</div><p>1</p><p>2</p><p>3</p>');
  sweep = new RootSweep((node) => node.id === 'ours');
  toggled = [];
  layer = new TopLayer({ isIn: () => false, isOurs: (node) => node.id === 'ours' }, () => sweep.roots,
    ({ target }) => toggled.push(target));
});

const at = (id) => document.getElementById(id);

/** Attaches a closed shadow root to an element with content. No event reports such a root. */
function lateRoot(host = at('late')) {
  return host.attachShadow({ mode: 'closed' });
}

/** @param {ShadowRoot} root @param {object} [place] @returns {any} an open popover */
function popoverIn(root, place = BOX) {
  const it = document.createElement('div');
  root.append(it);
  rects.set(it, place);
  it.showPopover();
  return it;
}

test('an element that throws when it is asked for its root hides no other root', () => {
  const { openOrClosedShadowRoot } = chrome.dom;
  const root = lateRoot();
  chrome.dom.openOrClosedShadowRoot = (element) => {
    if (element.localName === 'p') throw new Error('an odd node');
    return openOrClosedShadowRoot(element);
  };
  try {
    sweep.step(100);
    assert.deepEqual([...sweep.roots], [root]);
    assert.equal(sweep.isWhole, true);
  } finally {
    chrome.dom.openOrClosedShadowRoot = openOrClosedShadowRoot;
  }
});

test('a closed root that was attached late to a plain element is found, and one inside it', () => {
  sweep.step(100);
  assert.equal(sweep.roots.size, 0);
  const root = lateRoot();
  root.innerHTML = '<div>x</div>';
  const inner = lateRoot(root.firstChild);
  sweep.step(100);
  assert.deepEqual([...sweep.roots], [root, inner]);
});

test('our own root is not taken for one of the page', () => {
  lateRoot(at('ours'));
  sweep.step(100);
  assert.deepEqual([...sweep.roots], []);
});

test('a step asks no more elements than it may; a round asks each of them once', () => {
  let asked = 0;
  const { openOrClosedShadowRoot } = chrome.dom;
  chrome.dom.openOrClosedShadowRoot = () => { asked += 1; return null; };
  try {
    const all = document.querySelectorAll('div, p, body, html, head').length;
    sweep.step(3);
    assert.ok(asked <= 3, `asked ${asked}`);
    assert.equal(sweep.isWhole, false);
    while (!sweep.isWhole) sweep.step(3);
    assert.ok(asked >= 6 && asked <= all, `asked ${asked} of ${all}`);
  } finally {
    chrome.dom.openOrClosedShadowRoot = openOrClosedShadowRoot;
  }
});

test('a root whose host has left the page is forgotten', () => {
  lateRoot();
  sweep.step(100);
  at('late').remove();
  sweep.step(100);
  assert.equal(sweep.roots.size, 0);
});

test('an element that opens over the banner in a late root is a newcomer each time', () => {
  const root = lateRoot();
  sweep.step(100);
  assert.equal(layer.newcomer(BOX), null);
  const veil = popoverIn(root);
  assert.equal(layer.newcomer(BOX), 'over');
  assert.equal(layer.newcomer(BOX), null, 'ours was raised above it');
  veil.hidePopover();
  assert.equal(layer.newcomer(BOX), null);
  veil.showPopover();
  assert.equal(layer.newcomer(BOX), 'over');
});

test('an element that lets the pointer through receives it during a look, and is restored afterwards', () => {
  const veil = popoverIn(lateRoot());
  const child = document.createElement('b');
  veil.append(child);
  child.style.pointerEvents = 'none';
  veil.style.cssText = 'color: red; pointer-events: none';
  const far = popoverIn(lateRoot(document.querySelector('p')), { left: 0, top: 500, width: 10, height: 10 });
  far.style.pointerEvents = 'none';
  sweep.step(100);
  layer.newcomer(BOX);
  rects.set(child, BOX);
  const undo = layer.receivePointer(BOX);
  const through = () => [veil, child, far].map(({ style }) => style.pointerEvents);
  assert.deepEqual(through(), ['auto', 'auto', 'none']);
  undo();
  assert.deepEqual(through(), ['none', 'none', 'none']);
  assert.equal(veil.style.getPropertyPriority('pointer-events'), '');
  assert.equal(veil.style.color, 'red');
});

test('the events of a late root are heard until the banner has gone', () => {
  const root = lateRoot();
  const veil = popoverIn(root);
  sweep.step(100);
  layer.newcomer(BOX);
  veil.dispatchEvent(new Event('toggle'));
  assert.deepEqual(toggled, [veil]);
  layer.stop();
  veil.dispatchEvent(new Event('toggle'));
  assert.equal(toggled.length, 1);
});

test('an inert element over the banner in a late root is doubtful, but not one around the form', () => {
  const veil = popoverIn(lateRoot());
  sweep.step(100);
  layer.newcomer(BOX);
  assert.equal(layer.isDoubtful(BOX, []), false);
  veil.setAttribute('inert', '');
  assert.equal(layer.isDoubtful(BOX, []), true);
  const field = document.createElement('input');
  veil.append(field);
  assert.equal(layer.isDoubtful(BOX, [field]), false);
  field.remove();
  rects.set(veil, { left: 0, top: 500, width: 10, height: 10, right: 10, bottom: 510 });
  assert.equal(layer.isDoubtful(BOX, []), false, 'it is elsewhere');
});

test('our element has to be in the modal dialog that keeps the pointer from it', () => {
  const dialog = document.createElement('dialog');
  document.body.append(dialog);
  rects.set(dialog, { ...BOX, inFront: true });
  layer.missedAt(10, 10);
  assert.equal(layer.modal, null, 'it is not modal');
  dialog.setAttribute('data-modal', '');
  layer.missedAt(10, 10);
  assert.equal(layer.modal, dialog);
  dialog.removeAttribute('data-modal');
  assert.equal(layer.modal, null);
});

test('the surroundings include fields in closed shadow roots, and which field has the focus', () => {
  const root = lateRoot();
  root.innerHTML = '<input>';
  const field = root.firstChild;
  rects.set(field, { left: 5, top: 6, width: 70, height: 8 });
  rects.set(document.body, { left: 0, top: 0, width: 0, height: 0 });
  const surroundings = createSurroundings(sweep);
  const { typed, focused } = surroundings.of(null, VIEW);
  assert.ok(typed.some(({ left, top }) => left === 5 && top === 6), JSON.stringify(typed));
  assert.equal(focused, null);
  Object.defineProperty(document, 'activeElement', { value: at('late') });
  Object.defineProperty(root, 'activeElement', { value: field });
  assert.equal(surroundings.of(null, VIEW).focused.left, 5);
});
