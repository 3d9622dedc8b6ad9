// The administrator's rules at work in one document: they add surfaces to those that the eye sees, and end or
// ignore some of them. Used by rules-main.js.

import { isValid } from './rules-conditions.js';
import { createDrift } from './rules-drift.js';
import { createEnded } from './rules-ended.js';
import { createPace } from './rules-pace.js';
import { createRuleState } from './rules-state.js';

/**
 * @typedef {import('../common/protocol.js').Rule} Rule
 * @typedef {import('./groups.js').Group} Group
 * @typedef {ReturnType<typeof createRuleState>} State
 * @typedef {import('./rules-ended.js').End & {eyeOnly: boolean, isFirst?: boolean}} NewEnd of the surfaces
 *   that are open now, all of them or those only that the eye has found; isFirst: only of those that were
 *   there before the document was first looked at
 * @typedef {object} Listener
 * @property {() => void} look look at the page again in the next frame of animation
 * @property {(message: object) => void} send to the background
 */

/** Where a result in another frame of this tab has ended a surface. */
const FROM_TAB = 'tab';

/** @param {State} state */
const sourceOf = ({ name }) => `rule "${name}"`;

/** @returns {string} as the patterns want it; frames without an address of their own have that around them */
function addressNow() {
  const { href, protocol } = location;
  const { origin, pathname, search } = new URL(/^http/.test(protocol) ? href : document.baseURI);
  return origin + pathname + search;
}

/** @param {Listener} on */
export function createEngine(on) {
  /** @type {State[]} */
  let states = [];
  let told = '';
  let href = '';
  /** @type {NewEnd[]} */
  let newEnds = [];
  /** @type {Set<Group>} what was there at the last look */
  let before = new Set();
  /** @type {WeakMap<Group, string>} the rule whose surface a group was */
  const names = new WeakMap();
  const pace = createPace(on.look);
  const ended = createEnded(on.look);
  let drift = newDrift();

  function newDrift() {
    return createDrift((event, rule) => on.send({ type: 'rule', event, rule }));
  }

  /** @param {Rule[]} rules */
  function learn(rules) {
    const now = JSON.stringify(rules);
    if (now !== told) {
      told = now;
      drift = newDrift();
      replaceStates(rules);
      pace.touch();
    }
    // The background may be a new one, and not know what holds.
    for (const state of states) if (state.outcome()) sendResult(state, true);
  }

  /** A rule that has stayed as it was goes on from where it is, whatever else of the policy is new. */
  function replaceStates(/** @type {Rule[]} */ rules) {
    const old = new Map(states.map((state) => [state.definition, state]));
    states = rules.filter((rule) => {
      if (isValid(rule)) return true;
      drift.once('invalid', rule.name);
      return false;
    }).map((rule) => {
      const state = createRuleState(rule);
      const known = old.get(state.definition);
      old.delete(state.definition);
      return known ?? state;
    });
    for (const state of old.values()) takeBack(state);
  }

  /** What it has ended comes back, here and in the other frames. @param {State} state that is dropped */
  function takeBack(state) {
    ended.lift(sourceOf(state));
    on.look();
    if (state.outcome()) on.send({ type: 'result', rule: state.name, outcome: null, again: false });
  }

  /** @param {State} state @param {boolean} again known before, to a background that is not there any more */
  function sendResult(state, again) {
    on.send({ type: 'result', rule: state.name, outcome: state.outcome(), again });
  }

  function lookIfDue() {
    if (!pace.begin()) return;
    lookAtAll();
    pace.end();
  }

  function lookAtAll() {
    ({ href } = location);
    const address = addressNow();
    pace.observe(states.map((state) => state.route(address)).includes(true));
    const roots = pace.here();
    for (const state of states) {
      const { outcome, closed, isFirst } = state.look(roots, address, ended.has);
      const source = sourceOf(state);
      if (outcome !== undefined) {
        ended.lift(source);
        if (outcome) newEnds.push({ source, why: `${outcome}, ${source}`, eyeOnly: false, isFirst });
        sendResult(state, false);
      }
      if (closed === true) newEnds.push({ source, why: `closed, ${source}`, eyeOnly: true });
      if (closed === false) ended.lift(source);
    }
  }

  return {
    root(/** @type {Document | ShadowRoot} */ root) {
      if (root === document) ended.listen();
      pace.root(root);
    },

    /** Something has changed, though perhaps no rule is in force: a new address may put one in force. */
    pageChanged() {
      if (location.href !== href) pace.touch();
    },

    /** @param {any} message of the background */
    hear(message) {
      if (message.type === 'hello') learn(message.rules ?? []);
      if (message.type !== 'ended') return;
      ended.lift(FROM_TAB);
      const { outcome, rule } = message;
      if (outcome) newEnds.push({ source: FROM_TAB, why: `${outcome}, rule "${rule}"`, eyeOnly: false });
      on.look();
    },

    /** @param {Element} field whether the eye is to leave it out */
    ignores(field) {
      lookIfDue();
      return states.some((state) => state.ignores(field));
    },

    /**
     * Joins the rules with what the eye has seen in this look.
     * @param {Map<Group, string>} seen and why; becomes the surfaces that are to be open
     */
    sift(seen) {
      lookIfDue();
      const eyes = [...seen.keys()];
      const withOpen = states.filter(({ hasOpen }) => hasOpen);
      if (withOpen.length > 0) {
        drift.looked(eyes.length > 0, withOpen.filter((state) => state.isInForce())
          .map((state) => ({ name: state.name, open: state.openHolds() })));
      }
      for (const state of states) {
        const group = state.surface();
        if (!group) continue;
        names.set(group, state.name);
        seen.set(group, `rule "${state.name}"`);
      }
      ended.keepOnly(seen);
      for (const end of newEnds) {
        const open = end.eyeOnly ? eyes : [...seen.keys()];
        ended.add(end.isFirst ? open.filter((group) => before.has(group)) : open, end);
      }
      newEnds = [];
      before = new Set(seen.keys());
      ended.takeFrom(seen);
    },

    /**
     * @param {Group} group that is open no more
     * @returns {string | undefined} the rule that has to do with it, if one has
     */
    why(group) {
      const name = names.get(group);
      return ended.why(group) ?? (name && `gone, rule "${name}"`);
    },

    stop() {
      drift.stop();
      pace.stop();
      ended.stop();
    },
  };
}
