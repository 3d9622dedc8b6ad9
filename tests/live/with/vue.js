import { createApp } from 'vue/dist/vue.esm-bundler.js';

/**
 * @param {object} component with a template
 * @param {...any} plugins
 * @returns {(root: Element) => () => void}
 */
export const show = (component, ...plugins) => (root) => {
  const app = createApp(component);
  for (const plugin of plugins) app.use(plugin);
  app.mount(root);
  return () => app.unmount();
};
