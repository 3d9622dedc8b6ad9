// The measurements in real browsers, in rounds: each round gives every browser and distance its turn.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EXTENSION } from '../browser/harness/browsers.js';
import { FormTimer } from './acknowledged.js';
import { measureEarly } from './early.js';
import { measureConnections } from './fresh_connection.js';
import { measureMainThread } from './main_thread.js';

const FORMS = 10; // a round
const ROUND_TRIP_ms = 40;
const MAIN_THREAD_TURNS = 3;

/** @param {FormTimer} chromium @param {FormTimer} firefox @param {number} rounds */
async function measureForms(chromium, firefox, rounds) {
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
export async function measureBrowsers(rounds) {
  /** @type {FormTimer[]} */
  const timers = [];
  try {
    for (const name of /** @type {const} */ (['chromium', 'firefox'])) {
      timers.push(await FormTimer.start(name));
    }
    const forms = await measureForms(timers[0], timers[1], rounds);
    await Promise.all(timers.splice(0).map((timer) => timer.close()));
    return {
      ...forms,
      round_trip_ms: ROUND_TRIP_ms,
      connections: await measureConnections(FORMS * rounds, ROUND_TRIP_ms),
      early: {
        premute: await measureEarly(FORMS * rounds, true), without: await measureEarly(FORMS * rounds, false),
      },
      content: { bytes: (await stat(path.join(EXTENSION.chromium, 'content.js'))).size },
      main_thread: await measureMainThread(MAIN_THREAD_TURNS),
    };
  } finally {
    await Promise.all(timers.map((timer) => timer.close()));
  }
}
