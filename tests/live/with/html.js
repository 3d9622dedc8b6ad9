/**
 * @param {string} html
 * @param {(root: Element) => void} [start] brings it to life
 * @returns {(root: Element) => () => void}
 */
export const show = (html, start) => (root) => {
  root.innerHTML = html;
  start?.(root);
  return () => root.replaceChildren();
};
