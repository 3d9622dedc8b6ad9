// The extension API for scripts in a page, and whether the extension still exists.

import { api } from '../common/api.js';

export { api };

/**
 * Whether the extension that injected this script still exists. After the extension is reloaded, updated or
 * removed, the script keeps running in the page but can no longer send messages.
 * @returns {boolean}
 */
export const extensionAlive = () => Boolean(api?.runtime?.id);
