import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

export { createElement as h, useState } from 'react';

/**
 * @param {Function} View
 * @returns {(root: Element) => () => void} a function that shows the view and returns a function that removes
 *   it
 */
export const show = (View) => (root) => {
  const made = createRoot(root);
  made.render(createElement(View));
  return () => made.unmount();
};
