// Reads what a person sees of CardMute in a page: the banner with its button, and the covers over card
// fields. They are in a closed shadow root. The page cannot read it, but the automation of both browsers can.
import { until } from './until.js';

const MARK = '[data-cardmute-banner=""]';

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {object} Banner
 * @property {string} view muting, muted, unmuting, recording or unprotected
 * @property {string[]} lines title first
 * @property {string} dir
 * @property {string} lang
 * @property {string} role of the live region around it
 * @property {Box} box
 * @property {{text: string, box: Box} | null} button
 *
 * @typedef {{view: string, text: string, dir: string, lang: string, box: Box}} Cover
 */

/** Runs in the page, with the banner's box or a cover as `this`. Returns null if that is not visible. */
function facts() {
  const boxOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const box = boxOf(this);
  const { visibility, direction } = getComputedStyle(this);
  if (visibility !== 'visible' || box.right <= box.left || box.bottom <= box.top) return null;
  const button = this.querySelector('button');
  return {
    view: this.className.replace(/^(box|cover) /, ''),
    text: this.innerText,
    lines: [...this.lastElementChild.children].filter((line) => line !== button)
      .map((line) => line.innerText),
    button: button && { text: button.innerText, box: boxOf(button) },
    dir: direction,
    lang: this.lang,
    role: this.parentElement.getAttribute('role'),
    box,
  };
}

/**
 * Finds the nodes of a tree that have several classes, the first of which is `className`. Attributes are a
 * list in CDP and an object in BiDi.
 */
function findAll(node, className) {
  const { attributes, children = [], shadowRoots = [], shadowRoot } = node.value ?? node;
  const name = Array.isArray(attributes) ? attributes[attributes.indexOf('class') + 1] : attributes?.class;
  if (name?.startsWith(`${className} `)) return [node];
  return [...shadowRoots, ...(shadowRoot ? [shadowRoot] : []), ...children]
    .flatMap((child) => findAll(child, className));
}

/** @param {any} frame @param {any} element @param {string} className */
async function readByCdp({ client }, element, className) {
  const { objectId } = element.remoteObject();
  const { node } = await client.send('DOM.describeNode', { objectId, depth: -1, pierce: true });
  return Promise.all(findAll(node, className).map(async ({ backendNodeId }) => {
    const { object } = await client.send('DOM.resolveNode', { backendNodeId });
    const { result } = await client.send('Runtime.callFunctionOn',
      { objectId: object.objectId, functionDeclaration: String(facts), returnByValue: true });
    return result.value;
  }));
}

/** @param {any} frame @param {any} element @param {string} className */
async function readByBidi(frame, element, className) {
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
  const found = findAll(await call('(host) => host', element.remoteValue()), className);
  return Promise.all(found.map(async ({ sharedId }) => {
    const answer = await call(`(box) => JSON.stringify((${facts}).call(box))`, { sharedId });
    return JSON.parse(answer.value);
  }));
}

/** @param {any} frame of puppeteer; a page counts as its main frame @param {string} className */
async function read(frame, className) {
  const at = frame.mainFrame?.() ?? frame;
  const element = await at.$(MARK);
  if (!element) return [];
  const all = await (element.remoteValue ? readByBidi : readByCdp)(at, element, className);
  return all.filter((one) => one !== null);
}

/**
 * @param {any} frame
 * @returns {Promise<Banner | null>} null: no banner is visible
 */
export const readBanner = async (frame) => (await read(frame, 'box'))[0] ?? null;

/**
 * @param {any} frame
 * @returns {Promise<Cover[]>} the visible covers
 */
export const readCovers = (frame) => read(frame, 'cover');

/**
 * Presses the banner's button as a person does, again and again until the banner has no button any more.
 * @param {any} page the page whose top frame has the banner
 */
export const goOn = (page) => until('button, pressed', async () => {
  const { button } = await readBanner(page) ?? {};
  if (!button) return false;
  const { left, top, right, bottom } = button.box;
  await page.mouse.click((left + right) / 2, (top + bottom) / 2);
  // If the button is still there, the press has missed it: the text above may have changed and moved the
  // button.
  return (await readBanner(page))?.button === null;
});

/**
 * @param {any} frame
 * @param {string | null} view null: waits until there is no banner
 * @param {number} [timeout_ms] by default that of until()
 * @returns {Promise<Banner>} null if `view` is null
 */
export async function bannerShows(frame, view, timeout_ms) {
  /** @type {Banner | null} */
  let banner = null;
  await until(`banner ${view ?? 'gone'}`, async () => {
    banner = await readBanner(frame);
    if ((banner?.view ?? null) === view) return true;
    throw new Error(`it says ${JSON.stringify(banner)}`);
  }, timeout_ms);
  return /** @type {any} */ (banner);
}
