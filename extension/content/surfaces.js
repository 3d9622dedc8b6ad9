// The payment surfaces (open forms) of this frame, and their IDs. A surface opens at once, and closes after a
// short wait, so that a form that the page draws again keeps its mute.

/** How long a form may be missing while the page replaces it. */
export const settle_ms = 250;

/**
 * @typedef {import('./groups.js').Group} Group
 * @typedef {{id: string, group: Group, reason: string, seenAt: number | null,
 *   settling: ReturnType<typeof setTimeout> | null}} Surface
 *   seenAt: when it became visible; null once it is reported. settling: no longer seen, about to close
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
      // A surface that is about to close is most likely this form, drawn again. If not, the mute is kept too.
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

    /** Forgets all surfaces. They are not reported as closed, because the end of the port closes them. */
    clear() {
      open.forEach(keep);
      open.clear();
    },
  };
}
