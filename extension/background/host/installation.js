// A random ID of this extension in this browser profile, by which `cardmute-host doctor` tells profiles
// apart. It is made when the extension is installed or updated, and says nothing about the person.

/** @typedef {typeof import('../../common/api.js').api} Api */

const KEY = 'installation';

export class Installation {
  #api;
  #onLate;
  /** @type {string|null} */
  #id = null;
  #wasAsked = false;

  /**
   * @param {Api} api
   * @param {() => void} onLate the ID has become known after client() was asked without it
   */
  constructor(api, onLate) {
    this.#api = api;
    this.#onLate = onLate;
  }

  /** Part of a hello's `client`: empty while the ID is not known; the hello does not wait for it. */
  client() {
    this.#wasAsked = true;
    return this.#id === null ? {} : { installation: this.#id };
  }

  /** What an earlier worker has made. */
  async restore() {
    const { [KEY]: id } = await this.#api.storage.local.get(KEY);
    if (typeof id === 'string') this.#know(id);
  }

  /** At an installation or an update. */
  async make() {
    await this.restore();
    if (this.#id !== null) return;
    const id = crypto.randomUUID();
    await this.#api.storage.local.set({ [KEY]: id });
    this.#know(id);
  }

  /** @param {string} id */
  #know(id) {
    const isLate = this.#id === null && this.#wasAsked;
    this.#id = id;
    if (isLate) this.#onLate();
  }
}
