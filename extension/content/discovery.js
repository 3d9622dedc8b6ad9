// Finds, below a node, the fields that may belong to a payment form, and puts them into groups.

import { guarded } from '../dom/guarded.js';
import { allIn, attribute, callNative, isA, isElement, nativeProperty, parentOf } from '../dom/shadow.js';
import { FIELD_SELECTOR } from './field-selector.js';

/** For a label without a control, at most this many fields next to it are examined again. */
const most_beside = 8;

/** A text that is added to an element at most this many levels above a field may be the field's label. */
const label_levels = 10;

const FIELDS_AND_LABELS = `${FIELD_SELECTOR}, label`;

/** @param {Element} element @returns {boolean} whether it is a field, or a label that may describe one */
export const isRelevant = (element) => callNative(element, 'matches', FIELDS_AND_LABELS);

/** @param {Node} node @returns {Element[]} the relevant ones among the node and the elements below it */
export const relevantIn = (node) =>
  [...isElement(node) && isRelevant(node) ? [node] : [], ...allIn(node, FIELDS_AND_LABELS)];

/**
 * Whether this frame may load without an event: for `about:blank#name` Chromium 156 fires no `load`, and
 * injects no registered script there.
 * @param {Element} element
 */
const isSilentFrame = (element) =>
  isA(element, 'iframe') && /^\s*about:/i.test(attribute(element, 'src'));

/**
 * @param {Element} label
 * @param {Set<Element>} searched the parents of labels whose fields were already returned
 * @returns {Element[]} the fields that the label may describe. For a label without a control, none if its
 *   parent is in `searched`
 */
function describedBy(label, searched) {
  const { control } = /** @type {HTMLLabelElement} */ (label);
  if (control) return callNative(control, 'matches', FIELD_SELECTOR) ? [control] : [];
  // A label without a control most likely describes the fields next to it.
  const around = parentOf(label);
  if (!around || searched.has(around)) return [];
  searched.add(around);
  return [...allIn(around, FIELD_SELECTOR)].slice(0, most_beside);
}

/**
 * @param {ReturnType<typeof import('./groups.js').createGroups>} groups
 * @param {(frame: Element) => void} onFrame called for a frame whose load the browser may not report
 */
export function createDiscovery(groups, onFrame) {
  /** The documents of silent frames (isSilentFrame) that were passed to onFrame since this port opened. */
  let reported = new WeakSet();
  /** @type {WeakSet<Node>} fields, and what is at most `label_levels` above them */
  const nearby = new WeakSet();

  /** @param {Element} field */
  function note(field) {
    /** @type {Node | null} */
    let at = field;
    for (let level = 0; at && level <= label_levels; level += 1, at = nativeProperty(at, 'parentNode')) {
      nearby.add(at);
    }
  }

  /** @param {Element} frame */
  function reportOnce(frame) {
    const { contentDocument } = /** @type {HTMLIFrameElement} */ (frame);
    if (contentDocument && reported.has(contentDocument)) return;
    if (contentDocument) reported.add(contentDocument);
    onFrame(frame);
  }

  /**
   * @param {Element[]} elements fields, and labels whose fields are to be examined
   * @returns {boolean} whether the change may create or end a payment form
   */
  function consider(elements) {
    /** @type {Set<Element>} a set, so that each is examined once, however many labels are next to it */
    const fields = new Set();
    /** @type {Set<Element>} */
    const searched = new Set();
    for (const element of elements) {
      guarded(() => {
        if (isSilentFrame(element)) reportOnce(element);
        for (const field of isA(element, 'label') ? describedBy(element, searched) : [element]) {
          note(field);
          fields.add(field);
        }
      });
    }
    return groups.considerAll([...fields]);
  }

  return {
    consider,
    /** @param {Node} node @returns {boolean} whether it, or anything below it, may create or end a form */
    discover: (node) => consider(relevantIn(node)),
    /** Whether a node is a field, or at most `label_levels` above one. */
    isAround: (/** @type {Node} */ node) => nearby.has(node),
    /** To be called when the port is open again: a report may have been lost with the previous port. */
    portIsUp() {
      reported = new WeakSet();
    },
  };
}
