import 'zone.js';
import * as compiler from '@angular/compiler';
import { Component } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';

// The packages are compiled in the page. If nothing used the compiler, the bundler would leave it out.
Object.assign(globalThis, { compiler });

/**
 * @param {{template: string, imports: any[]}} component
 * @param {any[]} [providers]
 * @returns {(root: Element) => () => void}
 */
export const show = (component, providers = []) => (root) => {
  class View {}
  const decorated = Component({ selector: 'live-view', ...component })(View) ?? View;
  root.append(document.createElement('live-view'));
  const started = bootstrapApplication(decorated, { providers });
  return () => { started.then((app) => app.destroy()).then(() => root.replaceChildren()); };
};
