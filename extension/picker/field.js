// Finds the field that an agent points at. A correction is always about a field, so that an inaccurate click
// cannot make it about the whole page.

import { FRAMES } from '../dom/frames.js';
import { allIn, callNative, hostAround } from '../dom/shadow.js';

const FIELDS = `select,textarea,${FRAMES},[contenteditable]:not([contenteditable=false]),[role=textbox],`
  + '[role=combobox],input:not([type=hidden],[type=button],[type=submit],[type=reset],[type=image],'
  + '[type=checkbox],[type=radio],[type=file],[type=range],[type=color])';

/** @param {Element} field @returns {boolean} */
const isShown = (field) => callNative(field, 'checkVisibility', { visibilityProperty: true });

/**
 * @param {Element} element
 * @returns {Element | null} the field that the element is in, or the field of the label that it is in, or the
 *   only visible field inside it; null: there is none of these
 */
export function fieldOf(element) {
  /** @type {Element | null} */
  let at = element;
  for (; at; at = hostAround(at)) {
    const around = at.closest(FIELDS);
    if (around) return around;
    const control = /** @type {HTMLLabelElement | null} */ (at.closest('label'))?.control;
    if (control?.matches(FIELDS)) return control;
  }
  const inside = [...allIn(element, FIELDS)].filter(isShown);
  return inside.length === 1 ? inside[0] : null;
}
