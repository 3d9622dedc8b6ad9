// Waits for the code that evaluates the administrator's rules. Most policies have no rules, so this code is a
// bundle of its own, which the background injects into frames that a rule may concern. This file keeps the
// background's last message of each type until the bundle has run.

import { RULES } from '../common/marks.js';

/**
 * A form that an agent has called no payment form must not mute the call each time the page loads. So if
 * there is such a correction, new forms wait for the rules' code, which excludes that form, but no longer
 * than this.
 */
export const most_wait_ms = 500;

/** @typedef {import('../rules/main.js').make} Make */
/** @typedef {import('./background-status.js').Unread} Unread */

const world = /** @type {{[RULES]?: (make: Make) => void}} */ (globalThis);

/** @type {Make | null} the function that the bundle has passed here; every session of this script uses it */
let brought = null;

/** @param {Unread} message @returns {boolean} whether it has a correction that a form is no payment form */
const saysNone = ({ rules }) => Array.isArray(rules)
  && rules.some((rule) => typeof rule?.correction?.shape === 'string');

/** @param {import('../rules/main.js').Listener & {lookNow: () => void}} on */
export function createRules(on) {
  /** @type {ReturnType<Make> | null} */
  let real = null;
  /** @type {Record<string, Unread>} the last message of each type */
  const heard = {};
  let isAwaited = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  function waited() {
    if (!isAwaited) return;
    isAwaited = false;
    clearTimeout(waiting);
    on.lookNow();
  }

  /** @param {Make} make */
  function arrive(make) {
    brought = make;
    if (real) return;
    real = make(on);
    Object.values(heard).forEach(real.hear);
    waited();
  }

  return {
    start() {
      world[RULES] = arrive;
      if (brought) arrive(brought);
    },
    /** @param {Unread} message */
    hear(message) {
      heard[String(message.type)] = message;
      real?.hear(message);
      if (real || isAwaited || !saysNone(message)) return;
      isAwaited = true;
      waiting = setTimeout(waited, most_wait_ms);
    },
    /** The rules; null: their code has not run, perhaps because there are none. */
    here: () => real,
    /** Whether new forms wait for the rules' code. */
    areAwaited: () => isAwaited,
    stop() {
      world[RULES] = undefined;
      clearTimeout(waiting);
      real?.stop();
    },
  };
}
