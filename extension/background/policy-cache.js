// The host's last policy, kept so that pages are watched before the host has been asked; and the wish to be
// muted by hand, which lives as long as the browser runs. coordinator.js and sites.js use it. What else is
// kept is in leads.js.

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
