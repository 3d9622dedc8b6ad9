// The detector as `scripts/detect --why` builds it: it works as the shipped one, keeps what decided, and
// answers an event with it. It says only the page's own words, never what a person typed.
import { DETECTOR } from '../../../extension/common/marks.js';
import { evidenceOf } from '../../../extension/detect/evidence.js';
import { judge, judgeSeen } from '../../../extension/detect/judge.js';
import { attribute, formAround } from '../../../extension/dom/shadow.js';
import { withNotes } from '../../../extension/detect/because.js';
import { sourceOf } from './sources.js';

/**
 * @typedef {import('../../../extension/detect/evidence.js').Evidence} Evidence
 * @typedef {{evidence: Evidence | null, notes: import('./because.js').Note[]}} Looked
 * @typedef {{field: string, evidence: Evidence | null, seen: boolean, says: string[]}} Field
 * @typedef {{form: string, reason: string | null, short_of: string, fields: Field[]}} Form
 */

/** @type {Map<Element, Looked>} */
const looked = new Map();
/** @type {WeakMap<Node, Set<Element>>} the fields of a form that were visible at the last look */
const shown = new WeakMap();

const detector = {
  judge,
  evidenceOf(/** @type {Element} */ element) {
    const [evidence, notes] = withNotes(() => evidenceOf(element));
    looked.set(element, { evidence, notes });
    return evidence;
  },
  judgeSeen(/** @type {[Element, Evidence][]} */ seen, /** @type {Node} */ owner) {
    shown.set(owner, new Set(seen.map(([element]) => element)));
    return judgeSeen(seen, owner);
  },
};

/** @param {Element} element @returns {string} such as `input[name="card"]` */
function nameOf(element) {
  const name = ['name', 'id', 'title'].find((it) => attribute(element, it) !== '');
  return element.localName + (name ? `[${name}="${attribute(element, name)}"]` : '');
}

/** What is said of a field for each note. A text that is no text of the page stands as it is. */
const WORDS = {
  is: 'says so', group: 'is about a card', qualified: 'may name another card', against: 'speaks against it',
};

/** What speaks against a field without words. */
const FIXED = { fixed: 'read-only or disabled', declared: 'data-cardmute="none" around it',
  search: 'in a search', area: 'a text area takes notes' };

/** @param {Element} element @param {import('./because.js').Note} note */
function sayOf(element, { what, text }) {
  const fixed = what === 'against' && FIXED[/** @type {keyof typeof FIXED} */ (text)];
  if (fixed) return fixed;
  if (text === '') return 'its options say so';
  return `${sourceOf(element, text)} ${WORDS[/** @type {keyof typeof WORDS} */ (what)]}`;
}

/** @param {Node} owner @param {Element[]} elements @returns {Form} */
function explain(owner, elements) {
  const seen = shown.get(owner);
  const fields = elements.map((element) => {
    const { evidence, notes } = /** @type {Looked} */ (looked.get(element));
    return { field: nameOf(element), evidence, seen: seen?.has(element) ?? true,
      says: notes.length > 0 || !evidence ? notes.map((note) => sayOf(element, note)) : [evidence.why] };
  });
  const judged = elements.flatMap((element) => {
    const evidence = looked.get(element)?.evidence;
    return evidence && (seen?.has(element) ?? true)
      ? [/** @type {[Element, Evidence]} */ ([element, evidence])] : [];
  });
  const [reason, notes] = withNotes(() => judgeSeen(judged, owner));
  return { form: owner instanceof Element ? nameOf(owner) : 'outside any form', reason,
    short_of: notes.at(-1)?.text ?? '', fields };
}

/** @param {Element} element @returns {boolean} whether scripts/detect has put it there */
const isMark = (element) => element.closest('form[popover]')?.parentNode === document.documentElement;

/** @returns {Form[]} the forms of this frame in which something speaks for or against a card field */
function explainAll() {
  /** @type {Map<Node, Element[]>} */
  const owners = new Map();
  for (const [element, { notes, evidence }] of looked) {
    if (!element.isConnected || notes.length === 0 && !evidence || isMark(element)) continue;
    const owner = formAround(element) ?? document;
    owners.set(owner, [...owners.get(owner) ?? [], element]);
  }
  return [...owners].map(([owner, elements]) => explain(owner, elements));
}

document.addEventListener('cardmute-why', () => {
  document.dispatchEvent(new CustomEvent('cardmute-because', { detail: JSON.stringify(explainAll()) }));
});

/** @type {any} */ (globalThis)[DETECTOR]?.(detector);
