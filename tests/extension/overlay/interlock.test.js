// Tests how card fields wait for the mute: which fields, for how long, and what is restored afterwards.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { byPerson, clock, insideOf, openPage, rects, settle } from '../support/browser.js';
import {
  banner, bannerBox, closed_ms, FORM, HELLO, inject, insert, leave, said, STATUS, tell, visit,
} from '../support/visit.js';

openPage('');
const { look_ms, steady_ms } = await import('../../../extension/overlay/painted.js');

// Checks happen at random times. With this number each comes after look_ms.
mock.method(Math, 'random', () => 0.5);

const BLOCKING = { ...HELLO, interlock: 'block' };
const MUTED = { ...STATUS, interlock: 'block' };
const NOT_MUTED = { ...MUTED, view: 'unprotected', lines: ['NOT MUTED', 'why'] };
const fields = () => [...document.querySelectorAll('input')];
const held = () => fields().filter((field) => field.inert && field.hasAttribute('data-cardmute-held'));
const covers = () => (banner() ? [...insideOf(banner()).querySelectorAll('.cover')] : []);
const button = () => bannerBox().querySelector('button');

/** Dispatches the event of a person's press on the element. No script of a page can make such an event. */
function press(element, type = 'click', detail = 1) {
  rects.set(element, { left: 0, top: 0, width: 90, height: 30, inFront: true });
  const where = { detail, clientX: 9, clientY: 9 };
  byPerson(element, new window.MouseEvent(type, { bubbles: true, composed: true, ...where }));
}

/** Puts the banner on top, and waits for as long as a person needs to see the banner. */
async function see() {
  rects.set(banner(), { left: 0, top: 0, width: 1000, height: 700, inFront: true });
  await clock.move(look_ms + steady_ms);
}

/** jsdom has no `inert`. This adds the property, but not its effect on the focus. */
function addInert(page) {
  Object.defineProperty(page.HTMLElement.prototype, 'inert', {
    get() { return this.hasAttribute('inert'); }, configurable: true,
  });
}

/** Visits a page whose card fields wait for the mute. */
async function wait(html = FORM) {
  const page = await visit(html);
  addInert(page);
  tell(BLOCKING);
  return page;
}

test('fields wait from the turn in which the form is detected until the call is muted', async () => {
  await wait('');
  insert(FORM);
  await Promise.resolve();
  assert.equal(held().length, 2);
  assert.equal(covers().length, 2);
  assert.equal(said('surface.open').length, 1);
  tell(MUTED);
  await clock.move(200);
  assert.equal(held().length, 0);
  assert.equal(covers().length, 0);
  assert.equal(bannerBox().textContent, 'mutedgo');
});

test('with interlock "warn" no field waits', async () => {
  await visit(FORM);
  tell(HELLO);
  assert.equal(document.querySelectorAll('[inert]').length, 0);
  assert.deepEqual(covers(), []);
});

test('fields wait again when the mute is lost', async () => {
  await wait();
  tell(MUTED);
  assert.equal(held().length, 0);
  tell(NOT_MUTED);
  assert.equal(held().length, 2);
  assert.equal(bannerBox().textContent, 'NOT MUTEDwhyheld');
  tell(MUTED);
  assert.equal(held().length, 0);
});

test('a form that closes releases its fields', async () => {
  await wait();
  const [field] = fields();
  document.querySelector('form').remove();
  await clock.move(closed_ms);
  assert.equal(field.hasAttribute('inert'), false);
  assert.equal(field.hasAttribute('data-cardmute-held'), false);
});

test('the focus is given back, unless it has moved elsewhere', async () => {
  for (const elsewhere of [false, true]) {
    await wait(`<input id="other">${FORM}`);
    tell(MUTED);
    const [other, field] = fields();
    field.focus();
    tell(NOT_MUTED);
    assert.equal(document.activeElement, document.body);
    assert.equal(field.getAttribute('data-cardmute-held'), 'focus');
    if (elsewhere) other.focus();
    tell(MUTED);
    assert.equal(document.activeElement, elsewhere ? other : field);
  }
});

test('after the timeout the banner says so and offers to continue, which only a person can', async () => {
  await wait();
  await clock.move(1400);
  assert.equal(bannerBox().textContent, 'mutingheld');
  tell({ ...NOT_MUTED, view: 'muting', lines: ['muting'] });
  await clock.move(100);
  assert.equal(bannerBox().textContent, 'NOT MUTEDlateheldgo on');
  assert.equal(bannerBox().parentElement.getAttribute('role'), 'alert');
  button().click();
  assert.equal(held().length, 2);
  assert.deepEqual(said('continue'), []);
  await see();
  press(button());
  assert.equal(held().length, 0);
  assert.deepEqual(said('continue'), [{ type: 'continue', painted: true }]);
  assert.equal(bannerBox().textContent, 'NOT MUTEDlatereleased');
});

test('a press of a pointer counts only on a button on top and unmoved; the keyboard always', async () => {
  await wait();
  await clock.move(1500);
  rects.set(banner(), { left: 0, top: 0, width: 1000, height: 700, inFront: true });
  await clock.move(look_ms);
  press(button());
  assert.equal(held().length, 2);
  await clock.move(steady_ms);
  const veil = document.createElement('div');
  document.body.append(veil);
  rects.set(veil, { left: 0, top: 0, width: 1000, height: 700, inFront: true });
  await clock.move(look_ms);
  veil.remove();
  press(button());
  assert.equal(held().length, 2, 'it was covered a moment ago');
  assert.deepEqual(said('continue'), []);
  button().focus();
  press(button(), 'click', 0);
  assert.equal(held().length, 0);
  assert.deepEqual(said('continue'), [{ type: 'continue', painted: false }]);
});

for (const mode of /** @type {const} */ (['open', 'closed'])) {
  test(`a press in a dialog in an ${mode} shadow root of the page is kept from the page`, async () => {
    const page = await visit('<div><p></p></div>');
    addInert(page);
    const host = document.querySelector('div');
    const root = host.attachShadow({ mode });
    root.innerHTML = `<dialog data-modal>${FORM}<button id="own"></button></dialog>`;
    host.dispatchEvent(new Event('focusin', { bubbles: true }));
    await clock.move(20);
    tell(BLOCKING);
    await clock.move(1500);
    const ours = root.querySelector('[data-cardmute-banner]');
    const go = insideOf(ours).querySelector('.box button');
    rects.set(host, { left: 0, top: 0, width: 1000, height: 700, inFront: true });
    rects.set(ours, { left: 0, top: 0, width: 1000, height: 700, inFront: true });
    await clock.move(look_ms + steady_ms);
    const heard = [];
    for (const type of ['click', 'keydown']) {
      page.addEventListener(type, (event) => { heard.push(`${type} ${event.detail}`); }, true);
    }
    const own = root.querySelector('#own');
    const send = (at, type, what) => byPerson(at, new page[type](what.name,
      { bubbles: true, composed: true, clientX: 9, clientY: 9, ...what }));
    go.focus();
    send(go, 'KeyboardEvent', { name: 'keydown' });
    assert.deepEqual(heard, []);
    own.focus();
    send(own, 'KeyboardEvent', { name: 'keydown' });
    rects.delete(ours);
    send(own, 'MouseEvent', { name: 'click', detail: 3 });
    assert.deepEqual(heard, ['keydown 0', 'click 3'], 'what is sent at the page\'s own elements is not kept');
    rects.set(ours, { left: 0, top: 0, width: 1000, height: 700, inFront: true });
    send(go, 'MouseEvent', { name: 'click', detail: 1 });
    assert.equal(heard.length, 2);
    assert.deepEqual(said('continue'), [{ type: 'continue', painted: true }]);
  });
}

test('events that a page dispatches itself keep no press from counting', async () => {
  await wait();
  await clock.move(1500);
  await see();
  for (const type of ['focus', 'resize', 'visibilitychange']) window.dispatchEvent(new window.Event(type));
  press(button());
  assert.deepEqual(said('continue'), [{ type: 'continue', painted: true }]);
});

test('if no banner can be made, the fields wait all the same and the background is told', async () => {
  const page = await visit('');
  addInert(page);
  page.Element.prototype.attachShadow = () => { throw new Error('hostile'); };
  leave();
  await inject();
  tell(BLOCKING);
  insert(FORM);
  await Promise.resolve();
  assert.equal(held().length, 2);
  assert.deepEqual(said('overlay_failed'), [{ type: 'overlay_failed', failed: true }]);
  tell(MUTED);
  assert.equal(held().length, 0);
});

test('after "Continue anyway" fields wait again only once a mute was there and is lost', async () => {
  await wait();
  await clock.move(1500);
  await see();
  press(button());
  tell(NOT_MUTED);
  await clock.move(5000);
  assert.equal(held().length, 0);
  tell(MUTED);
  tell(NOT_MUTED);
  assert.equal(held().length, 2);
  assert.equal(button(), null, 'the wait starts again');
});

test('when a mute is lost the wait starts again', async () => {
  await wait();
  await clock.move(1500);
  assert.notEqual(button(), null);
  tell(MUTED);
  tell(NOT_MUTED);
  assert.equal(button(), null);
  await clock.move(1500);
  assert.notEqual(button(), null);
});

test('fields do not wait if the agent continued in another frame, or records by hand', async () => {
  await wait();
  tell({ ...NOT_MUTED, released: true });
  assert.equal(held().length, 0);
  assert.equal(bannerBox().textContent, 'NOT MUTEDwhyreleased');
  tell(NOT_MUTED);
  assert.equal(held().length, 2);
});

test('the button keeps the focus when the reason changes', async () => {
  await wait();
  await clock.move(1500);
  button().focus();
  tell(NOT_MUTED);
  assert.equal(insideOf(banner()).activeElement, button());
});

test('a field that the page releases is held again, at most ten times a second', async () => {
  await wait();
  const [field] = fields();
  await clock.move(100);
  field.removeAttribute('inert');
  await clock.move(0);
  assert.equal(held().length, 2);
  let times = 0;
  const observer = new MutationObserver(() => {
    if (!field.hasAttribute('inert')) return;
    times += 1;
    field.removeAttribute('inert');
  });
  observer.observe(field, { attributes: true });
  field.removeAttribute('inert');
  await clock.move(1000);
  observer.disconnect();
  assert.ok(times > 5 && times <= 11, `${times} times in a second`);
  await clock.move(200);
  assert.equal(held().length, 2);
});

test('a page cannot keep the focus in a field that waits', async () => {
  await wait();
  await clock.move(100);
  fields()[0].focus();
  await clock.move(0);
  assert.equal(document.activeElement, document.body);
});

test('a field that the page itself makes inert stays inert', async () => {
  await visit(FORM);
  const [before, meanwhile] = fields();
  before.setAttribute('inert', '');
  tell(BLOCKING);
  meanwhile.setAttribute('inert', '');
  await settle();
  tell(MUTED);
  assert.equal(before.hasAttribute('inert'), true);
  assert.equal(meanwhile.hasAttribute('inert'), true);
  assert.equal(document.querySelector('[data-cardmute-held]'), null);
});

test('a copy of a held field is released too', async () => {
  await wait();
  const copy = document.querySelector('form').cloneNode(true);
  tell(MUTED);
  document.querySelector('form').replaceWith(copy);
  await clock.move(50);
  assert.equal(document.querySelector('[inert], [data-cardmute-held]'), null);
});

test('fields that an earlier script has held are released', async () => {
  leave();
  openPage('<input inert data-cardmute-held=""><input inert>');
  await inject();
  assert.deepEqual(fields().map((field) => field.hasAttribute('inert')), [false, true]);
});

test('a press on a cover is reported as activity, and is kept from the page', async () => {
  const page = await wait();
  let heard = 0;
  page.addEventListener('pointerdown', () => { heard += 1; });
  covers()[0].dispatchEvent(new Event('pointerdown', { bubbles: true, composed: true }));
  assert.deepEqual(said('surface.active'), []);
  press(covers()[0], 'pointerdown');
  assert.equal(said('surface.active').length, 1);
  assert.equal(heard, 0);
});

test('a frame without room for a banner covers its fields, and shows none', async () => {
  leave();
  const page = openPage(FORM);
  addInert(page);
  Object.defineProperty(window, 'innerHeight', { value: 40 });
  globalThis.window = new Proxy(window, {
    get: (target, name) => (name === 'top' ? {} : Reflect.get(target, name, target)),
  });
  await inject();
  tell(BLOCKING);
  assert.equal(held().length, 2);
  assert.equal(covers().length, 2);
  assert.equal(insideOf(banner()).querySelector('.box'), null);
  tell(MUTED);
  assert.equal(banner(), null);
});

test('the top frame offers to continue for a frame without a banner', async () => {
  await visit('');
  tell(BLOCKING);
  tell({ ...NOT_MUTED, docked: true });
  assert.equal(button(), null);
  await clock.move(1500);
  await see();
  press(button());
  assert.deepEqual(said('continue'), [{ type: 'continue', painted: true }]);
});
