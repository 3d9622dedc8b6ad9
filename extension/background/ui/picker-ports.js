// The ports of the picker, one a frame of the tab that it was brought into: they get its words, and what one
// frame says is passed on to the others. coordinator.js is its only user.

import { pickerTexts } from '../common/messages.js';
import { post } from './post.js';

export const PORT_NAME = 'picker';

/** What frames say to each other. */
const PASSED_ON = ['here', 'key', 'picked', 'end'];

/**
 * @typedef {chrome.runtime.Port} Port
 * @typedef {import('../common/messages.js').Messages} Messages
 * @typedef {(tabId: number, frameId: number) => 'seen'|'unseen'|'unwatched'} Eye whether a payment form is
 *   seen in a frame without the administrator's rules
 */

export class PickerPorts {
  #ownId;
  #messages;
  #eye;
  /** @type {Map<Port, number>} and its tab */
  #ports = new Map();

  /** @param {string} ownId @param {Messages} messages @param {Eye} eye */
  constructor(ownId, messages, eye) {
    this.#ownId = ownId;
    this.#messages = messages;
    this.#eye = eye;
  }

  /** @param {Port} port */
  accept(port) {
    const { sender } = port;
    const tabId = sender?.tab?.id;
    if (sender?.id !== this.#ownId || tabId === undefined) {
      port.disconnect();
      return;
    }
    this.#ports.set(port, tabId);
    port.onMessage.addListener((message) => this.#heard(port, tabId, message));
    port.onDisconnect.addListener(() => this.#ports.delete(port));
    const { translate, dir, lang } = this.#messages;
    post(port, { type: 'words', texts: pickerTexts(translate), dir, lang });
  }

  /** @param {Port} from @param {number} tabId @param {any} message */
  #heard(from, tabId, message) {
    if (!PASSED_ON.includes(message?.type)) return;
    const told = message.type === 'picked' ? this.#withEye(from, tabId, message) : message;
    for (const [port, its] of this.#ports) {
      if (its !== tabId) continue;
      if (port !== from) post(port, told);
      // The frame that was picked in may itself be the one that shows the panel.
      else if (message.type === 'picked') post(port, { ...told, own: true });
    }
  }

  /** @param {Port} from @param {number} tabId @param {any} message */
  #withEye(from, tabId, message) {
    const eye = this.#eye(tabId, from.sender?.frameId ?? 0);
    return { ...message, pick: { ...message.pick, eye } };
  }
}
