import { mount, unmount } from 'svelte';

/** @param {any} View @returns {(root: Element) => () => void} */
export const show = (View) => (target) => {
  const made = mount(View, { target });
  return () => { unmount(made); };
};
