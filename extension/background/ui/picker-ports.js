// The ports of the picker, one for each frame of a tab. Each frame is sent the picker's texts. Its messages,
// except `chosen`, are passed on to the tab's other frames.

import { pickerTexts } from '../../common/messages.js';
import { readPickerMessage } from '../../common/picker-messages.js';
import { post } from '../../common/post.js';

/**
 * @typedef {chrome.runtime.Port} Port
 * @typedef {import('../../common/picker-messages.js').Picked} Picked
 * @typedef {import('../../common/messages.js').Messages} Messages
 * @typedef {(tabId: number, frameId: number) => 'seen'|'unseen'|'unwatched'} Detection whether a frame has an
 *   open form that needs no rule or correction, see detectionOf
 * @typedef {{isPointing: (tabId: number) => boolean, chosen: (tabId: number, sender:
 *   chrome.runtime.MessageSender, selector: string) => void, left: (tabId: number) => void}} Correcting
 *   isPointing: whether an agent is asked to click a field in the tab. chosen: to be called when the agent
 *   has clicked one. left: to be called when the agent has left the picker
 */

export class PickerPorts {
  #ownId;
  #messages;
  #detection;
  #correcting;
  /** @type {Map<Port, number>} port -> tab */
  #ports = new Map();

  /**
   * @param {string} ownId @param {Messages} messages @param {Detection} detection
   * @param {Correcting} correcting
   */
  constructor(ownId, messages, detection, correcting) {
    this.#ownId = ownId;
    this.#messages = messages;
    this.#detection = detection;
    this.#correcting = correcting;
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
    const corrects = this.#correcting.isPointing(tabId);
    post(port, { type: 'words', texts: pickerTexts(translate), dir, lang, corrects });
  }

  /** @param {Port} from @param {number} tabId @param {unknown} raw */
  #heard(from, tabId, raw) {
    const message = readPickerMessage(raw);
    if (message === null || message.type === 'words') return;
    if (message.type === 'chosen') {
      if (from.sender) this.#correcting.chosen(tabId, from.sender, message.selector);
      this.end(tabId);
      return;
    }
    if (message.type === 'end') this.#correcting.left(tabId);
    const isPick = message.type === 'picked';
    const told = isPick ? this.#withDetection(from, tabId, message) : message;
    for (const [port, its] of this.#ports) {
      if (its !== tabId) continue;
      if (port !== from) post(port, told);
      // The frame of the pick gets the message too, because it may be the frame that shows the panel.
      else if (isPick) post(port, { ...told, own: true });
    }
  }

  /** Ends the picker in all frames of a tab. @param {number} tabId */
  end(tabId) {
    for (const [port, its] of this.#ports) if (its === tabId) post(port, { type: 'end' });
  }

  /** @param {Port} from @param {number} tabId @param {Picked} message */
  #withDetection(from, tabId, message) {
    const detected = this.#detection(tabId, from.sender?.frameId ?? 0);
    return { ...message, pick: { ...message.pick, detected } };
  }
}
