// Finds out what decided about the forms of this frame, by running the detector again on each field. The
// result contains only words of the page and our own, never what a person typed.

import { evidenceOf } from '../detect/evidence.js';
import { FIELD_ELEMENTS } from '../detect/field-elements.js';
import { judgeSeen } from '../detect/judge.js';
import { DECLARED } from '../common/marks.js';
import { isSeen } from '../dom/covered.js';
import { allIn, attribute, formAround, isElement, shadowRootOf } from '../dom/shadow.js';
import { withNotes } from './because.js';
import { sourceOf } from './sources.js';

/**
 * @typedef {import('../detect/evidence.js').Evidence} Evidence
 * @typedef {{element: Element, evidence: Evidence | null, seen: boolean,
 *   notes: import('./because.js').Note[]}} Looked
 * @typedef {{field: string, evidence: Evidence | null, seen: boolean, says: string[]}} Field
 * @typedef {{form: string, reason: string | null, short_of: string, fields: Field[]}} Form
 */

/** Kind of a note -> what the result says after the note's text and the place of the text. */
const WORDS = {
  is: 'says so', group: 'is about a card', qualified: 'may name another card', against: 'speaks against it',
};

/** Notes of the kind `against` with a text of our own, not of the page -> what the result says instead. */
const FIXED = { fixed: 'read-only or disabled', declared: 'data-cardmute="none" around it',
  search: 'in a search', area: 'a text area takes notes' };

/** @param {Element} element @returns {string} such as `input[name="card"]` */
function nameOf(element) {
  const name = ['name', 'id', 'title'].find((it) => attribute(element, it) !== '');
  return element.localName + (name ? `[${name}="${attribute(element, name)}"]` : '');
}

/** @param {Element} element @param {import('./because.js').Note} note */
function sayOf(element, { what, text }) {
  const fixed = what === 'against' && FIXED[/** @type {keyof typeof FIXED} */ (text)];
  if (fixed) return fixed;
  if (text === '') return 'its options say so';
  return `${sourceOf(element, text)} ${WORDS[/** @type {keyof typeof WORDS} */ (what)]}`;
}

/** @param {Looked} looked @returns {Field} */
const fieldOf = ({ element, evidence, seen, notes }) => ({
  field: nameOf(element), evidence, seen,
  says: notes.length > 0 || !evidence ? notes.map((note) => sayOf(element, note)) : [evidence.why],
});

/** @param {Node} owner @param {Looked[]} fields @returns {Form} */
function explain(owner, fields) {
  const judged = fields.flatMap(({ element, evidence, seen }) =>
    evidence && seen ? [/** @type {[Element, Evidence]} */ ([element, evidence])] : []);
  const [reason, notes] = withNotes(() => judgeSeen(judged, owner));
  return { form: isElement(owner) ? nameOf(owner) : 'outside any form', reason,
    short_of: notes.at(-1)?.text ?? '', fields: fields.map(fieldOf) };
}

/** @returns {Element[]} the elements that may be fields, including those in shadow roots */
function fieldsHere() {
  /** @type {(Document | ShadowRoot)[]} */
  const roots = [document];
  /** @type {Element[]} */
  const found = [];
  for (const root of roots) {
    found.push(...allIn(root, `${FIELD_ELEMENTS},[${DECLARED}=payment]`));
    for (const element of allIn(root, '*')) {
      const inner = shadowRootOf(element, true);
      if (inner) roots.push(inner);
    }
  }
  return found;
}

/** @param {Element} element @returns {Looked} */
function lookAt(element) {
  const [evidence, notes] = withNotes(() => evidenceOf(element));
  return { element, evidence, notes, seen: isSeen(element) };
}

/**
 * @param {(element: Element) => boolean} [isOurs] whether an element is the extension's own, not the page's
 * @returns {Form[]} the forms of this frame with evidence for or against a card field
 */
export function formsHere(isOurs = () => false) {
  /** @type {Map<Node, Looked[]>} */
  const owners = new Map();
  for (const looked of fieldsHere().map(lookAt)) {
    if (looked.notes.length === 0 && !looked.evidence || isOurs(looked.element)) continue;
    const owner = formAround(looked.element) ?? document;
    owners.set(owner, [...owners.get(owner) ?? [], looked]);
  }
  return [...owners].map(([owner, fields]) => explain(owner, fields));
}
