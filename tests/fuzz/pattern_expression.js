// Translates a match pattern to a regular expression, with which the extension's own matching is compared.
// The extension does not use it, because it is slow for patterns with many stars.
import { parsePattern } from '../../extension/common/match-pattern.js';

/** The default ports. URL leaves them out of an address. */
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
 * @returns {RegExp|null} for an address (origin, path and query); null: the extension does not accept the
 *   pattern
 */
export function expressionOf(pattern) {
  const parts = parsePattern(pattern);
  if (parts === null) return null;
  const { scheme, host, port, path } = parts;
  const schemes = /** @type {('http'|'https')[]} */ (scheme === '*' ? ['http', 'https'] : [scheme]);
  const starts = schemes.map((one) => `${one}://${hostSource(host)}${portSource(one, port)}`);
  return new RegExp(`^(?:${starts.join('|')})${path.split(/\*+/).map(literally).join('.*')}$`);
}
