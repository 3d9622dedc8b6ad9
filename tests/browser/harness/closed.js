// Runs a function on an element in a closed shadow root. The page cannot read such a root, but the automation
// of both browsers can.

/** The class of a node in a tree of nodes. Attributes are a list in CDP and an object in BiDi. */
function classOf(node) {
  const { attributes } = node.value ?? node;
  return (Array.isArray(attributes) ? attributes[attributes.indexOf('class') + 1] : attributes?.class) ?? '';
}

function findByClass(node, name) {
  if (classOf(node).split(' ').includes(name)) return node;
  const { children = [], shadowRoots = [], shadowRoot } = node.value ?? node;
  for (const child of [...shadowRoots, ...(shadowRoot ? [shadowRoot] : []), ...children]) {
    const found = findByClass(child, name);
    if (found) return found;
  }
  return null;
}

/** @param {any} frame @param {any} element @param {string} name @param {string} question */
async function askByCdp({ client }, element, name, question) {
  const { objectId } = element.remoteObject();
  const { node } = await client.send('DOM.describeNode', { objectId, depth: -1, pierce: true });
  const found = findByClass(node, name);
  if (!found) return null;
  const { object } = await client.send('DOM.resolveNode', { backendNodeId: found.backendNodeId });
  const { result } = await client.send('Runtime.callFunctionOn',
    { objectId: object.objectId, functionDeclaration: question, returnByValue: true });
  return result.value;
}

/** @param {any} frame @param {any} element @param {string} name @param {string} question */
async function askByBidi(frame, element, name, question) {
  const { connection } = frame.page().browser();
  const call = async (functionDeclaration, argument) => {
    const { result } = await connection.send('script.callFunction', {
      functionDeclaration, arguments: [argument], awaitPromise: false, target: { context: frame._id },
      serializationOptions: { includeShadowTree: 'all', maxDomDepth: 10 },
    });
    return result.result;
  };
  const found = findByClass(await call('(host) => host', element.remoteValue()), name);
  if (!found) return null;
  const asking = `(it) => JSON.stringify((${question}).call(it))`;
  return JSON.parse((await call(asking, { sharedId: found.sharedId })).value);
}

/**
 * @param {any} frame of puppeteer; a page counts as its main frame
 * @param {string} host a selector of the element that has the shadow root
 * @param {string} name a class of the element in the shadow root
 * @param {Function} question runs in the page, with the element as `this`; returns what JSON can hold
 * @returns {Promise<any>} what `question` returns; null: there is no such element
 */
export async function askInClosed(frame, host, name, question) {
  const at = frame.mainFrame?.() ?? frame;
  const element = await at.$(host);
  if (!element) return null;
  return (element.remoteValue ? askByBidi : askByCdp)(at, element, name, String(question));
}
