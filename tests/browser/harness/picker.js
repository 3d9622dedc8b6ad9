// Starts the picker from the popup, as an administrator does, and reads what it shows.
import { askInClosed } from './closed.js';
import { openPopup } from './popup.js';
import { until } from './until.js';

const HOST = '[data-cardmute-banner="picker"]';

/** @typedef {{text: string, json: string, dir: string, warnings: number, hasFocus: boolean}} Panel */

function panelFacts() {
  const root = this.getRootNode();
  return {
    text: this.innerText,
    json: this.querySelector('textarea').textContent,
    dir: getComputedStyle(this).direction,
    warnings: this.querySelectorAll('.warning').length,
    hasFocus: this.contains(root.activeElement),
  };
}

/** The middle of each button. */
function buttonSpot() {
  return [...this.querySelectorAll('button')].map((button) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  });
}

function outlines() {
  return [...this.parentNode.querySelectorAll('.outline')].map((box) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    return { left, top, width, height, isMatch: box.classList.contains('match') };
  });
}

/**
 * @param {import('./browsers.js').TestBrowser} test_browser
 * @param {any} page the page over which the popup is opened
 */
export async function startPicker(test_browser, page) {
  const popup = await openPopup(test_browser);
  await page.bringToFront();
  // The automation may get no answer, because the popup closes itself.
  popup.evaluate(() => document.getElementById('pick')?.click()).catch(() => {});
  await until('the picker', () => page.$(HOST));
}

/** @param {any} frame */
export const isPicking = async (frame) => await frame.$(HOST) !== null;

/** The name shown for the element that is pointed at. @param {any} frame @returns {Promise<string>} */
export const nameOf = (frame) => askInClosed(frame, HOST, 'name', function said() { return this.innerText; });

/** @param {any} frame @returns {Promise<{left: number, top: number, width: number, height: number}[]>} */
export const outlinesIn = (frame) => askInClosed(frame, HOST, 'outline', outlines);

/** @param {any} page @returns {Promise<Panel>} */
export const panelShows = (page) => until('the panel', () => askInClosed(page, HOST, 'panel', panelFacts));

/** @param {any} page @param {number} place of the button: 0 copies, 1 closes */
export async function pressInPanel(page, place) {
  const spots = await askInClosed(page, HOST, 'panel', buttonSpot);
  await page.mouse.click(spots[place].x, spots[place].y);
}
