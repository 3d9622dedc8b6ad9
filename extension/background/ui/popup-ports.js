// The ports of popups. Sends each popup a snapshot at each change, and carries out the popup's requests.

import { readPopupRequest } from '../../common/popup-messages.js';
import { post } from '../../common/post.js';

/**
 * @typedef {chrome.runtime.Port} Port
 * @typedef {import('../../common/protocol.js').Problem} Problem
 * @typedef {import('../../common/popup-messages.js').PopupRequest} PopupRequest
 * @typedef {import('../../common/popup-messages.js').PopupMessage} PopupMessage
 * @typedef {import('../../common/popup-messages.js').Override} PopupOverride
 * @typedef {{ownPages: string, snapshot: (tabId: number|null) => PopupMessage,
 *   onOpened: () => void, onGone: () => void,
 *   onRetry: () => void, onContinue: () => void,
 *   onOverride: (mode: PopupOverride['mode']) => Promise<Problem|null>,
 *   why: (tabId: number) => Promise<import('../../common/popup-messages.js').WhyFrame[]>,
 *   request: import('../host/native-port.js').NativePort['request'],
 *   corrector: Pick<import('../policy/corrector.js').Corrector, 'overridden'|'say'|'takeBack'>}} Parts
 */

/**
 * The words for the code `extension_not_found` are about the telephone extension in use. If the agent's
 * answer is refused with that code, other words are shown.
 * @param {Problem|null} error
 */
const aboutAnswer = (error) =>
  (error?.code === 'extension_not_found' ? { ...error, code: 'unknown_extension' } : error);

export class PopupPorts {
  #parts;
  /** @type {Map<Port, number|null>} port -> the tab over which the popup is open; null: not known yet */
  #ports = new Map();
  /** @type {WeakMap<Port, string>} the last snapshot that was sent to each popup, as text */
  #told = new WeakMap();

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
    this.#ports.set(port, null);
    port.onMessage.addListener((message) => this.#heard(port, message));
    port.onDisconnect.addListener(() => {
      this.#ports.delete(port);
      this.#parts.onGone();
    });
    this.#tell(port, null);
    this.#parts.onOpened();
  }

  tell() {
    for (const [port, tabId] of this.#ports) this.#tell(port, tabId);
  }

  /** @param {Port} port @param {number|null} tabId */
  #tell(port, tabId) {
    const snapshot = this.#parts.snapshot(tabId);
    const told = JSON.stringify(snapshot);
    if (told === this.#told.get(port)) return;
    this.#told.set(port, told);
    post(port, snapshot);
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
      this.#parts.corrector.overridden();
      this.#parts.onOverride(mode).then((problem) => post(port, { type: 'answer', problem }));
    },
    set_extension: (port, { extension }) => {
      this.#parts.request('extension.set', { extension }).then(
        ({ error }) => post(port, { type: 'answer', problem: aboutAnswer(error) }),
        ({ code = 'host_lost' }) => post(port, { type: 'answer', problem: { code, message: '' } }));
    },
    tab: (port, { tab }) => {
      this.#ports.set(port, tab);
      this.#tell(port, tab);
    },
    correct: (port, { direction }) => {
      const tabId = this.#ports.get(port);
      this.#told.delete(port); // the popup waits for a snapshot, even if it is the same as the last
      if (typeof tabId === 'number') this.#parts.corrector.say(tabId, direction);
    },
    take_back: (port, { direction }) => {
      const tabId = this.#ports.get(port);
      if (typeof tabId === 'number') this.#parts.corrector.takeBack(tabId, direction);
    },
    why: (port) => {
      const tabId = this.#ports.get(port);
      if (typeof tabId !== 'number') return;
      this.#parts.why(tabId).then((frames) => post(port, { type: 'because', frames }));
    },
  };
}
