// Shows where the time between a payment form's insertion and its green banner is spent. A copy of the built
// extension notes when each message passes; the simulator notes when the request arrives and when it is
// answered. All clocks are this machine's, so the time of a hop between two processes is exact, except for
// the browsers' rounding.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXTENSION } from '../browser/harness/browsers.js';
import { FormTimer } from './acknowledged.js';
import { buildBare } from './bare.js';

const MARKS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'trace');
/** Without this preference Firefox rounds times to 1 ms. */
const PRECISE = { 'privacy.reduceTimerPrecision': false };

/** Each hop, and the mark at its end; the first begins when the page inserts the form. */
export const HOPS = /** @type {const} */ ([
  ['inserted -> found and declared', 'sent_by_page'],
  ['page -> worker', 'heard_by_worker'],
  ['in the worker', 'sent_to_host'],
  ['worker -> host -> request at the server', 'received'],
  ['in the simulated server', 'answered'],
  ['server -> host -> worker', 'heard_from_host'],
  ['in the worker', 'sent_by_worker'],
  ['worker -> page', 'heard_by_page'],
  ['in the page, to the green banner', 'shown'],
]);

/** @typedef {Record<typeof HOPS[number][1] | 'inserted', number>} Marks */

/** Makes an extension's scripts note the times. @param {string} folder of the extension */
async function addMarks(folder) {
  for (const script of ['content', 'background']) {
    const marks = await readFile(path.join(MARKS, `${script}_marks.js`), 'utf8');
    const file = path.join(folder, `${script}.js`);
    await writeFile(file, marks + await readFile(file, 'utf8'));
  }
  return folder;
}

/** @param {'chromium' | 'firefox'} name @returns {Promise<string>} the folder of a copy */
async function copyBuilt(name) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-trace-'));
  await cp(EXTENSION[name], folder, { recursive: true });
  return folder;
}

/** Runs in the page. */
const MEASURE = `(async () => {
  document.dispatchEvent(new Event('bench-begin'));
  await benchMeasure();
  let marks = '{}';
  document.addEventListener('bench-marked', ({ detail }) => { marks = detail; }, { once: true });
  document.dispatchEvent(new Event('bench-marks'));
  const { timeOrigin } = performance;
  return { ...JSON.parse(marks), inserted: timeOrigin + benchInsertedAt, shown: timeOrigin + benchShownAt };
})()`;

/** Runs in the popup. */
const ASK_WORKER = () => (globalThis.browser ?? chrome).runtime.sendMessage('bench-marks');

/** @param {FormTimer} timer @returns {Promise<Marks>} of one form */
async function traceOne({ page, popup, simulator }) {
  const begun = simulator.mark('a form');
  const inPage = await page.evaluate(MEASURE);
  const inWorker = await popup.evaluate(ASK_WORKER);
  const at = (/** @type {string} */ type) => simulator.events.find((event) =>
    event.seq > begun.seq && event.type === type && event.command === 'mute')?.at_ms;
  return { ...inPage, ...inWorker, received: at('request.received'), answered: at('request.answered') };
}

/**
 * @param {Marks[]} marks
 * @returns {number[][]} the times of each of HOPS, and at the end the times of all together
 */
const timesOf = (marks) => [...HOPS.map(([, end], hop) => {
  const begin = hop === 0 ? 'inserted' : HOPS[hop - 1][1];
  return marks.map((one) => one[end] - one[begin]);
}), marks.map(({ inserted, shown }) => shown - inserted)];

/**
 * Traces CardMute and the bare extension, form by form in turn.
 * @param {'chromium' | 'firefox'} name
 * @param {number} forms
 * @returns {Promise<{own: number[][], bare: number[][]}>} see `timesOf`
 */
export async function measureTrace(name, forms) {
  const folders = [await addMarks(await copyBuilt(name)), await addMarks(await buildBare(name))];
  /** @type {FormTimer[]} */
  const timers = [];
  try {
    for (const extension of folders) {
      timers.push(await FormTimer.start(name, { extension, preferences: PRECISE }));
    }
    /** @type {Marks[][]} */
    const marks = [[], []];
    for (let form = 0; form < forms * timers.length; form += 1) {
      const at = form % timers.length;
      await timers[at].page.bringToFront();
      await timers[at].unmuted();
      marks[at].push(await traceOne(timers[at]));
    }
    const [own, bare] = marks.map(timesOf);
    return { own, bare };
  } finally {
    await Promise.all(timers.map((timer) => timer.close()));
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  }
}
