// The popup's question "Which extension is yours?". The answer is not read from the field: the form's own
// submission puts it into the address of the popup's page, and the page loads again. No code reads a field.

/**
 * @typedef {import('../common/popup-messages.js').Snapshot} Snapshot
 * @typedef {import('../common/messages.js').Messages} Messages
 */

/** @param {Document} page @param {string} id */
const at = (page, id) => /** @type {HTMLElement} */ (page.getElementById(id));

/**
 * @param {Location} location @returns {string|null} the answer with which the page was loaded; null: none
 */
export function answerIn({ search }) {
  const answer = new URLSearchParams(search).get('extension')?.trim() ?? '';
  return answer === '' ? null : answer;
}

/**
 * Asks if no extension is known and the agent may give one, or if the agent wants to change it.
 * @param {Document} page @param {Snapshot} snapshot @param {boolean} wantsChange
 */
export function renderQuestion(page, { status }, wantsChange) {
  const { sip_id = null, may_set = false } = status?.extension ?? {};
  at(page, 'ask').hidden = !may_set || (sip_id !== null && !wantsChange);
  at(page, 'change-part').hidden = !may_set || sip_id === null;
}

/**
 * After an answer: says whose calls are muted now. It uses the provider's name for the agent if that is
 * known, so that a wrong answer is noticed.
 * @param {Document} page @param {Snapshot} snapshot @param {string} answer @param {Messages} messages
 */
export function renderOwn(page, { status }, answer, { translate }) {
  const isInUse = status !== null && status.extension.sip_id === answer;
  const name = status?.agent ?? null;
  // The isolate characters keep a name in order inside a text of the other direction.
  const [own, named] = [answer, name ?? ''].map((text) => `\u2068${text}\u2069`);
  const text = name === null ? translate('popup_own', own) : translate('popup_own_named', own, named);
  const shown = isInUse ? text : '';
  if (at(page, 'own').textContent !== shown) at(page, 'own').textContent = shown;
}
