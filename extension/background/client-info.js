// The browser's name that the extension reports in its hello.

/** @typedef {{brands?: {brand: string}[]}} AgentData */

/**
 * @param {string} ownAddress
 * @param {AgentData|undefined} agent navigator.userAgentData, which Firefox lacks
 */
export function browserName(ownAddress, agent) {
  if (ownAddress.startsWith('moz-extension:')) return 'firefox';
  const brands = new Set((agent?.brands ?? []).map(({ brand }) => brand));
  if (brands.has('Microsoft Edge')) return 'edge';
  return brands.has('Google Chrome') ? 'chrome' : 'chromium';
}
