// What the extension reports about itself in a hello: its version, the browser, the language, the date of its
// list of payment providers, the number of sites without permission, and the ID of this installation. The
// last two may become known, or change, after the first hello.

import { CARD_FRAMES_DATE } from '../../common/card-frames.js';
import { MAX_HIDDEN_SITES, PROTOCOL } from '../../common/protocol.js';
import { Installation } from './installation.js';

/**
 * @typedef {{api: typeof import('../../common/api.js').api, browser: string, locale: string,
 *   isReady: () => boolean, sites: {hidden: string[]},
 *   request: import('./native-port.js').NativePort['request']}} Parts
 */

export class OwnClient {
  #parts;
  #installation;
  #isLate = false;
  /** How many hidden sites the last hello reported. */
  #hiddenSites = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#installation = new Installation(parts.api, () => this.#tellAgain());
  }

  get version() {
    return this.#parts.api.runtime.getManifest().version;
  }

  /** To be called for each hello. @returns {object} the hello's `client`, as far as it is known now */
  describe() {
    const { browser, locale } = this.#parts;
    this.#isLate = false;
    this.#hiddenSites = this.#countHidden();
    return {
      extension_version: this.version, browser, locale, card_frames_date: CARD_FRAMES_DATE,
      hidden_sites: this.#hiddenSites, ...this.#installation.client(),
    };
  }

  /** Reads the ID that an earlier worker has stored. */
  restore() {
    return this.#installation.restore();
  }

  /**
   * Makes the installation's ID if there is none. To be called when the extension is installed or updated.
   */
  installed() {
    this.#installation.make().catch(() => {}); // tried again at the next update
  }

  /** To be called when a host has connected. */
  connected() {
    if (this.#isLate) this.#tellAgain();
  }

  /** To be called when the list of sites, or the permission for one of them, has changed. */
  sitesChanged() {
    if (this.#countHidden() !== this.#hiddenSites) this.#tellAgain();
  }

  #countHidden() {
    return Math.min(this.#parts.sites.hidden.length, MAX_HIDDEN_SITES);
  }

  /** Sends another hello with what is known now, or leaves that to `connected` if there is no host. */
  #tellAgain() {
    const { isReady, request } = this.#parts;
    this.#isLate = !isReady();
    if (!this.#isLate) request('hello', { protocol: PROTOCOL, client: this.describe() }).catch(() => {});
  }
}
