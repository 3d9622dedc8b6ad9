// The administrator's rules and the agents' corrections that the background has sent to this document, each
// with its state.

import { isValid } from './conditions.js';
import { createDrift } from './drift.js';
import { createRuleState } from './state.js';

/**
 * @typedef {import('../common/corrections.js').PageRule} Rule
 * @typedef {ReturnType<typeof createRuleState>} State
 */

/**
 * @param {(message: import('../common/page-messages.js').PageMessage) => void} send to the background
 * @param {(state: State) => void} onDropped called when a rule is gone, so that the surfaces that it has
 *   ended come back
 */
export function createRuleSet(send, onDropped) {
  /** @type {State[]} */
  let states = [];
  let told = '';
  let drift = newDrift();

  function newDrift() {
    return createDrift((event, rule) => send({ type: 'rule', event, rule }));
  }

  /** An unchanged rule keeps its state, even if other parts of the policy have changed. */
  function replaceStates(/** @type {Rule[]} */ rules) {
    const old = new Map(states.map((state) => [state.definition, state]));
    states = rules.filter((rule) => {
      if (isValid(rule)) return true;
      if (!rule.correction) drift.once('invalid', rule.name);
      return false;
    }).map((rule) => {
      const state = createRuleState(rule);
      const known = old.get(state.definition);
      old.delete(state.definition);
      return known ?? state;
    });
    for (const state of old.values()) drop(state);
  }

  /**
   * If a result of the rule holds, the background is told that it no longer does, so that surfaces in other
   * frames come back.
   * @param {State} state
   */
  function drop(state) {
    onDropped(state);
    if (state.outcome()) send({ type: 'result', rule: state.name, outcome: null, again: false });
  }

  return {
    all: () => states,
    /** The administrator's rules, without the corrections. */
    administrators: () => states.filter(({ correction }) => !correction),
    drift: () => drift,

    /** @param {Rule[]} rules @returns {boolean} whether the rules differ from the previous ones */
    learn(rules) {
      const now = JSON.stringify(rules);
      if (now === told) return false;
      told = now;
      drift = newDrift();
      replaceStates(rules);
      return true;
    },

    /**
     * @param {State} state
     * @param {boolean} again whether an earlier background was already sent this result
     */
    sendResult: (state, again) =>
      send({ type: 'result', rule: state.name, outcome: state.outcome(), again }),
  };
}
