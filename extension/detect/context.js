// Finds the texts that are about several fields together: the name of a field's group, the headings before
// the field, the head of its column.

import { allIn, callNative, isA, isHtml, nativeProperty, parentAsDrawn } from '../dom/shadow.js';
import { once } from './batch.js';
import { words } from './fields.js';
import { nameOf, textIn } from './labels.js';

const HEADING = 'h1,h2,h3,h4,h5,h6,legend,caption,summary,[role=heading],[aria-current=step],'
  + '[class*=title i],[class*=heading i],[class*=header i],[class*=legend i],[class*=caption i]';
const FIELDS = 'input:not([type=hidden]),select,textarea,iframe';

const levels = 12;
const siblings_per_level = 6;
const most_headings = 2;

/**
 * The words of an element that is a heading, or of the last heading in another element. Empty if there is
 * none, or if the element is or contains a field.
 */
const headingIn = once((/** @type {Element} */ element) => {
  if (callNative(element, 'matches', FIELDS) || allIn(element, FIELDS).length > 0) return '';
  if (callNative(element, 'matches', HEADING)) return words(textIn(element));
  const inside = [...allIn(element, HEADING)].at(-1);
  return inside ? words(textIn(inside)) : '';
});

const groupName = once((/** @type {Element} */ element) => words(nameOf(element)));

/** @param {Element} node @returns {string} the nearest heading among the siblings before the node */
function headingBefore(node) {
  let at = nativeProperty(node, 'previousElementSibling');
  for (let seen = 0; at && seen < siblings_per_level; seen += 1) {
    const heading = headingIn(at);
    if (heading) return heading;
    at = nativeProperty(at, 'previousElementSibling');
  }
  return '';
}

/**
 * @param {Element} field
 * @returns {string[]} the headings and names of groups around it, the nearest first
 */
export function headingsOf(field) {
  /** @type {string[]} */
  const found = [];
  let at = /** @type {Element | null} */ (field);
  for (let level = 0; at && level < levels && found.length < most_headings; level += 1) {
    const name = level > 0 ? groupName(at) : '';
    const heading = headingBefore(at);
    for (const text of [name, heading]) if (text && !found.includes(text)) found.push(text);
    at = parentAsDrawn(at);
  }
  return found;
}

/** @param {HTMLTableRowElement} row @returns {boolean} */
const isHeadRow = (row) => isA(/** @type {Element} */ (row.parentNode), 'thead')
  || [...row.cells].every((it) => isA(it, 'th'));

/**
 * @param {HTMLTableRowElement} above @param {HTMLTableRowElement} row
 * @returns {boolean} whether each cell of the first row has a text and no field, and each cell of the next
 *   row has a field
 */
const isCaptionRow = (above, row) => above.cells.length === row.cells.length
  && [...above.cells].every((it) => textIn(it) !== '' && allIn(it, FIELDS).length === 0)
  && [...row.cells].every((it) => allIn(it, FIELDS).length > 0);

/**
 * @param {Element} field
 * @returns {string} the words of the head of the field's table column; empty if there is none
 */
export function columnHeadOf(field) {
  const cell = callNative(field, 'closest', 'td');
  const row = cell && callNative(cell, 'closest', 'tr');
  const table = row && callNative(row, 'closest', 'table');
  // Inside SVG, elements with these names are not parts of a table.
  if (!table || ![cell, row, table].every(isHtml)) return '';
  const [first] = table.rows;
  const above = nativeProperty(row, 'previousElementSibling');
  const head = above && isHtml(above) && isA(above, 'tr') && isCaptionRow(above, row) ? above
    : first !== row && isHeadRow(first) ? first : null;
  const th = head && head.cells.length > 1 ? head.cells[cell.cellIndex] : null;
  return th ? words(textIn(th)) : '';
}
