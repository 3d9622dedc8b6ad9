// The entry point of the bundle that evaluates rules. The background injects it into the frames that a rule
// may concern, and it passes `make` to content/rules-loader.js.

import { RULES } from '../common/marks.js';
import { createRootFinder } from '../dom/shadow-roots.js';
import { createEngine } from './engine.js';

/** @typedef {import('./engine.js').Listener} Listener */

/** @param {Listener} on */
export function make(on) {
  const engine = createEngine(on);
  // Finds the shadow roots that are there already. The content script reports all later ones.
  const finder = createRootFinder(engine.root);
  engine.root(document);
  finder.search(document);
  return {
    ...engine,
    stop() {
      finder.stop();
      engine.stop();
    },
  };
}

/** @type {{[RULES]?: (brought: typeof make) => void}} */ (globalThis)[RULES]?.(make);
