/**
 * @param {string} html
 * @param {(root: Element) => void} [start] called when the HTML is in the page
 * @returns {(root: Element) => () => void}
 */
export const show = (html, start) => (root) => {
  root.innerHTML = html;
  start?.(root);
  return () => root.replaceChildren();
};
