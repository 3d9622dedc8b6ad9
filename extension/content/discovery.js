// Finds the fields below a node that may belong to a payment form and puts them into groups.

import { guarded } from '../dom/guarded.js';
import { allIn, attribute, callNative, isA, isElement, nativeProperty, parentOf } from '../dom/shadow.js';
import { FIELD_SELECTOR } from './field-selector.js';

/** At most this many fields are examined again beside a label that names none. */
const most_beside = 8;

/** How many levels above a field its label is looked for. */
const label_levels = 10;

const FIELDS_AND_LABELS = `${FIELD_SELECTOR}, label`;

/** @param {Element} element @returns {boolean} whether it is a field, or a label that may describe one */
export const isRelevant = (element) => callNative(element, 'matches', FIELDS_AND_LABELS);

/**
 * Whether this frame may load without an event: for `about:blank#name` Chromium 156 fires no `load`, and
 * injects no registered script there.
 * @param {Element} element
 */
const isSilentFrame = (element) =>
  isA(element, 'iframe') && /^\s*about:/i.test(attribute(element, 'src'));

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
   * @param {Element} element a field, or a label that may describe its field
   * @returns {boolean} whether the change may create or end a payment form
   */
  const consider = (element) => guarded(() => {
    if (isSilentFrame(element)) reportOnce(element);
    if (!isA(element, 'label')) {
      note(element);
      return groups.consider(element);
    }
    const { control } = /** @type {HTMLLabelElement} */ (element);
    // A label without a control most likely belongs to the fields next to it.
    const around = control ? null : parentOf(element);
    const beside = around ? [...allIn(around, FIELD_SELECTOR)].slice(0, most_beside) : [];
    const fields = control ? [control] : beside;
    return groups.considerAll(fields.filter((field) => callNative(field, 'matches', FIELD_SELECTOR)));
  }) ?? false;

  /** @param {Node} node @returns {boolean} whether it, or anything below it, may create or end a form */
  function discover(node) {
    const all = [...isElement(node) && isRelevant(node) ? [node] : [], ...allIn(node, FIELDS_AND_LABELS)];
    return all.map(consider).some(Boolean);
  }

  return {
    consider,
    discover,
    /** Whether a node is a field, or at most `label_levels` above one. */
    isAround: (/** @type {Node} */ node) => nearby.has(node),
    /** To be called when the port is open again: a report may have been lost with the previous port. */
    portIsUp() {
      reported = new WeakSet();
    },
  };
}
