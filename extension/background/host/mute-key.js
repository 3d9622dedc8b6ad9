// The keyboard command that mutes by hand. It needs neither a page with a form nor an open popup, and starts
// a worker that has ended.

import { MUTE_COMMAND } from '../../common/popup-messages.js';

/**
 * Must be called in the worker's first turn of the event loop.
 * @param {typeof import('../../common/api.js').api} api
 * @param {Pick<import('./override.js').Override, 'muteSoon'>} override
 * @param {() => void} onNeeded connects to the host
 */
export function listenForMuteKey(api, override, onNeeded) {
  api.commands.onCommand.addListener((command) => {
    if (command !== MUTE_COMMAND) return;
    override.muteSoon();
    onNeeded();
  });
}
