// Applies the agents' corrections to the forms of this document. A form that an agent has called no payment
// form does not count as long as its fields and their words stay the same. With another field or label it
// counts again.

import { hashOf } from '../common/hash.js';
import { MAX_RULE_LIST } from '../common/protocol.js';
import { selectorOf } from '../selector/selector.js';
import { attribute, hostAround, parentOf } from '../dom/shadow.js';
import { visibleText } from './text.js';

/**
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {import('./rule-set.js').State} State
 */

/** The attributes that say what a field is for. None of them contains what is typed. */
const SAYING = ['type', 'name', 'autocomplete', 'placeholder', 'aria-label', 'title'];

/** @param {Element} field @returns {string} the page's words for the field, as one text */
const wordsOf = (field) => JSON.stringify([
  field.localName, ...SAYING.map((name) => attribute(field, name)),
  ...[.../** @type {HTMLInputElement} */ (field).labels ?? []].map(visibleText),
]);

/**
 * @param {Group} group
 * @param {string} reason why it is a payment form
 * @returns {string} a hash of the reason and the fields' words
 */
const shapeOf = ({ shown }, reason) => hashOf(JSON.stringify([reason, ...shown.map(wordsOf).sort()]));

/** @param {Element} element @returns {Element | null} its parent, or the host of its shadow root */
const outerOf = (element) => parentOf(element) ?? hostAround(element);

/** @param {Element} element @param {Element} outer */
function isIn(element, outer) {
  /** @type {Element | null} */
  let at = element;
  while (at && at !== outer) at = outerOf(at);
  return at !== null;
}

/** @param {Element[]} fields @returns {Element | null} what contains all fields; null: only the whole page */
function containerOf(fields) {
  /** @type {Element | null} */
  let at = fields[0] ?? null;
  while (at && !fields.every((field) => isIn(field, /** @type {Element} */ (at)))) at = outerOf(at);
  return at === document.body || at === document.documentElement ? null : at;
}

/**
 * @param {Element[]} fields
 * @returns {string[]} the selectors of the fields. If a rule has no room for so many, the selector of an
 *   element that contains them; empty: only the whole page does
 */
function selectorsOf(fields) {
  const each = [...new Set(fields.slice(0, MAX_RULE_LIST + 1).map(selectorOf))];
  if (each.length <= MAX_RULE_LIST && fields.length <= MAX_RULE_LIST) return each;
  const container = containerOf(fields);
  return container ? [selectorOf(container)] : [];
}

/** @param {Group} group @param {string} reason */
const descriptionOf = (group, reason) => ({
  selectors: selectorsOf(group.shown), shape: shapeOf(group, reason),
});

/**
 * Whether a correction says that a form is no payment form.
 * @param {State} state of the correction
 * @param {Group} group that the detector has found
 * @param {string} reason
 */
const isAbout = (state, group, reason) => group.shown.length > 0 && group.shown.every(state.ignores)
  && state.correction?.shape === shapeOf(group, reason);

/** What the background assumes before a report: no correction decides here. */
const NOTHING = '[]';

/**
 * @param {State} state
 * @param {State[]} administrators the states of the administrator's rules
 * @returns {boolean} whether these rules exclude every element of the correction's surface, so that it must
 *   not count
 */
function isIgnored({ correction, surface }, administrators) {
  const elements = correction ? surface()?.shown ?? [] : [];
  return elements.length > 0
    && elements.every((element) => administrators.some((state) => state.ignores(element)));
}

/**
 * @param {ReturnType<typeof import('./rule-set.js').createRuleSet>} rules
 * @param {(message: import('../common/page-messages.js').PageMessage) => void} send to the background
 */
export function createCorrections(rules, send) {
  /** @type {WeakMap<Group, string>} form that does not count -> the correction that says so */
  const corrected = new WeakMap();
  let isAsked = false;
  let told = NOTHING;

  const ofAgents = () => rules.all().filter(({ correction }) => correction);

  /** @param {Set<string>} ids of the corrections that decide about a visible form */
  function tell(ids) {
    const now = JSON.stringify([...ids].sort());
    if (now === told) return;
    told = now;
    send({ type: 'corrected', ids: [...ids] });
  }

  /** @param {Map<Group, string>} seen */
  function answer(seen) {
    isAsked = false;
    const forms = [...seen].map(([group, reason]) => descriptionOf(group, reason))
      .filter(({ selectors }) => selectors.length > 0);
    send({ type: 'described', forms });
  }

  const isExcluded = (/** @type {State} */ state) => isIgnored(state, rules.administrators());

  return {
    /** Makes the next look send a description of the detected forms. */
    describe() { isAsked = true; },

    /** Makes the next look report again which corrections decide here. To be called for a new background. */
    sayAgain() { if (told !== NOTHING) told = ''; },

    withoutIgnored: () => rules.all().filter((state) => !isExcluded(state)),

    /** Removes excluded forms, and sends the reports. @param {Map<Group, string>} seen the detected forms */
    takeFrom(seen) {
      const states = ofAgents();
      const ids = new Set(states.filter((state) => state.surface() && !isExcluded(state))
        .map(({ correction }) => /** @type {{id: string}} */ (correction).id));
      for (const [group, reason] of seen) {
        const state = states.find((one) => isAbout(one, group, reason));
        if (!state?.correction) continue;
        seen.delete(group);
        corrected.set(group, `correction "${state.name}"`);
        ids.add(state.correction.id);
      }
      tell(ids);
      if (isAsked) answer(seen);
    },

    /**
     * @param {Group} group
     * @returns {string | undefined} the correction because of which the form does not count
     */
    why: (group) => corrected.get(group),
  };
}
