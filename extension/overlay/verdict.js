// Decides from the last looks whether the banner counts as visible. One look that does not find it is not
// enough for "hidden".

/**
 * If fewer than half of the last eight looks (about two seconds) have found the banner, it counts as hidden.
 * It counts as visible again after four looks in a row have found it.
 */
const looks_kept = 8;
const least_found = 4;

/** After this many failed attempts to raise the banner, it is raised only at every twelfth failed look. */
const most_raises = 16;
const seldom_looks = 12;

export class Verdict {
  #raise;
  #report;
  /** @type {boolean[]} the last looks; true: the banner was visible */
  #looks = [];
  /** @type {boolean | null | undefined} the last report; undefined: none so far */
  #reported;
  #raises = 0;

  /**
   * @param {() => void} raise brings the banner to the top
   * @param {(seen: boolean | null) => void} report called at each change; null: nobody can see this frame now
   */
  constructor(raise, report) {
    this.#raise = raise;
    this.#report = report;
  }

  /** @param {boolean} seen */
  add(seen) {
    this.#looks = [...this.#looks, seen].slice(-looks_kept);
    const found = this.#looks.filter(Boolean).length;
    if (seen && (this.#reported !== false || this.#looks.slice(-least_found).every(Boolean))) {
      this.#raises = 0;
      this.#say(true);
    } else if (this.#looks.length === looks_kept && found < least_found) this.#say(false);
    if (seen) return;
    this.#raises += 1;
    if (this.#raises <= most_raises || this.#raises % seldom_looks === 0) this.#raise();
  }

  /** To be called when nobody can see this frame. */
  away() {
    this.#looks = [];
    this.#say(null);
  }

  /** Reports again. To be called when there is a new background, which does not have the report. */
  repeat() {
    const last = this.#reported;
    this.#reported = undefined;
    if (last !== undefined) this.#say(last);
  }

  reset() {
    this.#looks = [];
    this.#raises = 0;
    this.#reported = undefined;
  }

  /** @param {boolean | null} seen */
  #say(seen) {
    if (this.#reported === seen) return;
    this.#reported = seen;
    this.#report(seen);
  }
}
