// Tests the life of the content script: when it is injected twice, when its extension is gone, in the
// back-forward cache, and in a prerendered page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock, openPage, ports, setExtension, settle } from '../support/browser.js';
import { banner, FORM, HELLO, inject, insert, leave, said, tell, visit } from '../support/visit.js';

// Imported after the fake browser, which every module of the content script needs.
const { muting_after_ms } = await import('../../../extension/overlay/main.js');

test('a script that is injected twice runs once', async () => {
  await visit(FORM);
  await inject();
  assert.equal(ports.length, 1);
  tell(HELLO);
  await clock.move(muting_after_ms);
  assert.equal(document.querySelectorAll('[data-cardmute-banner]').length, 1);
});

test('without its extension the script leaves nothing behind and stops', async () => {
  await visit(FORM);
  tell(HELLO);
  setExtension(false);
  ports.at(-1).fall();
  await clock.move(10_000);
  assert.equal(banner(), null);
  insert(FORM);
  await clock.move(10_000);
  assert.equal(ports.length, 1);
});

test('if the extension goes without an event, the banner does not stay', async () => {
  await visit(FORM);
  tell(HELLO);
  setExtension(false);
  await clock.move(1000);
  assert.equal(banner(), null);
});

test('a document that replaces another one in the same window gets a new script', async () => {
  await visit('');
  const before = Object.getOwnPropertyDescriptor(globalThis, 'document');
  const real = new document.defaultView.DOMParser().parseFromString('<p></p>', 'text/html');
  Object.defineProperty(globalThis, 'document', { value: real, configurable: true });
  const { alive } = globalThis[Symbol.for('cardmute.content')];
  assert.equal(alive(), false);
  Object.defineProperty(globalThis, 'document', before);
  assert.equal(alive(), true);
});

test('a new version replaces a dead one, and removes its banner', async () => {
  await visit(FORM);
  insert('<div data-cardmute-banner></div>', document.documentElement);
  tell(HELLO);
  setExtension(false);
  await settle();
  setExtension(true);
  globalThis[Symbol.for('cardmute.content')].alive = () => false;
  await inject();
  assert.equal(ports.length, 2);
  assert.equal(ports[0].open, false);
  assert.equal(banner(), null);
  tell(HELLO);
  await clock.move(muting_after_ms);
  assert.equal(document.querySelectorAll('[data-cardmute-banner]').length, 1);
});

test('a page in the back-forward cache has no port, and declares its form when it is back', async () => {
  const page = await visit(FORM);
  const transition = (type) => byPerson(page, new page.PageTransitionEvent(type, { persisted: true }));
  tell(HELLO);
  page.dispatchEvent(new page.PageTransitionEvent('pagehide'));
  assert.equal(ports[0].open, true, 'an event of the page itself does not count');
  transition('pagehide');
  assert.equal(ports[0].open, false);
  assert.equal(banner(), null);
  await clock.move(10_000);
  assert.equal(ports.length, 1);
  transition('pageshow');
  assert.equal(ports.length, 2);
  assert.equal(said('surface.open').length, 1);
});

test('in a prerendered page nothing happens until it is shown', async () => {
  leave();
  openPage(FORM);
  document.prerendering = true;
  await inject();
  assert.equal(ports.length, 0);
  document.dispatchEvent(new Event('prerenderingchange'));
  assert.equal(said('surface.open').length, 1);
});

test('IDs are also made in pages of plain http, which have no randomUUID', async () => {
  const { randomUUID } = crypto;
  crypto.randomUUID = undefined;
  try {
    await visit(FORM + FORM, 'http://crm.example.com/');
  } finally {
    crypto.randomUUID = randomUUID;
  }
  const [one, two] = said('surface.open').map(({ surface }) => surface);
  assert.match(one, /^[\w-]{16,64}$/);
  assert.notEqual(one, two);
});
