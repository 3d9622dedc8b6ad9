// Tests the early mute and what predicts a form.

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

/** Presses a control and then opens the form. */
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

test('what has led to a form mutes early the next time, until the form has opened', () => {
  teach();
  assert.deepEqual(said, [], 'the first form cannot be predicted');
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
  early.formOpened(TAB);
  assert.deepEqual(said, ['open early-5', 'close early-5: the form is there']);
});

test('a key that comes twice, as from pointerdown and click, mutes once', () => {
  teach();
  early.pressedOrEntered(TAB, SITE, 'p1');
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
});

test('an early mute without a form ends, and its key predicts nothing until another form follows', () => {
  teach();
  teach();
  said = [];
  early.pressedOrEntered(TAB, SITE, 'p1');
  clock.advance(EARLY_LAPSE_ms - 1);
  assert.deepEqual(said, ['open early-5']);
  clock.advance(1);
  assert.deepEqual(said, ['open early-5', 'close early-5: no form came']);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.equal(said.length, 2, 'the key no longer predicts a form');
  early.formOpened(TAB);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.equal(said.at(-1), 'open early-5', 'after another form it does');
});

test('a control that was pressed long before the form did not lead to it', () => {
  early.pressedOrEntered(TAB, SITE, 'p1');
  clock.advance(EARLY_LAPSE_ms + 1);
  early.formOpened(TAB);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, []);
});

test('both the control and the route predict a form; those of another site or tab do not', () => {
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

test('a control that is pressed after the route predicts the form without the route', () => {
  early.pressedOrEntered(TAB, SITE, 'r1');
  early.pressedOrEntered(TAB, SITE, 'p1');
  early.formOpened(TAB);
  early.pressedOrEntered(TAB, SITE, 'r1');
  assert.deepEqual(said, []);
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, ['open early-5']);
});

test('switched off, the early mute neither mutes nor learns', () => {
  isOn = false;
  teach();
  isOn = true;
  early.pressedOrEntered(TAB, SITE, 'p1');
  isOn = false;
  early.pressedOrEntered(TAB, SITE, 'p1');
  assert.deepEqual(said, []);
});

test('what was learnt survives a restart, and what was learnt before it is read stays', async () => {
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

test('storage is limited: the least recently used sites and keys are forgotten first', async () => {
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
  assert.equal(predictors.foretells(SITE, 'p1'), BEST_SCORE > 2, 'the score is limited');
});

test('stored data of another shape is ignored', async () => {
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

test('two profiles store different hashes, because each has a salt of its own', async () => {
  const profiles = [];
  for (let profile = 0; profile < 2; profile += 1) {
    const { api: other } = fakeApi();
    const predictors = new Predictors(other);
    predictors.followed(SITE, 'p1'); // before storage is read; the next call is after that
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
