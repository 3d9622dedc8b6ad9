// Tests the banner in the page: it appears, shows the right text, and stays.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, openPage, ports } from '../support/browser.js';
import {
  banner, bannerBox, closed_ms, FORM, HELLO, inject, leave, said, STATUS, tell, visit,
} from '../support/visit.js';

// Imported after the fake browser, which every module of the content script needs.
const { muting_after_ms } = await import('../../../extension/overlay/main.js');

test('the banner shows the background\'s status, and disappears with the form', async () => {
  await visit(FORM);
  assert.equal(banner(), null);
  tell(HELLO);
  await clock.move(muting_after_ms);
  assert.equal(bannerBox().textContent, 'muting');
  tell(STATUS);
  assert.equal(bannerBox().textContent, 'mutedgo');
  document.querySelector('form').remove();
  await clock.move(closed_ms);
  assert.equal(banner(), null);
});

test('a form whose mute is acknowledged at once has one banner, and says nothing else before', async () => {
  await visit(FORM);
  tell(HELLO);
  await clock.move(muting_after_ms - 1);
  assert.equal(bannerBox(), null);
  assert.notEqual(banner(), null, 'it is prepared');
  tell(STATUS);
  assert.equal(bannerBox().textContent, 'mutedgo');
  tell({ ...STATUS, view: 'muting', lines: ['muting'] });
  assert.equal(bannerBox().textContent, 'muting', 'a mute that is over is never shown');
});

test('a banner that does not say "muted" is shown at once', async () => {
  await visit(FORM);
  tell(HELLO);
  tell({ ...STATUS, view: 'unprotected', lines: ['NOT MUTED'] });
  assert.equal(bannerBox().textContent, 'NOT MUTED');
});

test('NOT MUTED is an alert, muted is a status', async () => {
  await visit(FORM);
  tell(HELLO);
  tell(STATUS);
  const regionOf = () => bannerBox().parentElement.getAttribute('role');
  const toneOf = () => bannerBox().parentElement.getAttribute('aria-live');
  assert.equal(regionOf(), 'status');
  assert.equal(toneOf(), 'polite');
  tell({ ...STATUS, view: 'unprotected', lines: ['NOT MUTED', 'go', 'stop'] });
  assert.equal(regionOf(), 'alert');
  assert.equal(toneOf(), 'assertive');
  assert.equal(bannerBox().textContent, 'NOT MUTEDgostop');
  assert.equal(bannerBox().getRootNode().querySelectorAll('.box').length, 1);
});

test('a banner that the page removes or changes is put back, at most ten times a second', async () => {
  await visit(FORM);
  tell(HELLO);
  tell(STATUS);
  banner().remove();
  await clock.move(110);
  assert.notEqual(banner(), null);
  banner().removeAttribute('style');
  await clock.move(110);
  assert.equal(banner().style.display, 'contents');
  let times = 0;
  const counter = new MutationObserver((records) => {
    times += records.filter(({ addedNodes }) => addedNodes.length > 0).length;
  });
  counter.observe(document.body, { childList: true });
  for (let turn = 0; turn < 100; turn += 1) {
    banner()?.remove();
    await clock.move(10);
  }
  assert.ok(times > 5 && times <= 10, `${times} times in a second`);
});

test('a form in a modal dialog has its banner in the dialog', async () => {
  await visit(`<dialog data-modal>${FORM}</dialog>`);
  tell(HELLO);
  tell(STATUS);
  assert.equal(banner().parentElement.localName, 'dialog');
});

test('when the port closes, no mute is shown and the same IDs are declared again', async () => {
  await visit(FORM);
  tell(HELLO);
  tell(STATUS);
  const [{ surface }] = said('surface.open');
  ports.at(-1).fall();
  assert.equal(bannerBox().textContent, 'muting');
  await clock.move(0);
  assert.equal(ports.length, 2);
  assert.equal(said('surface.open')[0].surface, surface);
  await clock.move(1500);
  assert.equal(bannerBox().textContent, 'lost');
  tell(STATUS);
  assert.equal(bannerBox().textContent, 'mutedgo');
});

test('a frame without room for a banner says so, and shows none', async () => {
  leave();
  openPage(FORM);
  Object.defineProperty(window, 'innerHeight', { value: 40 });
  globalThis.window = new Proxy(window, {
    get: (target, name) => (name === 'top' ? {} : Reflect.get(target, name, target)),
  });
  await inject();
  assert.equal(said('surface.open')[0].banner, false);
  tell(HELLO);
  assert.equal(banner(), null);
});
