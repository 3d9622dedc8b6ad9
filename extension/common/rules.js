// The administrator's rules as a page needs them: only those that can hold at its origin, with match patterns
// as sources of regular expressions and texts in lower case. Pure; the background uses it.

import { parsePattern } from './match-pattern.js';

/**
 * @typedef {import('./protocol.js').Condition} Condition
 * @typedef {import('./protocol.js').Rule} Rule
 */

/** How a payment ends while its page stays. */
export const OUTCOMES = Object.freeze(['approved', 'declined']);

/** Matches nothing: in the place of a pattern that we do not take. */
const NOTHING = '(?!)';

/** An address in a page says no port that is its scheme's own. */
const USUAL_PORT = Object.freeze({ http: '80', https: '443' });

/** @param {string} text */
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @param {string} host */
function hostSource(host) {
  if (host === '*') return '(?:[^/:]+|\\[[^/]+\\])';
  return host.startsWith('*.') ? `(?:[^/:]+\\.)?${literally(host.slice(2))}` : literally(host);
}

/** @param {'http'|'https'} scheme @param {string} port */
function portSource(scheme, port) {
  if (port === '*') return '(?::\\d+)?';
  return port === USUAL_PORT[scheme] ? '' : `:${port}`;
}

/**
 * @param {string} pattern a match pattern
 * @returns {string} the source of a regular expression on an address: origin, path and query
 */
export function sourceOf(pattern) {
  const parts = parsePattern(pattern);
  if (parts === null) return NOTHING;
  const { scheme, host, port, path } = parts;
  const schemes = /** @type {('http'|'https')[]} */ (scheme === '*' ? ['http', 'https'] : [scheme]);
  const starts = schemes.map((one) => `${one}://${hostSource(host)}${portSource(one, port)}`);
  return `^(?:${starts.join('|')})${path.split('*').map(literally).join('.*')}$`;
}

/** @param {string} pattern the same for every path, since a page changes its own */
const anywhereOf = (pattern) => pattern.replace(/^([^/]*\/\/[^/]*)\/.*$/s, '$1/*');

/** @param {Condition} condition @returns {Condition} */
const conditionFor = ({ selector, text, url }) => ({
  ...(selector !== undefined && { selector }),
  ...(text !== undefined && { text: text.toLowerCase().replace(/\s+/g, ' ').trim() }),
  ...(url !== undefined && { url: sourceOf(url) }),
});

/**
 * @param {readonly Rule[]} rules
 * @param {string|undefined} origin of the page
 * @returns {Rule[]}
 */
export function rulesFor(rules, origin) {
  const address = `${origin}/`;
  return rules
    .filter(({ match }) => match.some((pattern) => new RegExp(sourceOf(anywhereOf(pattern))).test(address)))
    .map(({ name, match, open, close, approved, declined, ignore_all, ignore }) => ({
      name, match: match.map(sourceOf), open: open.map(conditionFor), close: close.map(conditionFor),
      approved: approved.map(conditionFor), declined: declined.map(conditionFor), ignore_all, ignore,
    }));
}
