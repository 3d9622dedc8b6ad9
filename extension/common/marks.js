// Attributes and global names by which parts of the extension recognise each other's work in a page.

/**
 * An attribute of every element of ours in a page, so that a later script can remove what an earlier one has
 * left. Its value is "picker" on the picker's element, and empty on the overlay's.
 */
export const HOST_MARK = 'data-cardmute-banner';

/**
 * An attribute of every card field or provider's frame that the interlock has made inert. If an inert field
 * does not have it, the page has set `inert`. The value "focus" means that the field had the focus and will
 * get it back.
 */
export const HELD_MARK = 'data-cardmute-held';

/** A page's own declaration: "payment" on what is a payment form, "none" around what is not. */
export const DECLARED = 'data-cardmute';

/**
 * The beginning of the reason of a form that the page has declared. The ledger counts such forms, see
 * host/cli/declared_forms.hpp.
 */
export const DECLARED_REASON = 'declared by the page';

/**
 * The key of the global function to which detector.js hands itself over. The content script has set the
 * function before; both scripts run in the same isolated world.
 */
export const DETECTOR = /* @__PURE__ */ Symbol.for('cardmute.detector');

/** The key of the corresponding function for overlay.js. */
export const OVERLAY = /* @__PURE__ */ Symbol.for('cardmute.overlay');

/** The key of the corresponding function for rules.js. */
export const RULES = /* @__PURE__ */ Symbol.for('cardmute.rules');

/** The key of the global function that ends the picker in this frame. A new picker calls it first. */
export const PICKER = /* @__PURE__ */ Symbol.for('cardmute.picker');
