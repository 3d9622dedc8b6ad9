// Whether this frame has stayed at the same place on the screen. The page around it could move the frame so
// that our button comes under a pointer that is about to press, and a page can move a window that a script
// has opened. A frame cannot rely on what it reads about its own place. But each pointer event has a position
// on the screen and a position in the frame. If the frame does not move, both change in the same direction.

/**
 * If the frame does not move, the pointer's movement on the screen is its movement in the frame times the
 * zoom of page and screen. These are the bounds of that factor.
 */
const least_scale = 0.2;
const most_scale = 8;

/** The two movements may differ by this much, because positions are rounded. */
const tolerance_px = 3;

/**
 * @typedef {{clientX: number, clientY: number, screenX: number, screenY: number}} Position of a pointer
 */

/**
 * @param {Position} a
 * @param {Position} b
 * @returns {boolean} whether a pointer can have moved from a to b while the frame did not move
 */
export function standsStill(a, b) {
  const [x, y] = [b.clientX - a.clientX, b.clientY - a.clientY];
  const [screenX, screenY] = [b.screenX - a.screenX, b.screenY - a.screenY];
  const way = Math.hypot(x, y);
  if (way <= tolerance_px) return Math.hypot(screenX, screenY) <= tolerance_px * most_scale;
  const scale = (x * screenX + y * screenY) / way ** 2;
  const off_px = Math.hypot(screenX - scale * x, screenY - scale * y);
  return scale >= least_scale && scale <= most_scale && off_px <= tolerance_px * Math.max(1, scale);
}

/** Only a script opens windows without a menu bar; no page can move another one. */
const mayBeMoved = () => window !== window.top || !window.menubar.visible;

const POINTER_EVENTS = ['pointerover', 'pointermove', 'pointerdown', 'click'];

export class FrameStillness {
  /** @type {Position | null} the first pointer position since the frame last moved */
  #first = null;
  #since = Infinity;

  /** @param {AbortSignal} signal removes the listeners */
  start(signal) {
    if (!mayBeMoved()) return;
    const passive = { capture: true, passive: true, signal };
    for (const type of POINTER_EVENTS) {
      addEventListener(type, (event) => this.#pointer(/** @type {PointerEvent} */ (event)), passive);
    }
  }

  /** @param {PointerEvent} event */
  #pointer(event) {
    // A click by the keyboard has no position.
    if (!event.isTrusted || event.type === 'click' && event.detail === 0) return;
    if (this.#first && standsStill(this.#first, event)) return;
    const { clientX, clientY, screenX, screenY } = event;
    this.#first = { clientX, clientY, screenX, screenY };
    this.#since = performance.now();
  }

  /** @param {number} least_ms @returns {boolean} whether the frame has not moved for that long */
  hasLasted(least_ms) {
    return !mayBeMoved() || performance.now() - this.#since >= least_ms;
  }
}
