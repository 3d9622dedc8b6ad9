// The popup's port: it gets a snapshot at each change and sends wishes. coordinator.js is its only user.

import { OVERRIDES } from '../common/protocol.js';
import { post } from './post.js';

export const PORT_NAME = 'popup';

/**
 * @typedef {chrome.runtime.Port} Port
 * @typedef {import('../common/protocol.js').Problem} Problem
 * @typedef {{ownPages: string, snapshot: () => object, onOpened: () => void, onGone: () => void,
 *   onRetry: () => void,
 *   onOverride: (mode: typeof OVERRIDES[number]) => Promise<Problem|null>}} Parts
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

  /** @param {Port} port @param {any} message */
  #heard(port, message) {
    if (message?.type === 'retry') {
      this.#parts.onRetry();
    } else if (message?.type === 'override' && OVERRIDES.includes(message.mode)) {
      this.#parts.onOverride(message.mode).then((problem) => post(port, { type: 'answer', problem }));
    }
  }
}
