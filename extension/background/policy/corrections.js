// The corrections that agents have made in this browser profile, and the reports about them that the host has
// not answered yet.

import { idOf, isAllowed, MAX_CORRECTIONS, readCorrection, ruleOf } from '../../common/corrections.js';
import { CORRECTION_CHANGES } from '../../common/protocol.js';
import { isRecord } from '../../common/reading.js';

/** At most this many reports wait for a host; the oldest are dropped. */
export const MAX_UNREPORTED = 128;

const KEY = 'corrections';

/** After these errors a report is not sent again: they mean that it is malformed. */
const FOR_GOOD = new Set(['bad_request', 'bad_frame']);

/**
 * @typedef {typeof import('../../common/api.js').api} Api
 * @typedef {import('../../common/corrections.js').Correction} Correction
 * @typedef {import('../../common/corrections.js').Direction} Direction
 * @typedef {typeof CORRECTION_CHANGES[number]} Change
 * @typedef {{change: Change, correction: Correction}} Report
 * @typedef {{api: Api, onChange: () => void,
 *   policy: () => import('../../common/protocol.js').Policy['agent_may_correct'] | undefined,
 *   request: (type: string, fields: object) => Promise<import('../../common/protocol.js').Reply>}} Parts
 */

/** @param {unknown} it @returns {Report | null} */
function readReport(it) {
  if (!isRecord(it) || !CORRECTION_CHANGES.includes(it.change)) return null;
  const correction = readCorrection(it.correction);
  return correction && { change: it.change, correction };
}

/** @template T @param {unknown} it @param {(one: unknown) => T | null} read @returns {T[]} */
const listOf = (it, read) => (Array.isArray(it) ? it : []).map(read).filter((one) => one !== null);

export class Corrections {
  /** Whether storage has been read, or the attempt to read it has failed. */
  isRestored = false;

  #parts;
  /** @type {Correction[]} the oldest first */
  #made = [];
  /** @type {Report[]} */
  #unreported = [];
  #isReporting = false;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  async restore() {
    const stored = await this.#parts.api.storage.local.get(KEY)
      .then((all) => all[KEY], () => undefined);
    if (isRecord(stored)) {
      this.#made = [...listOf(stored.made, readCorrection), ...this.#made];
      this.#unreported = [...listOf(stored.unreported, readReport), ...this.#unreported];
    }
    const isEarly = this.#unreported.length > 0;
    this.isRestored = true;
    if (isEarly) this.#changed();
  }

  /**
   * @param {string|undefined} origin of a frame
   * @returns {import('../../common/corrections.js').PageRule[]} the frame's corrections that the policy
   *   allows
   */
  rulesFor(origin) {
    const policy = this.#parts.policy();
    return this.#made.filter((one) => one.origin === origin && isAllowed(one.direction, policy)).map(ruleOf);
  }

  /**
   * @param {readonly string[]} ids
   * @returns {Direction[]} the directions of the corrections with these IDs
   */
  directionsOf(ids) {
    return this.#made.filter((one) => ids.includes(idOf(one))).map(({ direction }) => direction);
  }

  /** @param {unknown} said a correction. It may come from a page, so it is validated here */
  add(said) {
    const correction = readCorrection(said);
    if (!correction || !isAllowed(correction.direction, this.#parts.policy())) return;
    const id = idOf(correction);
    this.#made = [...this.#made.filter((one) => idOf(one) !== id), correction];
    this.#report('made', correction);
    while (this.#made.length > MAX_CORRECTIONS) {
      const [oldest] = this.#made.splice(0, 1);
      this.#report('dropped', oldest);
    }
    this.#changed();
  }

  /**
   * @param {readonly string[]} ids
   * @param {Direction} direction of the corrections to take back
   */
  takeBack(ids, direction) {
    const gone = this.#made.filter((one) => one.direction === direction && ids.includes(idOf(one)));
    this.#made = this.#made.filter((one) => !gone.includes(one));
    for (const correction of gone) this.#report('taken_back', correction);
    this.#changed();
  }

  /**
   * Sends the reports that the host has not answered yet, one after the other, until one gets no reply. A
   * reply with an error counts too. To be called when a host has connected.
   */
  async repeat() {
    if (this.#isReporting) return;
    this.#isReporting = true;
    for (let next = this.#unreported[0]; next && await this.#sent(next); next = this.#unreported[0]) {
      this.#unreported = this.#unreported.filter((one) => one !== next);
      this.#save();
    }
    this.#isReporting = false;
  }

  /** @param {Report} report @returns {Promise<boolean>} whether the host has answered */
  #sent({ change, correction: { direction, origin, selectors } }) {
    return this.#parts.request('correction.report', { origin, change, direction, selectors })
      .then(() => true, ({ code }) => FOR_GOOD.has(code));
  }

  /** @param {Change} change @param {Correction} correction */
  #report(change, correction) {
    this.#unreported = [...this.#unreported, { change, correction }].slice(-MAX_UNREPORTED);
  }

  #changed() {
    this.#save();
    this.repeat();
    this.#parts.onChange();
  }

  /** Does nothing until storage has been read, because it would overwrite the earlier corrections. */
  #save() {
    if (!this.isRestored) return;
    const stored = { made: this.#made, unreported: this.#unreported };
    this.#parts.api.storage.local.set({ [KEY]: stored }).catch((error) => {
      console.warn('CardMute: the corrections could not be stored:', error);
    });
  }
}
