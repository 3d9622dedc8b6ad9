// The marks by which parts of the extension know each other's work in a page.

/**
 * On every element of ours in a page, so that a successor can clear away what a predecessor left. Its value
 * is "picker" on the picker's, and empty on the overlay's.
 */
export const HOST_MARK = 'data-cardmute-banner';

/**
 * On every card field, or provider's frame, that the interlock has made inert. Without it `inert` is the
 * page's own. "focus" as its text: the field had the focus and is to have it again.
 */
export const HELD_MARK = 'data-cardmute-held';

/** Where the content script waits for overlay.js, in the world that both run in. */
export const OVERLAY = /* @__PURE__ */ Symbol.for('cardmute.overlay');

/** Where it waits for rules.js. */
export const RULES = /* @__PURE__ */ Symbol.for('cardmute.rules');

/** By which a picker knows that an earlier one is still at work in this frame. */
export const PICKER = /* @__PURE__ */ Symbol.for('cardmute.picker');
