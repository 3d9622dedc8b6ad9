// Measures how much of the main thread the content script uses, on pages of several sizes with 1,000
// mutations a second. The result is the script's part of the busy samples of Chromium's profiler, multiplied
// by the thread's processor time, so that other programs do not count. It is compared with the whole
// processor time, with the same page on a site that is not watched, and with an extension that finds fields
// with a public library.
import { TestBrowser } from '../browser/harness/browsers.js';
import { servePages } from '../browser/harness/pages.js';
import { startSimulator } from '../simulator/simulator.js';
import { configuration, PAGES } from './acknowledged.js';
import { buildRival } from './rival.js';

/** The budget is for the second size. */
export const PAGE_SIZES_nodes = /** @type {const} */ ([1000, 20_000, 100_000]);
const [, BUDGETED_nodes] = PAGE_SIZES_nodes;

const SAMPLING_us = 100;
const WINDOW_ms = 2500;
/** A page that the content script keeps busy for longer than this ends the benchmark with an error. */
const ANSWER_ms = 20_000;
/** A page that makes fewer of its 1,000 mutations a second is too busy to measure a share. */
const LEAST_MUTATIONS_per_s = 900;
const POLICY_ms = 2500;
const CONTENT_SCRIPT = /^chrome-extension:\/\/[^/]+\/content\.js$/;

/** @typedef {import('puppeteer-core').CDPSession} CDPSession */
/** @typedef {{script_share: number, busy_share: number, mutations_per_s: number, nodes: number}} Share */

/**
 * @param {any} profile of Profiler.stop
 * @returns {number} the part of the thread's work in which the content script was on the stack
 */
function contentScriptPart({ nodes, samples, timeDeltas }) {
  const ours = new Set();
  const idle = new Set();
  // The profile lists a node before its children.
  for (const { id, callFrame, children = [] } of nodes) {
    if (callFrame.functionName === '(idle)') idle.add(id);
    if (CONTENT_SCRIPT.test(callFrame.url)) ours.add(id);
    if (ours.has(id)) children.forEach((/** @type {number} */ child) => ours.add(child));
  }
  // Each sample holds until the next one.
  let ours_us = 0;
  let work_us = 0;
  samples.forEach((/** @type {number} */ id, /** @type {number} */ i) => {
    const lasted_us = timeDeltas[i + 1] ?? 0;
    if (ours.has(id)) ours_us += lasted_us;
    if (!idle.has(id)) work_us += lasted_us;
  });
  return ours_us / work_us;
}

/** @param {CDPSession} session */
async function busySeconds(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { busy_s: found('TaskDuration'), at_ms: performance.now() };
}

/** @param {import('puppeteer-core').Page} page @returns {Promise<Share>} */
async function measurePage(page) {
  await page.bringToFront();
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: SAMPLING_us });
  const mutations = () => /** @type {Promise<number>} */ (page.evaluate('benchMutations'));
  const [before, mutationsBefore] = [await busySeconds(session), await mutations()];
  await new Promise((resolve) => setTimeout(resolve, WINDOW_ms));
  const [after, mutationsAfter] = [await busySeconds(session), await mutations()];
  // The profile is taken separately, because the profiler itself uses the main thread.
  await session.send('Profiler.start');
  await new Promise((resolve) => setTimeout(resolve, WINDOW_ms));
  const { profile } = await session.send('Profiler.stop');
  await session.detach();
  const took_s = (after.at_ms - before.at_ms) / 1000;
  const busy_share = (after.busy_s - before.busy_s) / took_s;
  const mutations_per_s = (mutationsAfter - mutationsBefore) / took_s;
  if (mutations_per_s < LEAST_MUTATIONS_per_s) {
    throw new Error(`${page.url()}: ${Math.round(mutations_per_s)} mutations a second, expected 1000`);
  }
  return {
    script_share: contentScriptPart(profile) * busy_share,
    busy_share,
    mutations_per_s,
    nodes: await /** @type {Promise<number>} */ (page.evaluate('benchNodes()')),
  };
}

/**
 * @param {number} turns how often to measure the size that has a budget; the others are measured once
 * @returns {Promise<{watched: Share[], unwatched: Share[], sizes: Share[], rival: Share[]}>}
 *   sizes and rival: one share for each of PAGE_SIZES_nodes
 */
export async function measureMainThread(turns) {
  const simulator = await startSimulator();
  const pages = await servePages(PAGES);
  const config = configuration(simulator.muteUrl);
  const busy = (/** @type {string} */ origin, /** @type {number} */ nodes) =>
    `${origin}/busy.html?nodes=${nodes}`;
  try {
    const ours = await inBrowser({ name: 'chromium', config }, async (page) => {
      await page.goto(`${pages.origin}/form.html`);
      await new Promise((resolve) => setTimeout(resolve, POLICY_ms));
      const watched = [];
      const unwatched = [];
      const sizes = [];
      for (let turn = 0; turn < turns; turn += 1) {
        watched.push(await measureAt(page, busy(pages.origin, BUDGETED_nodes)));
        unwatched.push(await measureAt(page, busy(pages.other_origin, BUDGETED_nodes)));
      }
      for (const nodes of PAGE_SIZES_nodes) sizes.push(await measureAt(page, busy(pages.origin, nodes)));
      return { watched, unwatched, sizes };
    });
    const extension = await buildRival();
    const rival = await inBrowser({ name: 'chromium', config, extension }, async (page) => {
      const shares = [];
      for (const nodes of PAGE_SIZES_nodes) shares.push(await measureAt(page, busy(pages.origin, nodes)));
      return shares;
    });
    return { ...ours, rival };
  } finally {
    await Promise.all([pages.close(), simulator.close()]);
  }
}

/** @param {import('puppeteer-core').Page} page @param {string} address */
async function measureAt(page, address) {
  await page.goto(address);
  return measurePage(page);
}

/**
 * @template T
 * @param {import('../browser/harness/browsers.js').Options} options
 * @param {(page: import('puppeteer-core').Page) => Promise<T>} work
 */
async function inBrowser(options, work) {
  const started = await TestBrowser.start({ ...options, protocol_timeout_ms: ANSWER_ms });
  try {
    return await work(await started.browser.newPage());
  } finally {
    await started.close();
  }
}
