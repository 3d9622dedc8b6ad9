// The measurements in real browsers. Each round measures every browser and every round trip once.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EXTENSION } from '../browser/harness/browsers.js';
import { FormTimer } from './acknowledged.js';
import { measureEarly } from './early.js';
import { measureConnections } from './fresh_connection.js';
import { measureMainThread } from './main_thread.js';
import { measureTrace } from './trace.js';

const FORMS = 10; // in each round
const ROUND_TRIP_ms = 40;
const MAIN_THREAD_TURNS = 2;
const TRACED_FORMS = 10;

/** @param {FormTimer} chromium @param {FormTimer} firefox @param {number} rounds */
async function measureRounds(chromium, firefox, rounds) {
  /** @type {{chromium: number[], firefox: number[]}} */
  const loopback = { chromium: [], firefox: [] };
  /** @type {number[]} */
  const far = [];
  for (let round = 0; round < rounds; round += 1) {
    loopback.chromium.push(...await chromium.measure(FORMS, 0));
    loopback.firefox.push(...await firefox.measure(FORMS, 0));
    far.push(...await chromium.measure(FORMS, ROUND_TRIP_ms));
  }
  const versions = {
    chromium: await chromium.browser.browser.version(),
    firefox: await firefox.browser.browser.version(),
  };
  return { versions, loopback, far };
}

/** @param {number} rounds */
async function measureForms(rounds) {
  /** @type {FormTimer[]} */
  const timers = [];
  try {
    for (const name of /** @type {const} */ (['chromium', 'firefox'])) {
      timers.push(await FormTimer.start(name));
    }
    return await measureRounds(timers[0], timers[1], rounds);
  } finally {
    await Promise.all(timers.map((timer) => timer.close()));
  }
}

/** @param {number} forms */
const measureBothEarly = async (forms) => ({
  premute: await measureEarly(forms, true), without: await measureEarly(forms, false),
});

const measureBothTraces = async () => ({
  chromium: await measureTrace('chromium', TRACED_FORMS),
  firefox: await measureTrace('firefox', TRACED_FORMS),
});

/** @param {number} rounds @param {Set<string>} parts to measure; the others are null in the result */
export async function measureBrowsers(rounds, parts) {
  const forms = FORMS * rounds;
  return {
    round_trip_ms: ROUND_TRIP_ms,
    forms: parts.has('forms') ? await measureForms(rounds) : null,
    trace: parts.has('trace') ? await measureBothTraces() : null,
    connections: parts.has('connections') ? await measureConnections(forms, ROUND_TRIP_ms) : null,
    early: parts.has('early') ? await measureBothEarly(forms) : null,
    content: { bytes: (await stat(path.join(EXTENSION.chromium, 'content.js'))).size },
    main_thread: parts.has('main-thread') ? await measureMainThread(MAIN_THREAD_TURNS) : null,
  };
}
