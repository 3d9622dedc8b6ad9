// What an element can be told by in a selector, the most lasting first: attributes that a person has written,
// never a text of the page or what was typed.

import { looksWritten, saysWhatItIs } from './written.js';

/** By these, programs that test the page find their way too; so they last. */
const TEST_NAMES = ['data-testid', 'data-test-id', 'data-test', 'data-qa', 'data-cy', 'data-automation-id'];

/** Attributes that say what kind an element is, for screen readers; they say nothing about the customer. */
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

/** @param {Element} element @returns {string} short, for a person */
export const shortName = (element) => element.localName + (piecesOf(element)[0] ?? '');
