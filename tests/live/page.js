// What every page does: its button shows the package's form, and close() removes the form.

/** @param {ParentNode} from @returns {Element[]} the fields below it, also in open shadow roots */
function fieldsIn(from) {
  const found = [...from.querySelectorAll('input:not([type=hidden]), select, textarea')];
  for (const { shadowRoot } of from.querySelectorAll('*')) {
    if (shadowRoot) found.push(...fieldsIn(shadowRoot));
  }
  return found;
}

/** @param {(root: Element) => () => void} show */
export function run(show) {
  /** @type {(() => void) | undefined} */
  let hide;
  const root = () => /** @type {Element} */ (document.getElementById('root'));
  document.getElementById('open')?.addEventListener('click', () => {
    const place = document.createElement('div');
    root().append(place);
    hide = show(place);
  });
  Object.assign(globalThis, {
    /** @returns {number} how many fields have a box on the screen */
    fieldsShown: () => fieldsIn(document.body).filter((it) => it.getClientRects().length > 0).length,
    close() {
      hide?.();
      root().replaceChildren();
    },
  });
}
