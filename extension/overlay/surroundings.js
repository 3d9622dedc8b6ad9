// Finds what is around a payment form on the screen, so that the banner does not cover it. Only the places of
// texts are read, not their words.

import { allIn, isElement, nativeProperty, parentAsDrawn, rectOf } from '../dom/shadow.js';
import { TYPED_IN } from './fields-of.js';

/**
 * @typedef {import('./boxes.js').Box} Box
 * @typedef {import('./banner-place.js').Around} Around
 * @typedef {import('./banner-place.js').Size} Size
 * @typedef {import('../content/groups.js').Group} Group
 */

const CONTROLS = 'a[href], button, summary, label, [role=button], input, select';

/**
 * At most this many controls and texts are considered, in a part of the page with at most this many elements.
 * On a page with more, the banner may cover some.
 */
const most_controls = 256;
const most_texts = 600;
const most_elements = 1500;

/**
 * If a form is higher than this share of the window, the banner is placed next to the form's fields instead.
 */
const most_of_window = 0.8;

/** The surroundings are read again after this time. Until then they are assumed to move with the fields. */
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

/** @param {NodeListOf<Element>} list @param {Size} view */
const boxesOf = (list, view) => [...list].slice(0, most_controls).map(rectOf)
  .filter((box) => isInView(box, view));

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

/** @param {Element} part @param {Size} view @returns {Box[]} the boxes of its texts */
function wordsIn(part, view) {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const boxes = [];
  for (let left = most_texts; left > 0 && texts.nextNode(); left -= 1) {
    range.selectNode(texts.currentNode);
    const box = range.getBoundingClientRect();
    if (isInView(box, view)) boxes.push(box);
  }
  return boxes;
}

/** @param {Box} box @param {number} dx @param {number} dy @returns {Box} */
const moved = ({ left, top, right, bottom }, dx, dy) =>
  ({ left: left + dx, top: top + dy, right: right + dx, bottom: bottom + dy });

export function createSurroundings() {
  /** @type {{at_ms: number, anchor: Element, left: number, top: number, rest: Pick<Around,
   *   'typed' | 'controls' | 'words'>} | null} */
  let known = null;

  /** @param {Element} anchor @param {Size} view @param {Box | null} fields */
  function restOf(anchor, view, fields) {
    const now = performance.now();
    const { left, top } = fields ?? { left: 0, top: 0 };
    if (known?.anchor === anchor && now - known.at_ms < look_again_ms) {
      const [dx, dy] = [left - known.left, top - known.top];
      const { typed, controls, words } = known.rest;
      const follow = (/** @type {Box[]} */ boxes) => boxes.map((box) => moved(box, dx, dy));
      return dx === 0 && dy === 0 ? known.rest
        : { typed: follow(typed), controls: follow(controls), words: follow(words) };
    }
    const part = partAround(anchor);
    const rest = {
      typed: boxesOf(allIn(document, TYPED_IN), view),
      controls: boxesOf(allIn(part, CONTROLS), view),
      words: wordsIn(part, view),
    };
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
      const { typed, controls, words } = restOf(anchor, view, fields);
      return {
        form: height > 0 && height <= view.height * most_of_window ? owner : null,
        fields, controls, words, typed: [...typed, ...boxes],
        rightToLeft: getComputedStyle(nativeProperty(anchor, 'parentElement') ?? anchor).direction === 'rtl',
      };
    },
  };
}
