import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

export { createElement as h, useState } from 'react';

/** @param {Function} View @returns {(root: Element) => () => void} shows it, and gives what takes it away */
export const show = (View) => (root) => {
  const made = createRoot(root);
  made.render(createElement(View));
  return () => made.unmount();
};
