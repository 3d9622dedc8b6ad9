// Steps and checks that tests of the interlock share.
import assert from 'node:assert/strict';
import { bannerShows, readCovers } from './banner.js';
import { until } from './until.js';

/** Voicenter does not answer mutes until the simulator's faults are cleared. */
export const SILENCE = { fault: 'hang', only: 'mute' };

/**
 * @param {any} frame
 * @param {string} selector
 * @returns {Promise<{typed: string, focused: boolean, inert: boolean, selection: number[]}>}
 */
export const readField = (frame, selector) => frame.$eval(selector, (field) => ({
  typed: field.value,
  focused: document.activeElement === field,
  inert: field.inert,
  selection: [field.selectionStart, field.selectionEnd],
}));

/** @param {any} frame @param {string} selector */
const boxOf = (frame, selector) => frame.$eval(selector, (element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
});

/** Whether two positions are equal up to rounding: covers are placed on whole pixels, card fields are not. */
const near = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) <= 1;

/**
 * Waits until each of the fields has a cover exactly over it, and there is no other cover.
 * @param {any} frame
 * @param {string[]} selectors
 */
export const covered = (frame, selectors) => until(`covers over ${selectors}`, async () => {
  const covers = await readCovers(frame);
  assert.equal(covers.length, selectors.length);
  for (const selector of selectors) {
    const field = await boxOf(frame, selector);
    assert.ok(covers.some(({ box }) => Object.keys(field).every((side) => near(box[side], field[side]))),
      `${selector} at ${JSON.stringify(field)}: ${JSON.stringify(covers)}`);
  }
  return covers;
});

/** Waits until no field is covered, inert or marked as held. @param {any} frame */
export const uncovered = (frame) => until('no covers', async () => {
  assert.deepEqual(await readCovers(frame), []);
  assert.equal(await frame.$$eval('[inert], [data-cardmute-held]', (all) => all.length), 0);
  return true;
});

/** Presses at the place of an element, which may be covered. */
export async function pressAt(/** @type {any} */ page, /** @type {string} */ selector) {
  const { left, top, right, bottom } = await boxOf(page, selector);
  await page.mouse.click((left + right) / 2, (top + bottom) / 2);
}

/** Waits until the banner says NOT MUTED and offers to continue. @param {any} page @param {RegExp} button */
export const offersToGoOn = (page, button = /^Continue anyway$/) => until('the offer', async () => {
  const banner = await bannerShows(page, 'unprotected');
  assert.match(banner.button?.text ?? '', button);
  return banner;
});
