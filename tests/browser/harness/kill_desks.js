// The workstations of the kill tests: how CardMute is configured there, and what is promised there besides.
import { kListUnknown_ms } from './kill_bounds.js';

/**
 * @typedef {object} Desk
 * @property {object} [policy] beside what all of them have
 * @property {(simulator: import('../../simulator/simulator.js').Simulator) => object} [voicenter] the same
 * @property {number} [later_ms] what the bounds allow beside those of the plain workstation
 * @property {boolean} [neighbour] the agent uses the other browser as well, with the same store
 * @property {boolean} [held] the fields are held until the mute is acknowledged, and free afterwards
 */

/** @type {NonNullable<Desk['voicenter']>} Voicenter is asked whether a mute was carried out */
const activeCalls = ({ activeCallsUrl: url }) => ({ active_calls: { url, code: 'SIMULATED-CODE' } });

export const DESKS = /** @type {Record<string, Desk>} */ ({
  plain: {},
  block: { policy: { interlock: 'block' }, held: true },
  'active-calls': { voicenter: activeCalls },
  // Which calls there are is known once the list may be asked for again.
  call: { voicenter: (simulator) => ({ ...activeCalls(simulator), target: 'call' }),
    later_ms: kListUnknown_ms },
  'two-browsers': { neighbour: true },
});

