// Finds what is around a payment form on the screen, so that the banner does not cover it. Of texts only the
// places are read, not the words.

import {
  allIn, callNative, hostAround, isElement, nativeProperty, parentAsDrawn, rectOf, rootAround, shadowRootOf,
} from '../dom/shadow.js';
import { isDrawnIn } from './drawn.js';
import { TYPED_IN } from './fields-of.js';

/**
 * @typedef {import('./boxes.js').Box} Box
 * @typedef {import('./banner-place.js').Around} Around
 * @typedef {import('./banner-place.js').Size} Size
 * @typedef {import('../content/groups.js').Group} Group
 */

const CONTROLS = 'a[href], button, summary, label, [role=button], input, select';

/**
 * At most this many controls and texts are considered, in a part of the page with at most `most_elements`. On
 * a page with more, the banner may cover some.
 */
const most_controls = 256;
const most_texts = 600;
const most_elements = 1500;

/** At most this many elements that can be typed into are considered, in the whole page. */
const most_typed = 2000;

/** At most this many roots (the document and shadow roots) are searched, first those around the form. */
const most_roots = 1000;

/**
 * How many elements are asked for a shadow root each time the surroundings are read. This takes 5 ms in
 * Chromium, which is slower than Firefox.
 */
const asked_at_once = 1000;

/** If a form is taller than this share of the window, the banner is placed next to its fields instead. */
const most_of_window = 0.8;

/** After this time the surroundings are read again. Until then they are assumed to move with the fields. */
export const look_again_ms = 500;

/** @param {Box} box @param {Size} view */
const isInView = ({ left, top, right, bottom }, { width, height }) =>
  right > left && bottom > top && right > 0 && bottom > 0 && left < width && top < height;

/** @param {Box[]} boxes @returns {Box} */
const around = (boxes) => ({
  left: Math.min(...boxes.map(({ left }) => left)),
  top: Math.min(...boxes.map(({ top }) => top)),
  right: Math.max(...boxes.map(({ right }) => right)),
  bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
});

/** @param {Element[]} list @param {Size} view */
const boxesOf = (list, view) => list.map(rectOf).filter((box) => isInView(box, view));

/** @returns {Element | null} the element with the focus, also in any shadow root, if it can be typed into */
function focusedElement() {
  /** @type {Element | null} */
  let at = document.activeElement;
  for (let root = at && shadowRootOf(at, true); root; root = at && shadowRootOf(at, true)) {
    if (!root.activeElement) break;
    at = root.activeElement;
  }
  return at && callNative(at, 'matches', TYPED_IN) ? at : null;
}

/** @param {Element} element @returns {(Document | ShadowRoot)[]} the roots around it, the innermost first */
function rootsAround(element) {
  const roots = [];
  /** @type {Element | null} */
  let at = element;
  for (; at; at = hostAround(at)) roots.push(rootAround(at));
  return roots;
}

/**
 * The largest part of the page around an element that is small enough to be searched.
 * @param {Element} element
 */
function partAround(element) {
  let part = element;
  for (let at = parentAsDrawn(element); at; at = parentAsDrawn(at)) {
    if (allIn(at, '*').length > most_elements) break;
    part = at;
  }
  return part;
}

/** @param {(Element | ShadowRoot)[]} parts @param {Size} view @returns {Box[]} the boxes of their texts */
function wordsIn(parts, view) {
  const range = document.createRange();
  const boxes = [];
  let left = most_texts;
  for (const part of parts) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (; left > 0 && texts.nextNode(); left -= 1) {
      range.selectNode(texts.currentNode);
      const box = range.getBoundingClientRect();
      if (isInView(box, view)) boxes.push(box);
    }
  }
  return boxes;
}

/** @param {Box} box @param {number} dx @param {number} dy @returns {Box} */
const moved = ({ left, top, right, bottom }, dx, dy) =>
  ({ left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy });

/**
 * @param {Element} anchor
 * @param {Size} view
 * @param {Element[]} shown the form's fields
 * @param {Set<ShadowRoot>} known the shadow roots found so far
 */
function read(anchor, view, shown, known) {
  const part = partAround(anchor);
  const roots = [...new Set([document, ...shown.flatMap(rootsAround), ...known])].slice(0, most_roots);
  const parts = [part, ...[...known].slice(0, most_roots).filter(({ host }) => isDrawnIn(part, host))];
  const controls = parts.flatMap((it) => [...allIn(it, CONTROLS)]);
  return {
    typed: boxesOf(roots.flatMap((root) => [...allIn(root, TYPED_IN)]).slice(0, most_typed), view),
    controls: boxesOf(controls.slice(0, most_controls), view),
    words: wordsIn(parts, view),
  };
}

/** @param {import('./root-sweep.js').RootSweep} sweep */
export function createSurroundings(sweep) {
  /** @type {{at_ms: number, anchor: Element, left: number, top: number, rest: Pick<Around,
   *   'typed' | 'controls' | 'words'>} | null} */
  let known = null;

  /**
   * @param {Element} anchor
   * @param {Size} view
   * @param {Box | null} fields
   * @param {Element[]} shown
   */
  function restOf(anchor, view, fields, shown) {
    const now = performance.now();
    const { left, top } = fields ?? { left: 0, top: 0 };
    if (known?.anchor === anchor && now - known.at_ms < look_again_ms) {
      const [dx, dy] = [left - known.left, top - known.top];
      const { typed, controls, words } = known.rest;
      const follow = (/** @type {Box[]} */ boxes) => boxes.map((box) => moved(box, dx, dy));
      return dx === 0 && dy === 0 ? known.rest
        : { typed: follow(typed), controls: follow(controls), words: follow(words) };
    }
    sweep.step(asked_at_once);
    const rest = read(anchor, view, shown, sweep.roots);
    known = { at_ms: now, anchor, left, top, rest };
    return rest;
  }

  return {
    /**
     * @param {Group | null} group null: the form is in another frame
     * @param {Size} view
     * @returns {Around | null} null: none of the form's fields is in the page
     */
    of(group, view) {
      const shown = group?.shown.filter((field) => field.isConnected) ?? [];
      if (group && shown.length === 0) return null;
      const anchor = shown[0] ?? document.body ?? document.documentElement;
      const boxes = shown.map(rectOf);
      const fields = boxes.length > 0 ? around(boxes) : null;
      const owner = group && isElement(group.owner) ? rectOf(group.owner) : null;
      const height = owner ? owner.bottom - owner.top : 0;
      const { typed, controls, words } = restOf(anchor, view, fields, shown);
      const at = focusedElement();
      const focused = at && rectOf(at);
      return {
        form: height > 0 && height <= view.height * most_of_window ? owner : null,
        fields, controls, words, focused, typed: [...typed, ...boxes, ...focused ? [focused] : []],
        rightToLeft: getComputedStyle(nativeProperty(anchor, 'parentElement') ?? anchor).direction === 'rtl',
      };
    },
  };
}
