// What a worker stores for the next one: the host's last policy, so that pages are watched before the host is
// connected, and whether the agent has muted by hand (until the browser is closed).

import { readPolicy } from '../../common/protocol.js';

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../../common/protocol.js').Policy} Policy
 */

/** @param {Api} api @returns {Promise<Policy|null>} */
export async function loadPolicy(api) {
  const { policy } = await api.storage.local.get('policy');
  return readPolicy(policy);
}

/** @param {Api} api @param {Policy} policy */
export async function savePolicy(api, policy) {
  await api.storage.local.set({ policy });
}

/** @param {Api} api @returns {Promise<boolean>} */
export async function loadMuteByHand(api) {
  const { muteByHand } = await api.storage.session.get('muteByHand');
  return muteByHand === true;
}

/** @param {Api} api @param {boolean} muteByHand */
export async function saveMuteByHand(api, muteByHand) {
  await api.storage.session.set({ muteByHand });
}
