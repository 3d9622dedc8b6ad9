// Draws in a frame what the picker shows: outlines, the name of the element that a person points at, and the
// panel. All of it is in one closed shadow root above the page.

import { HOST_MARK } from '../common/marks.js';
import { isA, parentAsDrawn } from '../dom/shadow.js';
import { HOST_STYLE, STYLE } from './style.js';

/**
 * At most this many outlines are drawn, so that a selector that finds very many elements does not block the
 * page.
 */
const most_boxes = 100;

/**
 * The parent of the picker's element. A modal dialog makes everything outside it inert, so the picker has to
 * be inside.
 * @param {Element | null} element the outlined element
 */
function homeOf(element) {
  for (let at = element; at; at = parentAsDrawn(at)) {
    if (isA(at, 'dialog') && at.matches(':modal')) return at;
  }
  const dialogs = [...document.querySelectorAll('dialog')].filter((dialog) => dialog.matches(':modal'));
  return dialogs.at(-1) ?? document.documentElement;
}

/** @typedef {{element: Element, className: string}} Outlined */

/** @param {Outlined} outlined */
function outlineOf({ element, className }) {
  const box = document.createElement('div');
  const { left, top, width, height } = element.getBoundingClientRect();
  box.className = className;
  box.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  return box;
}

/** @param {{dir: string, lang: string}} words whose direction and language the element gets */
function createElement({ dir, lang }) {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new window.CSSStyleSheet();
  const name = document.createElement('div');
  const boxes = document.createElement('div');
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  host.setAttribute(HOST_MARK, 'picker');
  host.style.cssText = HOST_STYLE;
  host.dir = dir;
  host.lang = lang;
  host.popover = 'manual';
  name.className = 'name';
  name.setAttribute('role', 'status');
  root.append(boxes, name);
  return { host, root, boxes, name };
}

/** @param {{dir: string, lang: string}} words whose direction and language the picker's element gets */
export function createStage(words) {
  const { host, root, boxes, name } = createElement(words);
  /** @type {Outlined[]} */
  let outlined = [];

  function draw() {
    const there = outlined.filter(({ element }) => element.isConnected);
    boxes.replaceChildren(...there.map(outlineOf));
  }

  /** @param {Element | null} element the outlined element */
  function stand(element) {
    const home = homeOf(element);
    if (host.parentNode === home) return;
    home.append(host);
    host.showPopover();
  }

  /** Whether a panel at this place would cover the first outlined element. @param {DOMRect} panel */
  function hides(panel) {
    const it = outlined[0]?.element.getBoundingClientRect();
    return it !== undefined && it.left < panel.right && it.right > panel.left && it.top < panel.bottom
      && it.bottom > panel.top;
  }

  return {
    draw,

    /** @param {HTMLElement} panel */
    place(panel) {
      root.append(panel);
      panel.classList.toggle('moved', hides(panel.getBoundingClientRect()));
    },

    isOurs: (/** @type {EventTarget | null} */ target) => target === host,

    /**
     * @param {Element[]} elements
     * @param {'outline' | 'outline match'} className
     */
    outline(elements, className) {
      stand(elements[0] ?? null);
      outlined = elements.slice(0, most_boxes).map((element) => ({ element, className }));
      draw();
    },

    /** @param {string} text @param {string} [code] a name in code, shown after the text */
    say(text, code) {
      const exact = document.createElement('code');
      exact.dir = 'ltr';
      exact.textContent = code ?? '';
      name.replaceChildren(...text ? [text] : [], ...code ? [' ', exact] : []);
    },

    remove: () => host.remove(),
  };
}
