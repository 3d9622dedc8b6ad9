// Fills a list of problems or notices in the popup: what each means, what to do, and code and message for
// support.

/**
 * @typedef {import('../common/protocol.js').Problem & {meaning: string, action: string}} Item an empty text
 *   is not shown
 * @param {Document} page @param {string} id of the list @param {Item[]} items
 */
export function fillList(page, id, items) {
  const list = /** @type {HTMLElement} */ (page.getElementById(id));
  const shown = JSON.stringify(items);
  // The list is written only if it differs, because a screen reader reads a live region each time it is
  // written.
  if (list.dataset.shown === shown) return;
  list.dataset.shown = shown;
  list.replaceChildren(...items.map((item) => listItem(page, item)));
}

/** @param {Document} page @param {Item} item */
function listItem(page, { code, message, meaning, action }) {
  const item = page.createElement('li');
  const add = (/** @type {string} */ name, /** @type {string} */ text, /** @type {string|null} */ dir) => {
    if (text === '') return;
    const made = page.createElement(name);
    made.textContent = text;
    if (dir !== null) made.dir = dir;
    item.append(made);
  };
  // An item without an action is a text of the host, which may have another direction. Other texts have the
  // page's direction, even if they begin with a name in Latin letters.
  add('p', meaning, action === '' ? 'auto' : null);
  add('p', action, null);
  add('code', [code, message].filter((part) => part !== '').join(': '), 'ltr');
  item.querySelector('p')?.classList.add('meaning');
  return item;
}
