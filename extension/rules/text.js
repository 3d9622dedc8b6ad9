// The text of an element that a person can see, for a rule that names one. Used by rules-conditions.js.
// Nothing that was typed is in it: whatever takes input is passed over as a whole.

import { hostAround, isElement, ownOf, shadowRootOf } from './shadow.js';

/** More than this of one element is not read. */
const most_text_characters = 2000;
const most_text_nodes = 400;

/** `Node.TEXT_NODE`, which a page may have written over. */
const text_node = 3;

/** What holds something typed, or something that nobody reads. */
const PASSED_OVER = 'input,select,textarea,[contenteditable]:not([contenteditable=false]),[role=textbox],'
  + '[role=searchbox],[role=combobox],[role=spinbutton],script,style,noscript,template';

/** @param {Element} element @returns {boolean} */
const isPassedOver = (element) => ownOf(element, 'matches').call(element, PASSED_OVER);

/** @param {Element} element @returns {boolean} whether it stands in something that is passed over */
function standsInOne(element) {
  /** @type {Element | null} */
  let at = element;
  for (; at; at = hostAround(at)) if (ownOf(at, 'closest').call(at, PASSED_OVER)) return true;
  return false;
}

/** @param {Element} element @returns {Iterable<Node>} its children as they are drawn */
function drawnChildren(element) {
  const root = shadowRootOf(element);
  if (root) return root.childNodes;
  if (element.localName !== 'slot') return ownOf(element, 'childNodes');
  const slotted = /** @type {HTMLSlotElement} */ (element).assignedNodes();
  return slotted.length > 0 ? slotted : ownOf(element, 'childNodes');
}

/** @param {Element} element @returns {string[]} the parts of its text, in their order */
function partsOf(element) {
  /** @type {string[]} */
  const parts = [];
  let characters = 0;
  let nodes = 0;

  /** @param {Element} around */
  function read(around) {
    const seen = ownOf(around, 'checkVisibility').call(around, { visibilityProperty: true });
    for (const node of drawnChildren(around)) {
      nodes += 1;
      if (characters >= most_text_characters || nodes > most_text_nodes) return;
      if (isElement(node)) {
        if (!isPassedOver(node)) read(node);
      } else if (seen && node.nodeType === text_node) {
        const part = (node.nodeValue ?? '').slice(0, most_text_characters - characters);
        characters += part.length;
        parts.push(part);
      }
    }
  }

  if (!standsInOne(element)) read(element);
  return parts;
}

/**
 * @param {Element} element
 * @param {string} text in lower case, with single spaces
 */
export function showsText(element, text) {
  const parts = partsOf(element);
  // "Appro<b>ved</b>" is one word, "<td>Card</td><td>number</td>" are two: either reading will do.
  return ['', ' '].some((between) =>
    parts.join(between).replace(/\s+/g, ' ').toLowerCase().includes(text));
}
