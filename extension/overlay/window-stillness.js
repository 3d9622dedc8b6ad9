// Determines whether this window has stayed at the same place on the screen. A page can move a frame, or a
// window that a script has opened, so that our button comes under a pointer that is about to press. But each
// pointer event has a position on the screen and one in the window. While the window does not move, each
// movement on the screen is the movement in the window times the same scale.

/**
 * The bounds of the scale before there are events. The scale is the zoom of the page times that of the
 * screen.
 */
const BOUNDS = Object.freeze({ least: 0.2, most: 8 });

/** A movement may differ from what the scale says by this much, because positions are rounded. */
const tolerance_px = 3;

/**
 * A press counts if the scale that was known `least_ms` before determines the place of the press on the
 * screen to within this distance. Our button is larger.
 */
const doubt_px = 16;

/**
 * @typedef {{clientX: number, clientY: number, screenX: number, screenY: number}} Position of a pointer
 * @typedef {{least: number, most: number}} Scale pixels of the screen for each pixel of the window
 */

/**
 * @param {Position} a
 * @param {Position} b
 * @returns {{way_px: number, along_px: number, off_px: number}} way_px: the pointer's way from a to b in the
 *   window. along_px, off_px: its way on the screen, in the same direction and across. If the way in the
 *   window is too short to have a direction, the whole way on the screen is in off_px
 */
function movement(a, b) {
  const [x, y] = [b.clientX - a.clientX, b.clientY - a.clientY];
  const [screenX, screenY] = [b.screenX - a.screenX, b.screenY - a.screenY];
  const way_px = Math.hypot(x, y);
  if (way_px <= tolerance_px) return { way_px, along_px: 0, off_px: Math.hypot(screenX, screenY) };
  const along_px = (x * screenX + y * screenY) / way_px;
  return { way_px, along_px, off_px: Math.abs(x * screenY - y * screenX) / way_px };
}

/**
 * @param {Position} a
 * @param {Position} b
 * @param {Scale} scale as it was known before b
 * @returns {Scale | null} as it is known with b; null: the window has moved between a and b
 */
export function scaleWith(a, b, scale) {
  const { way_px, along_px, off_px } = movement(a, b);
  if (way_px <= tolerance_px) return off_px <= tolerance_px * scale.most ? scale : null;
  const slack_px = tolerance_px * Math.max(1, along_px / way_px);
  const least = Math.max(scale.least, (along_px - slack_px) / way_px);
  const most = Math.min(scale.most, (along_px + slack_px) / way_px);
  return off_px <= slack_px && least <= most ? { least, most } : null;
}

/** A page can move its frames, and a window that a script has opened. Such a window has no menu bar. */
const mayBeMoved = () => window !== window.top || !window.menubar.visible;

/** If the pointer enters or leaves the window, the related target of these events is null. */
const BOUNDARY = ['pointerover', 'pointerout'];

export class WindowStillness {
  #least_ms;
  /** @type {Position | null} the first pointer position since the window last moved */
  #first = null;
  /**
   * @type {(Scale & {at_ms: number})[]} the scale as known after each event, the oldest first. Of the entries
   *   older than `least_ms`, only the last is kept
   */
  #known = [];
  #isPressStill = false;

  /** @param {number} least_ms how long the window must have been still before a press */
  constructor(least_ms) {
    this.#least_ms = least_ms;
  }

  /** To be called for each pointer event, before the page can stop it. @param {PointerEvent} event */
  pointer(event) {
    if (!event.isTrusted || !mayBeMoved()) return;
    // While the pointer is outside, the window may move away and come back for the press.
    if (event.relatedTarget === null && BOUNDARY.includes(event.type)) this.#first = null;
    if (event.type === 'pointerout') return;
    const now = performance.now();
    const last = this.#known[this.#known.length - 1];
    const scale = this.#first && scaleWith(this.#first, event, last);
    if (!scale) {
      const { clientX, clientY, screenX, screenY } = event;
      this.#first = { clientX, clientY, screenX, screenY };
      this.#known = [{ ...BOUNDS, at_ms: now }];
    } else if (scale.least !== last.least || scale.most !== last.most) {
      this.#known.push({ ...scale, at_ms: now });
      while (this.#known[1]?.at_ms <= now - this.#least_ms) this.#known.shift();
    }
  }

  /** To be called for a person's click, before `takePress`. @param {Position} click */
  pressed(click) {
    const then = performance.now() - this.#least_ms;
    const scale = this.#known.filter(({ at_ms }) => at_ms <= then).pop();
    if (!this.#first || !scale || !scaleWith(this.#first, click, this.#known[this.#known.length - 1])) return;
    const { way_px } = movement(this.#first, click);
    this.#isPressStill = way_px <= tolerance_px || (scale.most - scale.least) * way_px <= doubt_px;
  }

  /** @returns {boolean} whether the window was still before the last click; each click counts once */
  takePress() {
    const isStill = this.#isPressStill || !mayBeMoved();
    this.#isPressStill = false;
    return isStill;
  }
}
