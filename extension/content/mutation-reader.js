// Determines which mutations of the document may create, change, show or hide a payment form.

import { guarded } from '../dom/guarded.js';
import { allIn, callNative, isA, isElement, nativeProperty } from '../dom/shadow.js';
import { SHOWING } from '../dom/visibility-observer.js';
import { isRelevant, relevantIn } from './discovery.js';
import { FIELD_ATTRIBUTES, FIELD_SELECTOR } from './field-selector.js';

export const OBSERVED = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: [...FIELD_ATTRIBUTES, ...SHOWING],
};

/**
 * @typedef {object} Found
 * @property {boolean} fields the change may create or end a form
 * @property {boolean} touched something around a candidate form has changed
 * @property {boolean} styles other styles may apply now and show or hide a form
 */

/** In an element with more children or fields than this, an added text is hardly the label of a field. */
const most_children = 6;
/** The same with more elements than this below it: its only child may contain thousands of rows. */
const most_below = 128;

/** @param {Node} node @returns {boolean} whether a text in it is probably the label of a field in it */
function isLabelled(node) {
  // The browser visits at most most_below elements for this. A query, or a count of children, would visit
  // all.
  if (!isElement(node) || callNative(node, 'getElementsByTagName', '*')[most_below]) return false;
  if (node.childElementCount > most_children) return false;
  const { length } = allIn(node, FIELD_SELECTOR);
  return length > 0 && length <= most_children;
}

/**
 * @param {ReturnType<typeof import('./groups.js').createGroups>} groups
 * @param {ReturnType<typeof import('./discovery.js').createDiscovery>} discovery
 * @param {(node: Node) => boolean} isOurs
 * @param {(node: Element, into: Node) => void} onAdded
 */
export function createMutationReader(groups, { consider, isAround }, isOurs, onAdded) {
  /** @type {Element[][]} the fields and labels to examine, once all records are read */
  let changed = [];

  /**
   * @param {Node} target a node with added or removed children
   * @returns {Node | undefined} the node with the fields for which these children may be labels
   */
  const labelledBy = (target) => [target, nativeProperty(target, 'parentNode')]
    .find((node) => isAround(node) && isLabelled(node));

  /** @param {MutationRecord} record @param {Found} found @param {boolean} idle */
  function readAttribute({ target, attributeName }, found, idle) {
    const element = /** @type {Element} */ (target);
    // An element that was a field before the change is examined too, since it may no longer be one.
    const isField = () => isRelevant(element) || groups.has(element);
    if (FIELD_ATTRIBUTES.includes(/** @type {string} */ (attributeName)) && isField()) {
      changed.push([element]);
    }
    if (idle) return;
    if (groups.touches(target)) found.touched = true;
    // A style rule with a sibling combinator can show or hide an element next to this one.
    else if (groups.touches(nativeProperty(target, 'parentNode'))) found.styles = true;
  }

  /** @param {MutationRecord} record @param {Found} found */
  function readChildren({ target, addedNodes }, found) {
    for (let at = 0; at < addedNodes.length; at += 1) {
      const node = addedNodes[at];
      if (!isElement(node) || isOurs(node)) continue;
      if (isA(node, 'style') || isA(node, 'link')) found.styles = true;
      guarded(() => {
        changed.push(relevantIn(node));
        onAdded(node, target);
      });
    }
    if (target.nodeName === 'LABEL') changed.push([/** @type {Element} */ (target)]);
    const labelled = labelledBy(target);
    if (labelled) changed.push(relevantIn(labelled));
    if (target.nodeName === 'STYLE' || groups.touches(target)) found.styles = true;
  }

  /** @param {MutationRecord[]} records @returns {Found} */
  return (records) => {
    /** @type {Found} */
    const found = { fields: false, touched: false, styles: false };
    // Without a candidate there is no form that a change could show or hide.
    const idle = groups.possible().length === 0;
    for (const record of records) {
      if (isOurs(record.target)) continue;
      guarded(() => (record.type === 'attributes' ? readAttribute : readChildren)(record, found, idle));
    }
    found.fields = consider(changed.flat());
    changed = [];
    return found;
  };
}
