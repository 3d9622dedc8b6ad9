// The popup's question "Which extension is yours?". No code reads the field: the form submits the answer into
// the address of the popup's page, which loads again.

/**
 * @typedef {import('../common/popup-messages.js').Snapshot} Snapshot
 * @typedef {import('../common/messages.js').Messages} Messages
 */

/** @param {Document} page @param {string} id */
const at = (page, id) => /** @type {HTMLElement} */ (page.getElementById(id));

/** @param {Location} location @returns {string|null} the answer with which the page was loaded; null: none */
export function answerIn({ search }) {
  const answer = new URLSearchParams(search).get('extension')?.trim() ?? '';
  return answer === '' ? null : answer;
}

/**
 * Shows the question if the agent may give an extension, and either none is known or the agent wants to
 * change it.
 * @param {Document} page @param {Snapshot} snapshot @param {boolean} wantsChange
 */
export function renderQuestion(page, { status }, wantsChange) {
  const { sip_id = null, may_set = false } = status?.extension ?? {};
  at(page, 'ask').hidden = !may_set || (sip_id !== null && !wantsChange);
  at(page, 'change-part').hidden = !may_set || sip_id === null;
}

/**
 * After an answer, shows whose calls are muted now, with the provider's name for the agent if that is known,
 * so that a wrong answer is noticed.
 * @param {Document} page @param {Snapshot} snapshot @param {string} answer @param {Messages} messages
 */
export function renderOwn(page, { status }, answer, { translate }) {
  const isInUse = status !== null && status.extension.sip_id === answer;
  const name = status?.agent ?? null;
  // The isolate characters keep a name readable inside a text of the other direction.
  const [own, named] = [answer, name ?? ''].map((text) => `\u2068${text}\u2069`);
  const text = name === null ? translate('popup_own', own) : translate('popup_own_named', own, named);
  const shown = isInUse ? text : '';
  if (at(page, 'own').textContent !== shown) at(page, 'own').textContent = shown;
}
