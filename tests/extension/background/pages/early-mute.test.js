// The early mute: extension/background/early-mute.js and leads.js.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { EARLY_LAPSE_ms, EarlyMute } from '../../../extension/background/early-mute.js';
import { BEST_SCORE, Leads, MAX_KEYS, MAX_SITES } from '../../../extension/background/leads.js';
import { fakeApi, FakeClock, settle } from './fakes.js';

const SITE = 'https://crm.example.com';
const TAB = 5;

let api;
let clock;
let isOn;
let said;
let early;

function start() {
  const surfaces = {
    open: ({ id }) => said.push(`open ${id}`), close: (id, reason) => said.push(`close ${id}: ${reason}`),
  };
  early = new EarlyMute(api, clock, surfaces, () => isOn);
}

/** The control is pressed, and the form follows. */
function teach(key = 'p1') {
  early.led(TAB, SITE, key);
  early.formOpened(TAB);
}

beforeEach(() => {
  ({ api } = fakeApi());
  clock = new FakeClock();
  isOn = true;
  said = [];
  start();
});

test('what led to a form asks for the mute the next time, and hands over to the form', () => {
  teach();
  assert.deepEqual(said, [], 'the first time nobody can know');
  early.led(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
  early.formOpened(TAB);
  assert.deepEqual(said, ['open early-5', 'close early-5: the form is there']);
});

test('pressed twice, as pointerdown and click are, it is asked for once', () => {
  teach();
  early.led(TAB, SITE, 'p1');
  early.led(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
});

test('it lapses when no form comes, and two good times outweigh one bad', () => {
  teach();
  teach();
  said = [];
  early.led(TAB, SITE, 'p1');
  clock.advance(EARLY_LAPSE_ms - 1);
  assert.deepEqual(said, ['open early-5']);
  clock.advance(1);
  assert.deepEqual(said, ['open early-5', 'close early-5: no form came']);
  early.led(TAB, SITE, 'p1');
  assert.equal(said.length, 2, 'it is believed no more');
  early.formOpened(TAB);
  early.led(TAB, SITE, 'p1');
  assert.equal(said.at(-1), 'open early-5', 'and is again after a form');
});

test('what was pressed long before the form did not lead to it', () => {
  early.led(TAB, SITE, 'p1');
  clock.advance(EARLY_LAPSE_ms + 1);
  early.formOpened(TAB);
  early.led(TAB, SITE, 'p1');
  assert.deepEqual(said, []);
});

test('the control and the route both lead; another site\'s and another tab\'s do not', () => {
  early.led(TAB, SITE, 'p1');
  early.led(TAB, SITE, 'r1');
  early.led(6, SITE, 'p2');
  early.formOpened(TAB);
  early.led(TAB, 'https://other.example.com', 'p1');
  early.led(TAB, SITE, 'p2');
  assert.deepEqual(said, []);
  early.led(TAB, SITE, 'r1');
  assert.deepEqual(said, ['open early-5']);
  early.tabClosed(TAB);
  assert.equal(said.at(-1), 'close early-5: tab closed');
});

test('a control that is pressed on a route leads by itself: the route is there without the form', () => {
  early.led(TAB, SITE, 'r1');
  early.led(TAB, SITE, 'p1');
  early.formOpened(TAB);
  early.led(TAB, SITE, 'r1');
  assert.deepEqual(said, []);
  early.led(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
});

test('switched off it neither asks nor learns', () => {
  isOn = false;
  teach();
  isOn = true;
  early.led(TAB, SITE, 'p1');
  isOn = false;
  early.led(TAB, SITE, 'p1');
  assert.deepEqual(said, []);
});

test('it is remembered over a restart; what was learnt meanwhile stays', async () => {
  await early.restore();
  teach();
  await settle();
  start();
  teach('p2');
  await early.restore();
  early.led(TAB, SITE, 'p2');
  assert.equal(said.length, 1);
  start();
  await early.restore();
  early.led(TAB, SITE, 'p1');
  assert.equal(said.length, 2);
});

test('what is kept is bounded: the site and the key that were not used for longest go first', async () => {
  const leads = new Leads(api);
  await leads.restore();
  for (let site = 0; site <= MAX_SITES; site += 1) leads.followed(`https://${site}.example.com`, 'p1');
  for (let key = 0; key <= MAX_KEYS; key += 1) leads.followed(SITE, `p${key}`);
  await settle();
  const { leads: stored } = api.storage.local.data;
  assert.equal(stored.length, MAX_SITES);
  assert.equal(leads.foretells('https://1.example.com', 'p1'), false);
  assert.equal(leads.foretells('https://2.example.com', 'p1'), true);
  assert.equal(leads.foretells(SITE, 'p0'), false);
  assert.equal(leads.foretells(SITE, 'p1'), true);
  for (let time = 0; time < 9; time += 1) leads.followed(SITE, 'p1');
  leads.failed(SITE, 'p1');
  assert.equal(leads.foretells(SITE, 'p1'), BEST_SCORE > 2, 'however often it was right');
});

test('a store of another shape is no store', async () => {
  for (const leads of [7, { a: 1 }, [['https://a.example.com', 'x'], 3]]) {
    api.storage.local.data.leads = leads;
    start();
    await early.restore();
    early.led(TAB, SITE, 'p1');
  }
  assert.deepEqual(said, []);
});
