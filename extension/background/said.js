// What a page has said, taken for what it may be. content-ports.js is its only user.

import { MAX_AGO_ms } from '../common/protocol.js';

/** @param {unknown} it */
export const textOf = (it) => (typeof it === 'string' ? it : '');

/** @param {unknown} it @returns {number|undefined} milliseconds ago, where a page has said so */
export const ageOf = (it) => (typeof it === 'number' && it >= 0 && it <= MAX_AGO_ms ? it : undefined);
