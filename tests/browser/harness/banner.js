// Reads the banner that a person sees. It stands in a closed shadow root, which a page cannot look into;
// both browsers' automation can.
import { until } from './until.js';

const MARK = '[data-cardmute-banner]';

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {object} Banner
 * @property {string} view its look: muting, muted, unmuting, unprotected
 * @property {string[]} lines title first
 * @property {string} dir
 * @property {string} lang
 * @property {string} role of the live region around it
 * @property {Box} box
 */

/** Runs in the page, with the banner's box as `this`. */
function facts() {
  const { left, top, right, bottom } = this.getBoundingClientRect();
  const seen = getComputedStyle(this).visibility === 'visible' && right > left && bottom > top;
  if (!seen) return null;
  return {
    view: this.className.replace(/^box /, ''),
    lines: [...this.lastElementChild.children].map((line) => line.innerText),
    dir: getComputedStyle(this).direction,
    lang: this.lang,
    role: this.parentElement.getAttribute('role'),
    box: { left, top, right, bottom },
  };
}

/** The node of class "box" in a description of a tree: CDP has lists of attributes, BiDi has objects. */
function findBox(node) {
  const { attributes } = node.value ?? node;
  const name = Array.isArray(attributes) ? attributes[attributes.indexOf('class') + 1] : attributes?.class;
  if (name?.startsWith('box ')) return node;
  const { children = [], shadowRoots = [], shadowRoot } = node.value ?? node;
  for (const child of [...shadowRoots, ...(shadowRoot ? [shadowRoot] : []), ...children]) {
    const found = findBox(child);
    if (found) return found;
  }
  return null;
}

/** @param {any} frame @param {any} element */
async function readByCdp({ client }, element) {
  const { objectId } = element.remoteObject();
  const { node } = await client.send('DOM.describeNode', { objectId, depth: -1, pierce: true });
  const box = findBox(node);
  if (!box) return null;
  const { object } = await client.send('DOM.resolveNode', { backendNodeId: box.backendNodeId });
  const { result } = await client.send('Runtime.callFunctionOn',
    { objectId: object.objectId, functionDeclaration: String(facts), returnByValue: true });
  return result.value;
}

/** @param {any} frame @param {any} element */
async function readByBidi(frame, element) {
  const { connection } = frame.page().browser();
  const call = async (functionDeclaration, argument) => {
    const { result } = await connection.send('script.callFunction', {
      functionDeclaration,
      arguments: [argument],
      awaitPromise: false,
      target: { context: frame._id },
      serializationOptions: { includeShadowTree: 'all', maxDomDepth: 10 },
    });
    return result.result;
  };
  const box = findBox(await call('(host) => host', element.remoteValue()));
  if (!box) return null;
  const answer = await call(`(box) => JSON.stringify((${facts}).call(box))`, { sharedId: box.sharedId });
  return JSON.parse(answer.value);
}

/**
 * @param {any} frame of puppeteer; a page counts as its main frame
 * @returns {Promise<Banner | null>} null: a person sees none
 */
export async function readBanner(frame) {
  const at = frame.mainFrame?.() ?? frame;
  const element = await at.$(MARK);
  if (!element) return null;
  return element.remoteValue ? readByBidi(at, element) : readByCdp(at, element);
}

/**
 * @param {any} frame
 * @param {string | null} view null: waits until there is none
 * @param {number} [timeout_ms]
 * @returns {Promise<Banner>}
 */
export async function bannerShows(frame, view, timeout_ms = 8000) {
  /** @type {Banner | null} */
  let banner = null;
  await until(`banner ${view ?? 'gone'}`, async () => {
    banner = await readBanner(frame);
    if ((banner?.view ?? null) === view) return true;
    throw new Error(`it says ${JSON.stringify(banner)}`);
  }, timeout_ms);
  return /** @type {any} */ (banner);
}
