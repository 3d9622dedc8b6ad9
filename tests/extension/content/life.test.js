// The life of the content script: injected twice, outlived, cached, prerendered.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byPerson, clock, openPage, ports, setExtension, settle } from '../support/browser.js';
import { banner, FORM, HELLO, inject, insert, leave, said, tell, visit } from '../support/visit.js';

test('injected twice, it is there once', async () => {
  await visit(FORM);
  await inject();
  assert.equal(ports.length, 1);
  tell(HELLO);
  assert.equal(document.querySelectorAll('[data-cardmute-banner]').length, 1);
});

test('the extension is taken away: the script leaves nothing behind and falls silent', async () => {
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

test('the extension is taken away without a word: the banner does not go on saying "muted"', async () => {
  await visit(FORM);
  tell(HELLO);
  setExtension(false);
  await clock.move(1000);
  assert.equal(banner(), null);
});

test('a document that takes the place of another in the same window is looked at', async () => {
  await visit('');
  const before = Object.getOwnPropertyDescriptor(globalThis, 'document');
  const real = new document.defaultView.DOMParser().parseFromString('<p></p>', 'text/html');
  Object.defineProperty(globalThis, 'document', { value: real, configurable: true });
  const { alive } = globalThis[Symbol.for('cardmute.content')];
  assert.equal(alive(), false);
  Object.defineProperty(globalThis, 'document', before);
  assert.equal(alive(), true);
});

test('a new version takes over from a dead one, and clears its banner away', async () => {
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
  assert.equal(document.querySelectorAll('[data-cardmute-banner]').length, 1);
});

test('a page that goes into the back-forward cache hangs up, and looks again when back', async () => {
  const page = await visit(FORM);
  const transition = (type) => byPerson(page, new page.PageTransitionEvent(type, { persisted: true }));
  tell(HELLO);
  page.dispatchEvent(new page.PageTransitionEvent('pagehide'));
  assert.equal(ports[0].open, true, 'a script in the page cannot say that it goes');
  transition('pagehide');
  assert.equal(ports[0].open, false);
  assert.equal(banner(), null);
  await clock.move(10_000);
  assert.equal(ports.length, 1);
  transition('pageshow');
  assert.equal(ports.length, 2);
  assert.equal(said('surface.open').length, 1);
});

test('a page that is only prepared waits until it is shown', async () => {
  leave();
  openPage(FORM);
  document.prerendering = true;
  await inject();
  assert.equal(ports.length, 0);
  document.dispatchEvent(new Event('prerenderingchange'));
  assert.equal(said('surface.open').length, 1);
});

test('without randomUUID, as on pages of plain http, names are made all the same', async () => {
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
