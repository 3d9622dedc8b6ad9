// The attributes and global names that several scripts of the extension use in a page.

/**
 * An attribute of every element of ours in a page, so that a new script can remove what an earlier one has
 * left. The value is "picker" for the picker's element, and empty for the overlay's.
 */
export const HOST_MARK = 'data-cardmute-banner';

/**
 * An attribute of every card field or provider's frame that the interlock has made inert. An inert field
 * without it was made inert by the page. The value "focus" means that the field will get the focus back.
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
 * The key of a global function that the content script sets. detector.js, which runs in the same isolated
 * world, calls it with the detector.
 */
export const DETECTOR = /* @__PURE__ */ Symbol.for('cardmute.detector');

/** The key of the same kind of function for overlay.js. */
export const OVERLAY = /* @__PURE__ */ Symbol.for('cardmute.overlay');

/** The key of the same kind of function for rules.js. */
export const RULES = /* @__PURE__ */ Symbol.for('cardmute.rules');

/** The key of the global function that ends the picker in this frame. A new picker calls it first. */
export const PICKER = /* @__PURE__ */ Symbol.for('cardmute.picker');
