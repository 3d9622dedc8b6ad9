// The host's last policy, kept so that pages are watched before the host has been asked. coordinator.js
// uses it. Nothing else is kept on disk; the wish to be muted by hand lives as long as the browser runs.

import { readPolicy } from '../common/protocol.js';

/**
 * @typedef {typeof import('../common/api.js').api} Api
 * @typedef {import('../common/protocol.js').Policy} Policy
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
export async function loadMuteWish(api) {
  const { muteWished } = await api.storage.session.get('muteWished');
  return muteWished === true;
}

/** @param {Api} api @param {boolean} muteWished */
export async function saveMuteWish(api, muteWished) {
  await api.storage.session.set({ muteWished });
}
