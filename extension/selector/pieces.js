// Finds the parts of a selector that identify an element, the most stable first. They come from attributes
// that a person has written, never from the page's texts or from typed text.

import { looksWritten, saysWhatItIs } from './written.js';

/** Attributes on which automated tests of the page rely, so that they rarely change. */
const TEST_NAMES = ['data-testid', 'data-test-id', 'data-test', 'data-qa', 'data-cy', 'data-automation-id'];

/** Attribute -> values that name the kind of the element, and so nothing about a customer. */
const KINDS = { role: /^[a-z]+$/, 'aria-modal': /^true$/, autocomplete: /^cc-[a-z-]+$/ };

const most_classes = 3;

/** @param {Element} element @param {string} name */
const attribute = (element, name) => element.getAttribute(name) ?? '';

/** @param {string} name @param {string} text */
const has = (name, text) => `[${name}="${text}"]`;

/** @param {Element} element */
export const tagOf = (element) => CSS.escape(element.localName);

/** @param {Element} element @returns {string[]} each without the element's tag */
export function piecesOf(element) {
  const pieces = [];
  const id = attribute(element, 'id');
  if (looksWritten(id)) pieces.push(`#${CSS.escape(id)}`);
  for (const name of [...TEST_NAMES, 'name']) {
    const text = attribute(element, name);
    if (looksWritten(text)) pieces.push(has(name, text));
  }
  for (const [name, wanted] of Object.entries(KINDS)) {
    const text = attribute(element, name);
    if (wanted.test(text)) pieces.push(has(name, text));
  }
  const classes = [...element.classList].filter(saysWhatItIs).slice(0, most_classes);
  return [...pieces, ...classes.map((name) => `.${CSS.escape(name)}`)];
}

/** @param {Element} element @returns {string} a short name to show to a person */
export const shortName = (element) => element.localName + (piecesOf(element)[0] ?? '');
