// Match patterns as in browsers, as far as policy.sites and the rules use them. This code is for cases in
// which the browser itself cannot do the matching.

const HOST = '(\\*\\.)?(\\*|[^/*:[\\]?#@\\\\\\s]+|\\[[0-9a-f:.]+\\])';
const PATTERN = new RegExp(`^(\\*|https?)://${HOST}(?::(\\*|\\d{1,5}))?(/[!-"$-~]*)$`, 'i');

/**
 * @param {string} host as a person writes it
 * @returns {string|null} as browsers write it in an address; null: no address has such a host
 */
function hostOf(host) {
  if (host === '*') return host;
  if (!URL.canParse(`http://${host}/`)) return null;
  return new URL(`http://${host}/`).hostname;
}

/** @param {string} port @returns {string|null} */
function portOf(port) {
  if (port === '*') return port;
  return Number(port) > 0 && Number(port) < 65536 ? String(Number(port)) : null;
}

/**
 * Matches without backtracking, so that no pattern takes exponential time: each piece between two stars is
 * searched for once, from the end of the previous piece.
 * @param {string} glob a text in which a star stands for any number of characters, or for none
 * @param {string} text
 */
export function globMatches(glob, text) {
  const pieces = glob.split('*');
  const [first] = pieces;
  const last = pieces[pieces.length - 1];
  if (pieces.length === 1) return text === glob;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/**
 * @param {string} pattern
 * @returns {{scheme: string, host: string, port: string, path: string}|null} null: not a pattern we support.
 *   The host is written as in addresses: in lower case, other alphabets as xn--
 */
export function parsePattern(pattern) {
  const parts = PATTERN.exec(pattern);
  if (parts === null) return null;
  const [, scheme, wild = '', name, written = '*', path] = parts;
  const [host, port] = [hostOf(name), portOf(written)];
  const isNonsense = wild !== '' && (host === '*' || host?.startsWith('[') === true);
  if (host === null || port === null || isNonsense) return null;
  return { scheme: scheme.toLowerCase(), host: wild + host, port, path };
}

/** @param {string} pattern @returns {string|null} as browsers write it; null: not a pattern we support */
export function normalized(pattern) {
  const parts = parsePattern(pattern);
  if (parts === null) return null;
  const { scheme, host, port, path } = parts;
  return `${scheme}://${host}${port === '*' ? '' : `:${port}`}${path}`;
}

/**
 * Returns the pattern without its port; a pattern that we do not support is returned as it is. In Firefox a
 * pattern with a port matches nothing, and permissions have no port.
 * @param {string} pattern
 */
export function withoutPort(pattern) {
  const parts = parsePattern(pattern);
  return parts === null ? pattern : `${parts.scheme}://${parts.host}${parts.path}`;
}

/** @param {string} pattern @param {string} address @returns {boolean} */
export function matches(pattern, address) {
  const parts = parsePattern(pattern);
  if (parts === null || !URL.canParse(address)) return false;
  const url = new URL(address);
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') return false;
  if (parts.scheme !== '*' && parts.scheme !== scheme) return false;
  if (parts.port !== '*' && parts.port !== (url.port || (scheme === 'https' ? '443' : '80'))) return false;
  const domain = parts.host.startsWith('*.') ? parts.host.slice(2) : null;
  const sameHost = parts.host === '*' || parts.host === url.hostname ||
    (domain !== null && (url.hostname === domain || url.hostname.endsWith(`.${domain}`)));
  return sameHost && globMatches(parts.path, url.pathname + url.search);
}

/** @param {readonly string[]} patterns @param {string} address */
export const matchesAny = (patterns, address) => patterns.some((pattern) => matches(pattern, address));
