// The entry of the bundle of the administrator's rules. The background brings it into the frames that a rule
// may concern; content/rules.js takes it from here.

import { RULES } from '../common/marks.js';
import { createRootFinder } from './hosts.js';
import { createEngine } from './rules-engine.js';

/** @typedef {import('./rules-engine.js').Listener} Listener */

/** @param {Listener} on */
export function make(on) {
  const engine = createEngine(on);
  // The roots that the content script had found before this came; it tells of all later ones.
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
