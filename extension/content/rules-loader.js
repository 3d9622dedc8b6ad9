// Loads the administrator's rules. Most policies have none, so their code is a bundle of its own, which the
// background injects into frames that a rule may concern. Until then this file keeps the background's
// messages.

import { RULES } from '../common/marks.js';

/** @typedef {import('../rules/main.js').make} Make */
/** @typedef {import('./background-status.js').Unread} Unread */

const world = /** @type {{[RULES]?: (make: Make) => void}} */ (globalThis);

/** @type {Make | null} the function that the bundle has handed over; every session of this script uses it */
let brought = null;

/** @param {import('../rules/main.js').Listener} on */
export function createRules(on) {
  /** @type {ReturnType<Make> | null} */
  let real = null;
  /** @type {Record<string, Unread>} the last message of each type */
  const heard = {};

  /** @param {Make} make */
  function arrive(make) {
    brought = make;
    if (real) return;
    real = make(on);
    Object.values(heard).forEach(real.hear);
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
    },
    /** The active rules; null: there are none, or their code is not here yet. */
    here: () => real,
    stop() {
      world[RULES] = undefined;
      real?.stop();
    },
  };
}
