// Finds the fields below a node that may belong to a payment form and puts them into groups.

import { allIn, callNative, isA, isElement } from '../dom/shadow.js';
import { FIELD_SELECTOR } from './evidence.js';

const FIELDS_AND_LABELS = `${FIELD_SELECTOR}, label`;

/** @param {Element} element @returns {boolean} whether it is a field, or a label that may describe one */
export const isRelevant = (element) => callNative(element, 'matches', FIELDS_AND_LABELS);

/** @param {ReturnType<typeof import('./groups.js').createGroups>} groups */
export function createDiscovery(groups) {
  /**
   * @param {Element} element a field, or a label that may describe its field
   * @returns {boolean} whether the change may create or end a payment form
   */
  function consider(element) {
    const field = isA(element, 'label') ? /** @type {HTMLLabelElement} */ (element).control : element;
    return field !== null && field.matches(FIELD_SELECTOR) && groups.consider(field);
  }

  /** @param {Node} node @returns {boolean} the same for the node and everything below it */
  function discover(node) {
    let any = isElement(node) && isRelevant(node) && consider(node);
    for (const element of allIn(node, FIELDS_AND_LABELS)) any = consider(element) || any;
    return any;
  }

  return { consider, discover };
}
