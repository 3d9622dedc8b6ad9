// The picker's entry point in every frame of the tab. If the popup has injected it, a person points at the
// payment form and gets a rule for it. If the background has injected it for a correction, an agent points at
// a field. The picker reads no field and leaves nothing behind.

import { PICKER } from '../common/marks.js';
import { createPort } from './port.js';
import { createWork } from './work.js';

/**
 * The function that ends the picker of this frame. A new picker calls the function of the picker before it.
 */
const world = /** @type {{[PICKER]?: () => void}} */ (globalThis);

function start() {
  /** @type {ReturnType<typeof createWork> | null} */
  let work = null;
  const port = createPort((message) => {
    if (message.type === 'words') work ??= createWork(message, port.send, stop);
    else if (message.type !== 'chosen') work?.hear(message);
  }, stop);

  function stop() {
    work?.stop();
    port.close();
  }

  port.connect();
  return stop;
}

world[PICKER]?.();
world[PICKER] = start();
