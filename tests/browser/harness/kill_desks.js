// The workstations of the kill tests: how each is configured, and what is promised there in addition.
import { kListUnknown_ms } from './kill_bounds.js';

/**
 * @typedef {object} Desk
 * @property {object} [policy] keys in addition to those of every workstation
 * @property {(simulator: import('../../simulator/simulator.js').Simulator) => object} [voicenter] keys in
 *   addition to those of every workstation
 * @property {number} [later_ms] added to the bounds of the plain workstation
 * @property {boolean} [neighbour] the agent uses the other browser as well, with the same store
 * @property {boolean} [held] card fields are covered until the mute is acknowledged
 */

/**
 * Adds the list of active calls, which shows whether calls are muted.
 * @type {NonNullable<Desk['voicenter']>}
 */
const activeCalls = ({ activeCallsUrl: url }) => ({ active_calls: { url, code: 'SIMULATED-CODE' } });

export const DESKS = /** @type {Record<string, Desk>} */ ({
  plain: {},
  block: { policy: { interlock: 'block' }, held: true },
  'active-calls': { voicenter: activeCalls },
  // The mute needs the list of active calls, so it may have to wait until the list may be requested again.
  call: { voicenter: (simulator) => ({ ...activeCalls(simulator), target: 'call' }),
    later_ms: kListUnknown_ms },
  'two-browsers': { neighbour: true },
});
