// Watches the banner's closed shadow root in the page, so that the page's clock measures. Only a debugger
// can do that, because the extension hides the banner's content from the page.

const MARK = 'data-cardmute-banner';

// Runs in the page, with the root as its argument. It sets `benchShownAt`, if that is null, to the time when
// the banner turned green. The observer runs as soon as the script that changed the banner has ended.
const WATCH = `(root) => {
  const look = () => {
    if (globalThis.benchShownAt === null && root.querySelector('.muted')) {
      globalThis.benchShownAt = performance.now();
      globalThis.benchShown();
    }
  };
  new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true });
}`;

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * @param {any} node of DOM.getDocument
 * @returns {any} the banner's element
 */
function findBanner(node) {
  if (node.attributes?.includes(MARK)) return node;
  for (const child of node.children ?? []) {
    const found = findBanner(child);
    if (found) return found;
  }
  return null;
}

/** @param {Page} page */
async function watchInChromium(page) {
  const session = await page.createCDPSession();
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
  const { nodeId } = findBanner(root).shadowRoots[0];
  // Without a context, the node is resolved in the page's main world.
  const { object } = await session.send('DOM.resolveNode', { nodeId });
  const { exceptionDetails } = await session.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: `function () { (${WATCH})(this); }`,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.text);
  await session.detach();
}

/** @param {Page} page */
async function watchInFirefox(page) {
  // Puppeteer itself cannot access closed roots, but its WebDriver BiDi connection can.
  const { connection } = /** @type {any} */ (page.browser());
  const target = { context: /** @type {any} */ (page.mainFrame())._id };
  const { result } = await connection.send('script.evaluate', {
    expression: `document.querySelector('[${MARK}]')`,
    target,
    awaitPromise: false,
    resultOwnership: 'root',
    serializationOptions: { maxDomDepth: 1, includeShadowTree: 'all' },
  });
  const { sharedId } = result.result.value.shadowRoot;
  const watched = await connection.send('script.callFunction', {
    functionDeclaration: WATCH,
    arguments: [{ sharedId }],
    target,
    awaitPromise: false,
  });
  if (watched.result.type === 'exception') throw new Error(watched.result.exceptionDetails.text);
}

/** From now on the page records when its banner turns green. @param {Page} page */
export async function watchBanner(page) {
  const isFirefox = (await page.browser().version()).toLowerCase().includes('firefox');
  await page.waitForSelector(`[${MARK}]`);
  await (isFirefox ? watchInFirefox(page) : watchInChromium(page));
}
