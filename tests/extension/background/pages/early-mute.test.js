// The early mute, and what foretells a form.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { EARLY_LAPSE_ms, EarlyMute } from '../../../../extension/background/pages/early-mute.js';
import {
  BEST_SCORE, MAX_KEYS, MAX_SITES, Predictors,
} from '../../../../extension/background/pages/predictors.js';
import { fakeApi, FakeClock, settle } from '../../support/background.js';

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
  early.pressedOrEntered(TAB, SITE, key);
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
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
  early.formOpened(TAB);
  assert.deepEqual(said, ['open early-5', 'close early-5: the form is there']);
});

test('pressed twice, as pointerdown and click are, it is asked for once', () => {
  teach();
  early.pressedOrEntered(TAB, SITE, 'p1');
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
});

test('it lapses when no form comes, and two good times outweigh one bad', () => {
  teach();
  teach();
  said = [];
  early.pressedOrEntered(TAB, SITE, 'p1');
  clock.advance(EARLY_LAPSE_ms - 1);
  assert.deepEqual(said, ['open early-5']);
  clock.advance(1);
  assert.deepEqual(said, ['open early-5', 'close early-5: no form came']);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.equal(said.length, 2, 'it is believed no more');
  early.formOpened(TAB);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.equal(said.at(-1), 'open early-5', 'and is again after a form');
});

test('what was pressed long before the form did not lead to it', () => {
  early.pressedOrEntered(TAB, SITE, 'p1');
  clock.advance(EARLY_LAPSE_ms + 1);
  early.formOpened(TAB);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, []);
});

test('the control and the route both foretell; another site\'s and another tab\'s do not', () => {
  early.pressedOrEntered(TAB, SITE, 'p1');
  early.pressedOrEntered(TAB, SITE, 'r1');
  early.pressedOrEntered(6, SITE, 'p2');
  early.formOpened(TAB);
  early.pressedOrEntered(TAB, 'https://other.example.com', 'p1');
  early.pressedOrEntered(TAB, SITE, 'p2');
  assert.deepEqual(said, []);
  early.pressedOrEntered(TAB, SITE, 'r1');
  assert.deepEqual(said, ['open early-5']);
  early.tabClosed(TAB);
  assert.equal(said.at(-1), 'close early-5: tab closed');
});

test('a control that is pressed on a route leads by itself: the route is there without the form', () => {
  early.pressedOrEntered(TAB, SITE, 'r1');
  early.pressedOrEntered(TAB, SITE, 'p1');
  early.formOpened(TAB);
  early.pressedOrEntered(TAB, SITE, 'r1');
  assert.deepEqual(said, []);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
});

test('switched off it neither asks nor learns', () => {
  isOn = false;
  teach();
  isOn = true;
  early.pressedOrEntered(TAB, SITE, 'p1');
  isOn = false;
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, []);
});

test('it is remembered over a restart; what was learnt meanwhile stays', async () => {
  await early.restore();
  teach();
  await settle();
  start();
  teach('p2');
  await early.restore();
  early.pressedOrEntered(TAB, SITE, 'p2');
  assert.equal(said.length, 1);
  start();
  await early.restore();
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.equal(said.length, 2);
});

test('what is kept is bounded: the site and the key that were not used for longest go first', async () => {
  const predictors = new Predictors(api);
  await predictors.restore();
  for (let site = 0; site <= MAX_SITES; site += 1) predictors.followed(`https://${site}.example.com`, 'p1');
  for (let key = 0; key <= MAX_KEYS; key += 1) predictors.followed(SITE, `p${key}`);
  await settle();
  const { predictors: { sites } } = api.storage.local.data;
  assert.equal(sites.length, MAX_SITES);
  assert.equal(predictors.foretells('https://1.example.com', 'p1'), false);
  assert.equal(predictors.foretells('https://2.example.com', 'p1'), true);
  assert.equal(predictors.foretells(SITE, 'p0'), false);
  assert.equal(predictors.foretells(SITE, 'p1'), true);
  for (let time = 0; time < 9; time += 1) predictors.followed(SITE, 'p1');
  predictors.failed(SITE, 'p1');
  assert.equal(predictors.foretells(SITE, 'p1'), BEST_SCORE > 2, 'however often it was right');
});

test('a store of another shape is no store', async () => {
  const sites = [['https://a.example.com', 'x'], 3];
  const salted = [{ salt: 7, sites }, { salt: 's', sites }, { salt: '', sites: 1 }];
  for (const stored of [7, { a: 1 }, sites, ...salted]) {
    api.storage.local.data.predictors = stored;
    start();
    await early.restore();
    early.pressedOrEntered(TAB, SITE, 'p1');
  }
  assert.deepEqual(said, []);
});

test('two profiles keep nothing in common: each hashes its keys with a salt of its own', async () => {
  const profiles = [];
  for (let profile = 0; profile < 2; profile += 1) {
    const { api: other } = fakeApi();
    const predictors = new Predictors(other);
    predictors.followed(SITE, 'p1'); // before what is stored has been read, and after
    await predictors.restore();
    predictors.followed(SITE, 'p2');
    await settle();
    assert.equal(predictors.foretells(SITE, 'p1'), true);
    const [[, scores]] = other.storage.local.data.predictors.sites;
    assert.equal(scores.length, 2);
    profiles.push(scores.map(([key]) => key));
  }
  const [first, second] = profiles;
  assert.deepEqual([...first, ...second].filter((key) => ['p1', 'p2'].includes(key)), []);
  assert.deepEqual(first.filter((key) => second.includes(key)), []);
});
