// The covers over card fields that wait for the mute. Used by main.js. They are for eyes and pointer; what
// keeps a field from being typed in is hold.js, and a screen reader hears of it in the banner.

import { hostAround } from '../content/shadow.js';
import { icon } from './banner-parts.js';
import { seenBox } from './boxes.js';

/**
 * @typedef {{late: boolean, word: string, dir: string, lang: string}} Look
 * @typedef {{cover: HTMLElement, spot: string}} Cover
 */

/** @param {import('./boxes.js').Box | null} box */
function spotOf(box) {
  if (!box) return 'display:none';
  const [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom].map(Math.round);
  return `width:${right - left}px;height:${bottom - top}px;transform:translate(${left}px,${top}px)`;
}

/**
 * @param {Element} layer where they are put
 * @param {() => void} onScroll the fields may have moved
 * @param {() => void} onTouch someone presses on one
 */
export function createCovers(layer, onScroll, onTouch) {
  /** @type {Map<Element, Cover>} */
  const covers = new Map();
  const sizes = new ResizeObserver(onScroll);
  let looks = '';
  let listening = new AbortController();

  /** @param {Element} field */
  function add(field) {
    const cover = document.createElement('div');
    cover.ariaHidden = 'true';
    cover.addEventListener('pointerdown', ({ isTrusted }) => { if (isTrusted) onTouch(); });
    // Else a press would take the focus from where it is.
    cover.addEventListener('mousedown', (event) => event.preventDefault());
    layer.append(cover);
    covers.set(field, { cover, spot: '' });
    looks = '';
  }

  /** What scrolls inside a shadow root is not told to the window. */
  function listen() {
    sizes.disconnect();
    listening.abort();
    listening = new AbortController();
    for (const field of covers.keys()) {
      sizes.observe(field);
      for (let host = hostAround(field), at = field; host; at = host, host = hostAround(host)) {
        at.getRootNode().addEventListener('scroll', onScroll, { capture: true, signal: listening.signal });
      }
    }
  }

  /** @param {Look} look */
  function draw(look) {
    const now = JSON.stringify(look);
    if (now === looks) return;
    looks = now;
    for (const { cover } of covers.values()) {
      cover.className = `cover ${look.late ? 'unprotected' : 'muting'}`;
      cover.dir = look.dir;
      cover.lang = look.lang;
      const word = document.createElement('span');
      word.textContent = look.word;
      cover.replaceChildren(icon(look.late ? 'unprotected' : 'muting'), word);
    }
  }

  return {
    /** @param {Set<Element>} fields @param {Look} look */
    set(fields, look) {
      let changed = false;
      for (const [field, { cover }] of covers) {
        if (fields.has(field)) continue;
        cover.remove();
        changed = covers.delete(field);
      }
      for (const field of fields) {
        if (covers.has(field)) continue;
        add(field);
        changed = true;
      }
      if (changed) listen();
      draw(look);
    },

    /** First reads all, then writes. @param {Element} home @returns {boolean} whether any has moved */
    place(home) {
      const boxes = [...covers.keys()].map((field) => seenBox(field, home));
      let moved = false;
      [...covers.values()].forEach((it, at) => {
        const spot = spotOf(boxes[at]);
        if (spot === it.spot) return;
        it.spot = spot;
        it.cover.style.cssText = spot;
        moved = true;
      });
      return moved;
    },
  };
}
