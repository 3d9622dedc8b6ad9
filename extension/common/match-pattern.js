// The part of browsers' match patterns that policy.sites and the rules use. It is used where the browser
// itself cannot do the matching. Pure.

const PATTERN = /^(\*|https?):\/\/(\*|(?:\*\.)?[^/*:[\]]+|\[[0-9a-f:]+\])(?::(\*|\d{1,5}))?(\/.*)$/i;

/**
 * Matches without backtracking, so that no pattern takes exponential time: each piece between two stars is
 * searched for once, from the end of the previous piece.
 * @param {string} glob a text in which a star stands for any number of characters, none included
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
 * @returns {{scheme: string, host: string, port: string, path: string}|null} null: not a pattern we support
 */
export function parsePattern(pattern) {
  const parts = PATTERN.exec(pattern);
  if (parts === null) return null;
  const [, scheme, host, port = '*', path] = parts;
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port, path };
}

/**
 * Returns the pattern without its port. In Firefox a pattern with a port matches nothing, and permissions
 * have no port.
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
