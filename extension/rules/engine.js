// Applies the administrator's rules and the agents' corrections in one document. They add surfaces to those
// that the detector finds, end surfaces, and exclude fields.

import { readBackgroundMessage } from '../common/background-messages.js';
import { guarded } from '../dom/guarded.js';
import { createCorrections } from './corrections.js';
import { createEnded } from './ended.js';
import { createNewEnds } from './new-ends.js';
import { createPace } from './pace.js';
import { createRuleSet } from './rule-set.js';

/**
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {import('./rule-set.js').State} State
 * @typedef {import('../common/background-messages.js').BackgroundMessage} BackgroundMessage
 * @typedef {object} Listener
 * @property {() => void} look asks for a look at the page in the next animation frame
 * @property {(message: import('../common/page-messages.js').PageMessage) => void} send to the background
 */

/** The `source` of an end that was caused by a result in another frame of this tab. */
const FROM_TAB = 'tab';

/** @param {State} state */
const sourceOf = ({ name, correction }) => `${correction ? 'correction' : 'rule'} "${name}"`;

/**
 * @returns {string} the address that match patterns are compared with; for a frame without an address of its
 *   own, such as about:blank, that of the page around it
 */
function addressNow() {
  const { href, protocol } = location;
  const { origin, pathname, search } = new URL(/^http/.test(protocol) ? href : document.baseURI);
  return origin + pathname + search;
}

/**
 * Evaluates the rules when that is due.
 * @param {ReturnType<typeof createRuleSet>} rules
 * @param {ReturnType<typeof createPace>} pace
 * @param {ReturnType<typeof createEnded>} ended
 * @param {ReturnType<typeof createNewEnds>} newEnds
 */
function createRulesLook(rules, pace, ended, newEnds) {
  let href = '';

  /** @param {State} state @param {(Document | ShadowRoot)[]} roots @param {string} address */
  function lookAt(state, roots, address) {
    const { outcome, closed, isFirst } = state.look(roots, address, ended.has);
    const source = sourceOf(state);
    if (outcome !== undefined) {
      ended.lift(source);
      if (outcome) newEnds.add({ source, why: `${outcome}, ${source}`, detectedOnly: false, isFirst });
      rules.sendResult(state, false);
    }
    if (closed === true) newEnds.add({ source, why: `closed, ${source}`, detectedOnly: true });
    if (closed === false) ended.lift(source);
  }

  return {
    ifDue() {
      if (!pace.begin()) return;
      ({ href } = location);
      const address = addressNow();
      pace.observe(rules.all().map((state) => state.route(address)).includes(true));
      const roots = pace.here();
      for (const state of rules.all()) guarded(() => lookAt(state, roots, address));
      pace.end();
    },
    isElsewhere: () => location.href !== href,
  };
}

/**
 * @param {ReturnType<typeof createRuleSet>} rules
 * @param {boolean} isDetected whether the detector sees a form
 */
function reportDrift(rules, isDetected) {
  const withOpen = rules.administrators().filter(({ hasOpen }) => hasOpen);
  if (withOpen.length === 0) return;
  rules.drift().looked(isDetected, withOpen.filter((state) => state.isInForce())
    .map((state) => ({ name: state.name, open: state.openHolds() })));
}

/**
 * The handlers for the background's messages.
 * @param {ReturnType<typeof createRuleSet>} rules
 * @param {ReturnType<typeof createPace>} pace
 * @param {ReturnType<typeof createEnded>} ended
 * @param {ReturnType<typeof createNewEnds>} newEnds
 * @param {ReturnType<typeof createCorrections>} corrections
 * @param {Listener} on
 * @returns {{[T in BackgroundMessage['type']]: (message: Extract<BackgroundMessage, {type: T}>) => void}}
 */
const handlersFor = (rules, pace, ended, newEnds, corrections, on) => ({
  hello(message) {
    if (rules.learn(message.rules)) pace.touch();
    corrections.sayAgain();
    // A background that has started again does not know the results that hold.
    for (const state of rules.all()) if (state.outcome()) rules.sendResult(state, true);
  },
  ended({ outcome, rule }) {
    ended.lift(FROM_TAB);
    if (outcome) newEnds.add({ source: FROM_TAB, why: `${outcome}, rule "${rule}"`, detectedOnly: false });
    on.look();
  },
  status() {}, // only the overlay uses it
  describe() {
    corrections.describe();
    on.look();
  },
});

/** @param {Listener} on */
function createParts(on) {
  const pace = createPace(on.look);
  const ended = createEnded(on.look);
  const newEnds = createNewEnds(ended);
  const rules = createRuleSet(on.send, (state) => {
    ended.lift(sourceOf(state));
    on.look();
  });
  return { pace, ended, newEnds, rules, corrections: createCorrections(rules, on.send) };
}

/**
 * Adds the surfaces that rules have opened.
 * @param {State[]} states of the rules
 * @param {Map<Group, string>} seen surface -> the reason
 * @param {WeakMap<Group, string>} sources surface -> the rule
 */
function addSurfaces(states, seen, sources) {
  for (const state of states) {
    const group = state.surface();
    if (!group) continue;
    sources.set(group, sourceOf(state));
    seen.set(group, sourceOf(state));
  }
}

/** @param {Listener} on */
export function createEngine(on) {
  const { pace, ended, newEnds, rules, corrections } = createParts(on);
  const look = createRulesLook(rules, pace, ended, newEnds);
  /** @type {WeakMap<Group, string>} surface that a rule has opened -> the rule */
  const sources = new WeakMap();
  const handlers = handlersFor(rules, pace, ended, newEnds, corrections, on);

  return {
    root(/** @type {Document | ShadowRoot} */ root) {
      if (root === document) ended.listen();
      pace.root(root);
    },
    /** To be called when the page has changed. If its address is new, other rules may be in force. */
    pageChanged() {
      if (look.isElsewhere()) pace.touch();
    },

    /** @param {unknown} raw a message from the background */
    hear(raw) {
      const message = readBackgroundMessage(raw);
      if (message) handlers[message.type](/** @type {any} */ (message));
    },

    /** @param {Element} field @returns {boolean} whether a rule excludes the field from detection */
    ignores(field) {
      look.ifDue();
      return rules.administrators().some((state) => state.ignores(field));
    },

    /**
     * Applies the rules to what the detector has found in this look.
     * @param {Map<Group, string>} seen groups and reasons. Changed into the surfaces that should be open
     */
    sift(seen) {
      look.ifDue();
      corrections.takeFrom(seen);
      const detected = [...seen.keys()];
      reportDrift(rules, detected.length > 0);
      addSurfaces(corrections.withoutIgnored(), seen, sources);
      ended.keepOnly(seen);
      newEnds.apply(detected, seen);
      ended.takeFrom(seen);
    },

    /**
     * @param {Group} group a surface that is no longer open
     * @returns {string | undefined} the rule or correction that closed it, or else the rule that opened it
     */
    why(group) {
      const source = sources.get(group);
      return ended.why(group) ?? corrections.why(group) ?? (source && `gone, ${source}`);
    },

    stop() {
      rules.drift().stop();
      pace.stop();
      ended.stop();
    },
  };
}
