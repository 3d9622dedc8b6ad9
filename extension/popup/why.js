// The popup's part for support that says which words of the page decided about its forms. The background is
// asked only when a person opens this part. The lines are in English, as `scripts/detect --why` prints them.

/** @typedef {import('../common/popup-messages.js').WhyFrame} WhyFrame */
/** @typedef {import('../common/popup-messages.js').PopupRequest} PopupRequest */

/** @param {WhyFrame} frame @returns {string[]} */
const linesOf = ({ origin, reasons, lines }) =>
  [`${origin}: ${reasons.length > 0 ? reasons.join('; ') : 'no payment form'}`, ...lines];

/**
 * @param {Document} page @param {WhyFrame[]} frames
 * @param {import('../common/messages.js').Messages} messages
 */
export function renderWhy(page, frames, { translate }) {
  const lines = frames.length > 0 ? frames.flatMap(linesOf) : [translate('popup_why_nothing')];
  page.getElementById('why-lines')?.replaceChildren(...lines.map((line) => {
    const made = page.createElement('code');
    if (frames.length > 0) made.dir = 'ltr';
    made.textContent = line;
    return made;
  }));
}

/** @param {Document} page @param {(request: PopupRequest) => void} send */
export function askWhyOnOpening(page, send) {
  const part = /** @type {HTMLDetailsElement} */ (page.getElementById('why'));
  part.addEventListener('toggle', () => { if (part.open) send({ type: 'why' }); });
}
