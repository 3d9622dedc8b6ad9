// The banner says, next to the payment form, whether the call is muted. It covers fields only if there is no
// other place. Only the banner's button receives the pointer; presses elsewhere on the banner go to the page.

import { fill, liveRegion } from './banner-parts.js';
import { placeBanner } from './banner-place.js';
import { hasFocus } from './focus-memory.js';
import { createSurroundings } from './surroundings.js';

/** @typedef {import('./banner-view.js').Content} Content */
/** @typedef {import('../content/groups.js').Group} Group */
/** @typedef {import('./banner-place.js').Size} Size */

/** The banner's sizes: the whole text, only the title, and the title in small letters. */
const SIZES = ['', 'title', 'small'];

/** If the banner is farther than this from its intended place, a style of the page must have moved it. */
const off_px = 1;

const NOTHING_AROUND = {
  form: null, fields: null, typed: [], controls: [], words: [], focused: null, rightToLeft: false,
};

/** @returns {Size} the size of the window without its scrollbars, as if there were no pinch zoom */
function viewSize() {
  const { visualViewport: view, innerWidth, innerHeight } = window;
  return { width: view ? Math.min(innerWidth, view.width * view.scale) : innerWidth,
    height: view ? Math.min(innerHeight, view.height * view.scale) : innerHeight };
}

export class Banner {
  #parts;
  #polite = liveRegion('status');
  #urgent = liveRegion('alert');
  #resizes;
  #surroundings;
  /** @type {Content | null} */
  #content = null;
  /** The content as text, to notice a change. */
  #said = '';
  /** The style that put the banner into its place. */
  #spot = '';
  /** @type {ReturnType<typeof placeBanner> | null} */
  #last = null;
  /** @type {{of: string, sizes: Size[]}} `of`: the content and window width that were measured */
  #measured = { of: '', sizes: [] };
  /** @type {HTMLElement} */
  #box = document.createElement('div');

  /**
   * @param {object} parts
   * @param {Element} parts.layer the parent of the banner
   * @param {HTMLButtonElement} parts.button the button "Continue anyway"
   * @param {() => void} parts.resized called when the banner may need another place
   * @param {() => void} parts.moved called when the banner has a new place
   * @param {import('./root-sweep.js').RootSweep} parts.roots
   */
  constructor(parts) {
    this.#parts = parts;
    this.#surroundings = createSurroundings(parts.roots);
    this.#resizes = new ResizeObserver(parts.resized);
    parts.layer.append(this.#polite, this.#urgent);
  }

  /** @returns {HTMLElement | null} the box of the banner; null if no banner is shown */
  get box() {
    return this.#content ? this.#box : null;
  }

  /** @param {Content | null} content */
  say(content) {
    const said = JSON.stringify(content);
    if (said === this.#said) return;
    const { button, resized } = this.#parts;
    const wasAtButton = hasFocus(button);
    this.#said = said;
    this.#content = content;
    this.#spot = '';
    this.#resizes.disconnect();
    // A screen reader reads what is added to an existing live region. So the regions stay, with a new box.
    for (const region of [this.#polite, this.#urgent]) region.replaceChildren();
    if (!content) return;
    const isAlert = content.view === 'unprotected' || content.view === 'recording';
    this.#box = fill(isAlert ? this.#urgent : this.#polite, content);
    for (const type of ['focus', 'blur']) this.#box.addEventListener(type, resized);
    if (content.button) {
      button.textContent = content.button;
      this.#box.lastElementChild?.append(button);
      if (wasAtButton) button.focus({ preventScroll: true });
    }
    this.#resizes.observe(this.#box);
  }

  /** @param {Group | null} group the form that the banner is to be near; null: the top of the window */
  place(group) {
    if (!this.#content) return;
    const view = viewSize();
    const around = this.#surroundings.of(group, view);
    // While the page replaces the form, none of its fields is in the page, and the banner stays where it is.
    if (group && !around && this.#spot) return;
    const sizes = this.#measure(view);
    // If a person has moved the keyboard focus to the banner, it shows the whole text whatever it covers.
    const isWhole = hasFocus(this.#box);
    const spot = placeBanner(isWhole ? sizes.slice(0, 1) : sizes, view, around ?? NOTHING_AROUND, this.#last);
    this.#last = spot;
    if (this.#box.dataset.size !== SIZES[spot.size]) {
      this.#box.dataset.size = SIZES[spot.size];
      if (!isWhole) this.#box.tabIndex = spot.size === 0 ? -1 : 0;
    }
    this.#put(Math.round(spot.x), Math.round(spot.y));
  }

  /** @param {Size} view of the window @returns {Size[]} the sizes of the banner, in the order of SIZES */
  #measure(view) {
    const of = `${this.#said} ${view.width}`;
    if (of === this.#measured.of) return this.#measured.sizes;
    const { size = '' } = this.#box.dataset;
    const sizes = SIZES.map((name) => {
      this.#box.dataset.size = name;
      const { width, height } = this.#box.getBoundingClientRect();
      return { width, height };
    });
    this.#box.dataset.size = size;
    this.#measured = { of, sizes };
    this.#last = null;
    return sizes;
  }

  /** @param {number} x in the window, in pixels @param {number} y */
  #put(x, y) {
    const spot = `translate(${x}px, ${y}px)`;
    if (spot === this.#spot) return;
    this.#spot = spot;
    this.#box.style.transform = spot;
    const { left, top } = this.#box.getBoundingClientRect();
    const [dx, dy] = [x - left, y - top];
    if (Math.abs(dx) > off_px || Math.abs(dy) > off_px) {
      this.#box.style.transform = `translate(${x + dx}px, ${y + dy}px)`;
    }
    this.#parts.moved();
  }
}
