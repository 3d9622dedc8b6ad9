// The ports of popups. A popup is sent a snapshot at each change, and sends requests.

import { readPopupRequest } from '../../common/popup-messages.js';
import { post } from '../../common/post.js';

/**
 * @typedef {chrome.runtime.Port} Port
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {import('../../common/popup-messages.js').PopupRequest} PopupRequest
 * @typedef {import('../../common/popup-messages.js').PopupMessage} PopupMessage
 * @typedef {import('../../common/popup-messages.js').Override} PopupOverride
 * @typedef {{ownPages: string, snapshot: () => PopupMessage, onOpened: () => void, onGone: () => void,
 *   onRetry: () => void, onContinue: () => void,
 *   onOverride: (mode: PopupOverride['mode']) => Promise<Problem|null>}} Parts
 */

export class PopupPorts {
  #parts;
  /** @type {Set<Port>} */
  #ports = new Set();

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  get count() {
    return this.#ports.size;
  }

  /** @param {Port} port */
  accept(port) {
    if (!port.sender?.url?.startsWith(this.#parts.ownPages)) {
      port.disconnect(); // a content script has the same sender id, but never such an address
      return;
    }
    this.#ports.add(port);
    port.onMessage.addListener((message) => this.#heard(port, message));
    port.onDisconnect.addListener(() => {
      this.#ports.delete(port);
      this.#parts.onGone();
    });
    post(port, this.#parts.snapshot());
    this.#parts.onOpened();
  }

  tell() {
    if (this.#ports.size === 0) return;
    const snapshot = this.#parts.snapshot();
    for (const port of this.#ports) post(port, snapshot);
  }

  /** @param {Port} port @param {unknown} raw */
  #heard(port, raw) {
    const request = readPopupRequest(raw);
    if (request) this.#handlers[request.type](port, /** @type {any} */ (request));
  }

  /**
   * @type {{[T in PopupRequest['type']]:
   *   (port: Port, request: Extract<PopupRequest, {type: T}>) => void}}
   */
  #handlers = {
    retry: () => this.#parts.onRetry(),
    continue: () => this.#parts.onContinue(),
    override: (port, { mode }) => {
      this.#parts.onOverride(mode).then((problem) => post(port, { type: 'answer', problem }));
    },
  };
}
