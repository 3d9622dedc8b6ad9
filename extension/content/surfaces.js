// The payment surfaces (open forms) of this frame, and their IDs. A surface opens at once, but closes after a
// short wait, so that the mute does not end when the page draws the form again.

/** How long a form may be missing before its surface closes. */
export const settle_ms = 250;

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {{id: string, group: Group, reason: string, seenAt: number | null,
 *   settling: ReturnType<typeof setTimeout> | null}} Surface
 *   seenAt: when the form became visible; null: already reported. settling: the timer that closes the
 *   surface, because the form is no longer visible; null: it is visible
 */

/** @returns {string} a unique ID. Pages served over plain http have no `randomUUID`. */
const newId = () =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');

/** @param {Surface} surface */
function keep(surface) {
  clearTimeout(surface.settling ?? undefined);
  surface.settling = null;
}

/**
 * @param {(surface: Surface) => void} onOpen
 * @param {(surface: Surface, reason: string) => void} onClose
 */
export function createSurfaces(onOpen, onClose) {
  /** @type {Set<Surface>} */
  const open = new Set();
  /** @param {Group} group */
  const of = (group) => [...open].find((surface) => surface.group === group);

  return {
    /** @returns {Surface[]} all open surfaces, including those that are about to close */
    all: () => [...open],

    /** @param {Group} group @param {string} reason */
    seen(group, reason) {
      // Most likely this is the form of a surface that is about to close, drawn again. Even if not, the mute
      // lasts.
      const known = of(group) ?? [...open].find(({ settling }) => settling !== null);
      if (known) {
        keep(known);
        known.group = group;
        return;
      }
      /** @type {Surface} */
      const surface = { id: newId(), group, reason, seenAt: performance.now(), settling: null };
      open.add(surface);
      onOpen(surface);
    },

    /** @param {Group} group @param {string} reason */
    gone(group, reason) {
      const surface = of(group);
      if (!surface || surface.settling !== null) return;
      surface.settling = setTimeout(() => {
        open.delete(surface);
        onClose(surface, reason);
      }, settle_ms);
    },

    /** Forgets all surfaces without reporting that, because the end of the port closes them. */
    clear() {
      open.forEach(keep);
      open.clear();
    },
  };
}
