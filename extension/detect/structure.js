// Finds evidence in the structure of a field, for when its words say nothing.

import { textIn } from './labels.js';
import { isA } from '../dom/shadow.js';

/** @typedef {import('./fields.js').Kind} Kind */

/** A list of years that starts in this year or later is taken for expiry years. Birth years start earlier. */
const first_year = 2005;
const least_years = 5;

/**
 * @param {Element} select
 * @returns {Kind | null} `holder` for card types, `date` for months or years of expiry; null: neither
 */
function choicesOf(select) {
  const text = textIn(select).toLowerCase();
  if (/visa/.test(text) && /master/.test(text)) return 'holder';
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const rises = numbers.every((number, index) => index === 0 || number === numbers[index - 1] + 1);
  if (!rises || numbers.length < least_years) return null;
  const [first] = numbers;
  return first === 1 && numbers.length === 12 || first >= first_year ? 'date' : null;
}

/**
 * @param {Element} field
 * @returns {Kind | null}
 */
export function structureOf(field) {
  return isA(field, 'select') ? choicesOf(field) : null;
}
