// The popup's part in which an agent says that the detector is wrong about a form. "This is no payment form"
// needs a second press, after a text that names the site. "This is a payment form" mutes at once, and the
// agent then clicks the field on the page.

import { DIRECTIONS } from '../common/protocol.js';

/**
 * @typedef {import('../common/popup-messages.js').Snapshot} Snapshot
 * @typedef {import('../common/popup-messages.js').PopupRequest} PopupRequest
 * @typedef {import('../common/messages.js').Messages} Messages
 */

/** @param {Document} page @param {string} id */
const at = (page, id) => /** @type {HTMLElement} */ (page.getElementById(id));

/** @param {Document} page @param {boolean} isAsked whether the second press is awaited */
function showConfirm(page, isAsked) {
  at(page, 'confirm').hidden = !isAsked;
  at(page, 'say-unmute').hidden = isAsked;
}

/** @param {Document} page @param {Snapshot} snapshot @param {Messages} messages */
export function renderCorrections(page, { correctable }, { translate }) {
  const { site = '', may = [], said = [], isNameless = false } = correctable ?? {};
  const group = /** @type {HTMLDetailsElement} */ (at(page, 'correct'));
  group.hidden = may.length === 0 && said.length === 0;
  // The part is opened if a correction decides about a visible form, so that the agent sees that at once.
  if (said.length > 0 && group.dataset.said !== 'yes') group.open = true;
  group.dataset.said = said.length > 0 ? 'yes' : 'no';
  for (const direction of DIRECTIONS) {
    at(page, `said-${direction}`).hidden = !said.includes(direction);
    at(page, `say-${direction}-part`).hidden = !may.includes(direction);
  }
  at(page, 'nameless').hidden = !isNameless;
  // The isolate characters keep the host name readable inside a text that runs from right to left.
  const text = translate('popup_confirm', `\u2068${site}\u2069`);
  if (at(page, 'confirm-text').textContent !== text) at(page, 'confirm-text').textContent = text;
  if (!may.includes('unmute')) showConfirm(page, false);
}

/**
 * @param {Document} page
 * @param {(request: PopupRequest) => void} send
 * @returns {Record<string, () => void>} ID of the button -> what a press does
 */
export const correctionButtons = (page, send) => ({
  'say-mute': () => send({ type: 'correct', direction: 'mute' }),
  'say-unmute': () => {
    showConfirm(page, true);
    at(page, 'confirm-yes').focus();
  },
  'confirm-yes': () => {
    showConfirm(page, false);
    send({ type: 'correct', direction: 'unmute' });
  },
  'confirm-no': () => {
    showConfirm(page, false);
    at(page, 'say-unmute').focus();
  },
  'take-back-mute': () => send({ type: 'take_back', direction: 'mute' }),
  'take-back-unmute': () => send({ type: 'take_back', direction: 'unmute' }),
});
