// A random ID by which `cardmute-host doctor` distinguishes browser profiles. It is made once for each
// profile, when the extension is installed or updated, and says nothing about the person.

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
   * @param {() => void} onLate called when the ID becomes known after client() had to return without it
   */
  constructor(api, onLate) {
    this.#api = api;
    this.#onLate = onLate;
  }

  /**
   * The part of the hello's `client` with the ID. A hello does not wait for the ID, so this is empty while
   * the ID is unknown.
   */
  client() {
    this.#wasAsked = true;
    return this.#id === null ? {} : { installation: this.#id };
  }

  /** Reads the ID that an earlier worker has stored. */
  async restore() {
    const { [KEY]: id } = await this.#api.storage.local.get(KEY);
    if (typeof id === 'string') this.#know(id);
  }

  /** Makes an ID if none is stored. To be called when the extension was installed or updated. */
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
