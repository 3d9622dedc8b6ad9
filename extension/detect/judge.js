// Decides whether pieces of evidence together are a payment form.

import { rectOf } from '../dom/shadow.js';
import { because } from './because.js';
import { NAMED_NUMBER } from './evidence.js';

/** @typedef {import('./evidence.js').Evidence} Evidence */
/** @typedef {import('./fields.js').Kind} Kind */

/** @type {Kind[]} without sure evidence, a payment form needs a field of one of these; the clearest first */
const MAIN = ['number', 'csc', 'card', 'bare'];

/** @type {Kind[]} without sure evidence, a payment form also needs a field of one of these */
const OTHERS = ['csc', 'check', 'expiry', 'holder', 'card', 'date'];

/** @type {Kind[]} these count only next to a card number, because they are common on other pages too */
const ONLY_NEXT_TO_CARD = ['check', 'date'];

/** @param {Kind} main @param {Set<Kind>} kinds of the fields that are together */
function othersOf(main, kinds) {
  const hasCard = main === 'number' || main === 'card';
  return OTHERS.filter((kind) => kind !== main && kinds.has(kind)
    && (hasCard || !ONLY_NEXT_TO_CARD.includes(kind)) && !(main === 'card' && kind === 'holder'));
}

/**
 * One piece of sure evidence is enough, except for a doubtful one (see below). Otherwise a payment form needs
 * one of MAIN and one of OTHERS; a bare number needs two of OTHERS. A number of a card with an unknown name
 * ("Acme card number"), or next to what only a collectible card has, also needs a code. Without any of MAIN,
 * an expiry in a group about a card is enough.
 * @param {Iterable<Evidence>} evidence
 * @returns {string | null} the reason, for the log; null if it is not a payment form
 */
export function judge(evidence) {
  const all = [...evidence];
  const kinds = new Set(all.map(({ kind }) => kind));
  // Some banks ask for a card number and a password to log in. So a field that is only named as a card number
  // is not enough next to a password, or next to what only a collectible card has.
  const doubtful = kinds.has('password') || kinds.has('thing');
  const sure = all.find((it) => it.sure && !(it.why === NAMED_NUMBER && doubtful));
  if (sure) return sure.why;
  if (kinds.has('thing') && !kinds.has('csc')) {
    return because('short of', 'a security code, beside what no payment card has') ?? null;
  }
  const main = MAIN.find((kind) => kinds.has(kind));
  if (!main) {
    // A form of several steps may show only an expiry in its last step.
    return all.some(({ kind, inCard }) => kind === 'expiry' && inCard) ? 'expiry of a card'
      : because('short of', 'a card number or a security code') ?? null;
  }
  const dates = all.filter(({ kind, choices }) => kind === 'date' && choices).length;
  const others = othersOf(main, kinds);
  const isQualified = all.some(({ kind, qualified }) => kind === main && qualified);
  const hasCode = others.includes('csc') || others.includes('check') && others.includes('expiry');
  if (isQualified && !hasCode) {
    return because('short of', 'a security code, since its words may name another card') ?? null;
  }
  if (others.length < (main === 'bare' ? 2 : 1)
    || main === 'card' && others.every((kind) => kind === 'date') && dates < 2) {
    return because('short of', 'another kind of card field') ?? null;
  }
  return `card ${main} and ${others[0]}`;
}

/** The fields of one form are at most this far apart, from one's lower edge to another's upper edge. */
const most_apart_px = 450;
/** The same limit for fields without a form element around them. */
const most_apart_without_form_px = 300;

/** @param {Element} one @param {Element} other @returns {number} */
function apart(one, other) {
  const [a, b] = [rectOf(one), rectOf(other)];
  return Math.max(0, a.top - b.bottom, b.top - a.bottom);
}

/**
 * Judges visible fields. Evidence that is not sure counts only together with that of fields near it.
 * @param {[Element, Evidence][]} seen
 * @param {Node | null} owner the form, or the document; null: the distance between the fields does not count
 * @returns {string | null} the reason, for the log; null if they are not a payment form
 */
export function judgeSeen(seen, owner) {
  const reason = judge(seen.map(([, evidence]) => evidence));
  if (reason === null || !owner || seen.some(([, { sure, why }]) => sure && why === reason)) return reason;
  const most_px = owner.nodeType === 1 ? most_apart_px : most_apart_without_form_px;
  for (const [field, { kind, inCard }] of seen) {
    if (!MAIN.includes(kind) && !inCard) continue;
    const near = seen.filter(([other]) => apart(field, other) <= most_px);
    const here = judge(near.map(([, evidence]) => evidence));
    if (here !== null) return here;
  }
  return because('short of', 'another field near the first') ?? null;
}
