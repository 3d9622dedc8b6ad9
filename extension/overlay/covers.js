// The covers over card fields that wait for the mute. They hide the fields and stop the pointer; hold.js
// prevents typing. Screen readers ignore the covers and read the banner instead.

import { hostAround } from '../dom/shadow.js';
import { icon } from './banner-parts.js';
import { seenBox } from './boxes.js';

/**
 * @typedef {{late: boolean, word: string, dir: string, lang: string}} Look
 * @typedef {{cover: HTMLElement, spot: string}} Cover `spot`: the style for its place and size
 */

/** @param {import('./boxes.js').Box | null} box @returns {string} the style that puts a cover over the box */
function spotOf(box) {
  if (!box) return 'display:none';
  const [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom].map(Math.round);
  return `width:${right - left}px;height:${bottom - top}px;transform:translate(${left}px,${top}px)`;
}

export class Covers {
  #parts;
  /** @type {Map<Element, Cover>} */
  #covers = new Map();
  #sizes;
  /** The last Look as JSON, to notice a change. */
  #look = '';
  #listening = new AbortController();

  /**
   * @param {object} parts
   * @param {Element} parts.layer the parent of the covers
   * @param {() => void} parts.scrolled called when the fields may have moved
   * @param {() => void} parts.pressed called when a person presses on a cover
   */
  constructor(parts) {
    this.#parts = parts;
    this.#sizes = new ResizeObserver(parts.scrolled);
  }

  /** @param {Set<Element>} fields to cover; all others are uncovered @param {Look} look */
  set(fields, look) {
    const uncovered = [...this.#covers.keys()].filter((field) => !fields.has(field));
    for (const field of uncovered) {
      this.#covers.get(field)?.cover.remove();
      this.#covers.delete(field);
    }
    const added = [...fields].filter((field) => !this.#covers.has(field));
    for (const field of added) this.#add(field);
    if (uncovered.length + added.length > 0) this.#listen();
    this.#draw(look);
  }

  /**
   * Moves the covers to their fields. All positions are read first, so that the browser computes the layout
   * only once.
   * @param {Element} home see `seenBox`
   * @returns {boolean} whether any cover has moved
   */
  place(home) {
    const spots = [...this.#covers.keys()].map((field) => spotOf(seenBox(field, home)));
    let moved = false;
    [...this.#covers.values()].forEach((it, at) => {
      if (spots[at] === it.spot) return;
      it.spot = spots[at];
      it.cover.style.cssText = it.spot;
      moved = true;
    });
    return moved;
  }

  /** @param {Element} field */
  #add(field) {
    const cover = document.createElement('div');
    cover.ariaHidden = 'true';
    cover.addEventListener('pointerdown', ({ isTrusted }) => { if (isTrusted) this.#parts.pressed(); });
    // Without this, a press on the cover would take the focus from the element that has it.
    cover.addEventListener('mousedown', (event) => event.preventDefault());
    this.#parts.layer.append(cover);
    this.#covers.set(field, { cover, spot: '' });
    this.#look = '';
  }

  /** Listens in each shadow root around a field: a scroll event inside one does not reach the window. */
  #listen() {
    this.#sizes.disconnect();
    this.#listening.abort();
    this.#listening = new AbortController();
    const passive = { capture: true, signal: this.#listening.signal };
    for (const field of this.#covers.keys()) {
      this.#sizes.observe(field);
      for (let host = hostAround(field), at = field; host; at = host, host = hostAround(host)) {
        at.getRootNode().addEventListener('scroll', this.#parts.scrolled, passive);
      }
    }
  }

  /** @param {Look} look */
  #draw(look) {
    const now = JSON.stringify(look);
    if (now === this.#look) return;
    this.#look = now;
    const view = look.late ? 'unprotected' : 'muting';
    for (const { cover } of this.#covers.values()) {
      cover.className = `cover ${view}`;
      cover.dir = look.dir;
      cover.lang = look.lang;
      const word = document.createElement('span');
      word.textContent = look.word;
      cover.replaceChildren(icon(view), word);
    }
  }
}
