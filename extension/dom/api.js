// The browser's extension interface under one name. For every module of the content script.

import { api } from '../common/api.js';

export { api };

/**
 * Whether the extension that injected this script still exists. After a reload, an update or a
 * removal the script lives on in the page, but it can no longer talk to anyone.
 * @returns {boolean}
 */
export const extensionAlive = () => Boolean(api?.runtime?.id);
